import Cells
import Domain
import Foundation
import Lanes
import Pipeline
import RuleBook
import Scenario
import Testing

/// A walk over the generated city with the shipped rules, on a virtual clock.
struct City: ~Copyable {
    var walk: Walk
    private var records: RingReader
    private var letter = Letter()
    static let start = Timestamp(nanoseconds: 1_780_000_000_000_000_000)

    init(_ admission: AdmissionPolicy = AdmissionPolicy()) throws {
        let package = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let rules = try RuleBook.load(RuleFiles.find([package.appending(path: "Rules").path]))
        let grid = try City.grid()
        let ring = RecordRing(byteCapacity: 64 * 1024 * 1024)
        records = ring.reader()
        walk = Walk(
            WalkParts(
                compiled: rules.compiled(), grid: grid, admission: admission,
                outlet: Outlet(ring: ring.writer(), instance: "test", epoch: 1)))
    }

    static func grid() throws -> Grid {
        let plan = CityPlan(seed: 7)
        let file = GridFile(name: "city", bytes: Array(plan.geoJSON().utf8))
        return try GridLoader(root: plan.root).load([file])
    }

    /// Takes one message; gives why it was refused, nil when it was not.
    mutating func take(
        _ body: String, from source: String = "acme/a", subject: String = "alert/v1/json",
        after seconds: Double = 0
    ) -> Reject? {
        let before = rejections
        letter.compose(
            topic: "\(subject)/\(source)/", body: Array(body.utf8), path: .push,
            received: City.start + .milliseconds(Int64(seconds * 1000)))
        walk.take(letter)
        return rejections > before ? walk.lastRefusal?.code : nil
    }

    mutating func take(_ event: ScenarioEvent) {
        let topic = String(decoding: event.topic, as: UTF8.self)
        letter.compose(
            topic: topic, body: event.body, path: .push, received: City.start + event.offset)
        walk.take(letter)
    }

    private var rejections: UInt64 {
        let counters = walk.counters
        return (0..<Reject.count).reduce(0) { $0 + counters.rejected[$1] }
    }

    /// Everything that was put on the journal's ring since the last call.
    mutating func journal() -> [UInt8] {
        var bytes: [UInt8] = []
        _ = records.drain(atMost: .max) { record in
            for index in 0..<record.count { bytes.append(record[index]) }
        }
        return bytes
    }

    /// The records of the alerts that were journaled since the last call.
    mutating func alertRecords() -> [[UInt8]] {
        var alerts: [[UInt8]] = []
        _ = records.drain(atMost: .max) { record in
            guard record[0] == JournalRecordKind.alert.rawValue else { return }
            alerts.append((0..<record.count).map { record[$0] })
        }
        return alerts
    }

    /// The bodies of the task revisions since the last call.
    mutating func tasks() throws -> [[String: Any]] {
        var bodies: [Data] = []
        _ = records.drain(atMost: .max) { record in
            guard record[0] == JournalRecordKind.task.rawValue else { return }
            let topicBytes = Int(record[32 + 32]) | Int(record[32 + 33]) << 8
            bodies.append(Data(((32 + 34 + topicBytes)..<record.count).map { record[$0] }))
        }
        return try bodies.map {
            let event = try JSONSerialization.jsonObject(with: $0) as? [String: Any]
            return try #require(event?["data"] as? [String: Any])
        }
    }
}

/// An alert's JSON: `change` are members of `data`, replacing or adding.
func alert(
    _ id: String, source: String = "acme/a", time: Timestamp = City.start,
    _ change: [String: String] = [:], sequence: Int? = nil
) -> String {
    var data = [
        "kind": "\"smoke\"", "severity": "\"moderate\"",
        "position": "{\"lat\":31.2,\"lon\":121.49}",
        "measures": "[{\"name\":\"obscuration\",\"value\":0.6,\"unit\":\"1\"}]",
    ]
    data.merge(change) { $1 }
    let members = data.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
        .map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",")
    let date = Date(timeIntervalSince1970: Double(time.nanoseconds) / 1e9)
    let stamp = date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    let number = sequence.map { ",\"sequence\":\"\($0)\"" } ?? ""
    return """
        {"specversion":"1.0","type":"tocsin.alert.v1","id":"\(id)","source":"\(source)",\
        "time":"\(stamp)"\(number),"data":{\(members)}}
        """
}
