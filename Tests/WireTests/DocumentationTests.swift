import AlertCases
import Domain
import Foundation
import Testing
import Wire

/// What the protocol's page shows is what the code takes and gives.
@Suite struct DocumentationTests {
    /// The JSON examples of `docs/protocol.md`, in their order.
    private func examples() throws -> [[UInt8]] {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "docs/protocol.md"), encoding: .utf8)
        return page.split(separator: "```json\n").dropFirst().map { part in
            Array((part.split(separator: "```").first ?? "").utf8)
        }
    }

    private func example(of type: String) throws -> [[UInt8]] {
        try examples().filter { String(decoding: $0, as: UTF8.self).contains("tocsin.\(type).v1") }
    }

    @Test func theAlertOnThePageIsAccepted() throws {
        let page = try example(of: "alert")
        #expect(page.count == 1)
        for bytes in page {
            #expect(decode(bytes, kinds(AlertCases.kinds)).refusal == nil)
        }
    }

    @Test func theHeartbeatsOnThePageAreAccepted() throws {
        let page = try example(of: "heartbeat")
        #expect(page.count == 2)
        let table = kinds([])
        var alert = Alert()
        for bytes in page {
            try AlertDecoder.decodeHeartbeat(
                bytes.span, 0, bytes.count, kinds: table, into: &alert)
        }
    }

    @Test func theTaskOnThePageIsTheOneWeWrite() throws {
        var order = TaskOrder.sample()
        order.position = Position(latitude: 40.6086, longitude: -73.9730)
        order.acceptBy = Timestamp(nanoseconds: 1_779_716_831_000_000_000)
        order.resolveBy = Timestamp(nanoseconds: 1_779_720_131_500_000_000)
        var body = ByteBuffer(capacity: Limits.taskBytesMax)
        FeedEncoder(instance: "city-1", epoch: 42).encodeTask(order, sequence: 9001, into: &body)
        let page = try #require(try example(of: "task").first)
        let shown = try #require(
            try JSONSerialization.jsonObject(with: Data(page)) as? NSDictionary)
        let written = try #require(
            try JSONSerialization.jsonObject(with: Data(body.text.utf8)) as? NSDictionary)
        #expect(shown == written)
    }

    @Test func everyRefusalIsExplained() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "docs/protocol.md"), encoding: .utf8)
        for code in Reject.allCases {
            #expect(page.contains("| `\(code.word)` |"), "\(code.word)")
        }
    }
}
