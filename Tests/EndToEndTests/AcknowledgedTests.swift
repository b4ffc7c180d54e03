import Foundation
import Journal
import Testing
import ZeroMQ

/// A client of the acknowledged door.
struct Client: ~Copyable {
    private var socket: Socket
    private var message = Message()
    private let kind: SocketKind

    init(_ kind: SocketKind, to address: String, in context: Context) throws {
        var options = SocketOptions()
        options.receiveTimeoutMilliseconds = 10_000
        options.lingerMilliseconds = 0
        var socket = try Socket(kind, in: context, options: options)
        try socket.connect(address)
        self.socket = socket
        self.kind = kind
    }

    mutating func send(_ topic: String, _ body: String) throws {
        _ = try socket.send(Array(topic.utf8).span, .more)
        _ = try socket.send(Array(body.utf8).span)
    }

    mutating func send(_ alert: TestAlert) throws { try send(alert.topic, alert.json) }

    /// The next answer, its members as text.
    mutating func answer() throws -> [String: Any] {
        try #require(try socket.receive(into: &message), "no answer")
        let bytes = message.withBytes { span in span.indices.map { span[$0] } }
        let object = try JSONSerialization.jsonObject(with: Data(bytes))
        return try #require(object as? [String: Any])
    }

    mutating func ask(_ alert: TestAlert) throws -> [String: Any] {
        try send(alert)
        return try answer()
    }
}

extension EndToEnd {
    @Suite("Alerts that are answered")
    struct AcknowledgedTests {
        @Test("Each request is answered once it is in the journal", arguments: [false, true])
        func accepted(asRequest: Bool) throws {
            let counters = try withServer { server in
                let context = try Context()
                let kind = asRequest ? SocketKind.request : .dealer
                var client = try Client(kind, to: server.acknowledged, in: context)
                let alert = TestAlert()
                let answer = try client.ask(alert)
                #expect(
                    answer["status"] as? String == "accepted" && answer["code"] as? String == "ok")
                #expect(answer["id"] as? String == alert.id)
                #expect(answer["credit"] as? Int == 64)
                // Nothing else was asked of the journal: it is there because it was answered.
                #expect(try JournalReader(path: server.journal).counts().alerts == 1)
                let again = try client.ask(alert)
                #expect(again["status"] as? String == "duplicate")
            }
            #expect(counters["accepted_acknowledged"] == 1)
            #expect(counters["rejected_duplicate"] == 1)
        }

        @Test("A refusal names the code, the field and what to do")
        func refused() throws {
            _ = try withServer { server in
                let context = try Context()
                var client = try Client(.dealer, to: server.acknowledged, in: context)
                var alert = TestAlert()
                alert.data = #""position":{"lat":121.5,"lon":31.2}"#
                let swapped = try client.ask(alert)
                #expect(swapped["code"] as? String == "bad_position")
                #expect(swapped["field"] as? String == "/data/position/lat")
                #expect((swapped["detail"] as? String)?.contains("swapped") == true)
                #expect(swapped["retry"] as? Bool == false)
                try client.send(alert.topic, "{")
                #expect(try client.answer()["code"] as? String == "bad_encoding")
                try client.send("nonsense/", "{}")
                #expect(try client.answer()["code"] as? String == "bad_schema")
                var strange = TestAlert()
                strange.attributes = #""colour":"red","#
                strange.data += #","mood":1"#
                let dropped = try client.ask(strange)
                #expect(dropped["status"] as? String == "accepted")
                #expect(dropped["dropped"] as? [String] == ["/colour", "/data/mood"])
            }
        }

        @Test("A batch has one answer, which lists what was not accepted")
        func batch() throws {
            _ = try withServer { server in
                let context = try Context()
                var client = try Client(.dealer, to: server.acknowledged, in: context)
                let good = TestAlert()
                var bad = TestAlert()
                bad.kind = "no.such.kind"
                try client.send(good.topic, "[\(good.json),\(bad.json),\(good.json)]")
                let answer = try client.answer()
                #expect(answer["count"] as? Int == 3 && answer["accepted"] as? Int == 1)
                let noted = try #require(answer["noted"] as? [[String: Any]])
                #expect(noted.map { $0["index"] as? Int } == [1, 2])
                #expect(noted.map { $0["code"] as? String } == ["unknown_kind", "duplicate"])
                #expect(noted[0]["id"] as? String == bad.id)
            }
        }

        @Test("A greeting tells versions, limits and credit")
        func hello() throws {
            _ = try withServer { server in
                let context = try Context()
                var client = try Client(.dealer, to: server.acknowledged, in: context)
                try client.send("hello/v1/json/", "{}")
                let answer = try client.answer()
                #expect(answer["versions"] as? [String] == ["v1"])
                #expect((answer["limits"] as? [String: Int])?["alert_bytes"] == 8192)
                #expect(answer["time"] is String)
            }
        }

        @Test("Who asks more than the credit allows is told so, and no other waits for it")
        func credit() throws {
            _ = try withServer { server in
                let context = try Context()
                var greedy = try Client(.dealer, to: server.acknowledged, in: context)
                var modest = try Client(.dealer, to: server.acknowledged, in: context)
                for _ in 0..<800 { try greedy.send(TestAlert()) }
                #expect(try modest.ask(TestAlert())["status"] as? String == "accepted")
                var statuses: [String: Int] = [:]
                for _ in 0..<800 {
                    statuses[try greedy.answer()["status"] as? String ?? "", default: 0] += 1
                }
                #expect(statuses["accepted", default: 0] >= 64)
                #expect(
                    statuses["accepted", default: 0] + statuses["throttled", default: 0] == 800)
            }
        }

        @Test("What was answered is in the journal once, however often the server is killed")
        func killed() throws {
            let directory = try TemporaryDirectory()
            let lines = (0..<3000).map { number in
                #"{"source":"acme/a","id":"k\#(number)","kind":"noise.level","severity":"minor","#
                    + #""lat":31.2011,"lon":121.5061}"#
            }
            try directory.write(lines.joined(separator: "\n") + "\n", to: "alerts.jsonl")
            let address = "ipc://\(directory.path)/acknowledged"
            let settings = ["ingest.acknowledged.bind=\(address)"]
            let sender = try Program(
                Places.program,
                [
                    "publish", "--acknowledged", "--to", address, "--file",
                    "\(directory.path)/alerts.jsonl", "--rate", "600", "--patience", "60s",
                ], in: directory, as: "sender")
            for _ in 0..<6 {
                let server = try TestServer(in: directory, set: settings)
                Thread.sleep(forTimeInterval: 0.7)
                server.kill()
            }
            let last = try TestServer(in: directory, set: settings)
            let code = try sender.exitCode(within: 90)
            #expect(code == 0, "\(sender.log)\(sender.output)")
            try last.end()
            #expect(sender.output.contains("0 refused"), "\(sender.output)")
            let reader = try JournalReader(path: last.journal)
            var seen: [String: Int] = [:]
            try reader.forEachAlert { _, body in
                let text = String(decoding: body.indices.map { body[$0] }, as: UTF8.self)
                if let id = text.firstMatch(of: /"id":"(k\d+)"/) {
                    seen[String(id.1), default: 0] += 1
                }
            }
            #expect(seen.count == 3000)
            #expect(
                seen.values.allSatisfy { $0 == 1 }, "\(seen.filter { $0.value > 1 }.count) twice")
        }
    }
}
