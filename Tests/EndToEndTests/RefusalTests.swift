import AlertCases
import Foundation
import Testing
import ZeroMQ

extension EndToEnd {
    @Suite("Refusals")
    struct RefusalTests {
        @Test("Every malformed alert is counted under its code, and a good one after it is taken")
        func malformedAlerts() throws {
            let table = (AlertCases.malformed + AlertCases.truncated).map(WrongMessage.init(alert:))
                .filter { !$0.isBatch }
            try #require(table.count > 500)
            try withServer { server in try expectCodes(of: table, from: server) }
        }

        @Test("Wrong frames, topics, batches, places and times are counted under their code")
        func wrongMessages() throws {
            try withServer { server in try expectCodes(of: WrongMessage.all, from: server) }
        }

        /// Sends the messages code by code, a good alert after each, and holds each round to its
        /// code: no other counter of refusals may move.
        private func expectCodes(of messages: [WrongMessage], from server: TestServer) throws {
            let context = try Context()
            var publisher = try RawPublisher(to: server.push, in: context)
            var watcher = try FeedWatcher(server, in: context)
            var before = try watcher.counters(afterAccepted: 0)
            for (code, round) in Dictionary(grouping: messages, by: \.code) {
                for message in round {
                    try publisher.send(message.frames)
                    try publisher.send(TestAlert())
                }
                let after = try watcher.counters(afterAccepted: before.accepted + round.count)
                let moved = after.refused.merging(before.refused) { $0 - $1 }.filter {
                    $0.value != 0
                }
                #expect(moved == [code: round.count], "\(round.map(\.name))")
                #expect(after.received - before.received == 2 * round.count, "\(code)")
                before = after
            }
        }

        @Test("What the settings forbid is counted under its code")
        func admission() throws {
            let settings = """
                sources: {allow: [test]}
                limits: {sources: 3, rate: 20}
                """
            let counters = try withServer(settings) { server in
                var publisher = try RawPublisher(to: server.push, in: Context())
                let good = TestAlert(source: "test/1")
                for alert in [good, good, TestAlert(source: "stranger")] {
                    try publisher.send(alert)
                }
                for _ in 0..<400 { try publisher.send(TestAlert(source: "test/2")) }
                for source in ["test/3", "test/4"] {
                    try publisher.send(TestAlert(source: source))
                }
            }
            #expect(counters.refused["duplicate"] == 1)
            #expect(counters.refused["unknown_source"] == 1)
            #expect(counters.refused["overloaded"] == 1, "the fourth source has no room")
            // Forty are let in at once, and a few more in the time that sending takes.
            #expect(counters.accepted >= 41)
            #expect(counters.refused["throttled"] == 402 - counters.accepted)
            #expect(counters.received == 405)
        }

        @Test(
            "More than a mebibyte ends the connection, and neither the server nor other publishers")
        func oversized() throws {
            try withServer { server in
                let context = try Context()
                var watcher = try FeedWatcher(server, in: context)
                var flooder = try RawPublisher(to: server.push, in: context)
                var other = try RawPublisher(to: server.push, in: context)
                try other.send(TestAlert())
                try flooder.send(
                    topic: TestAlert().topic, Array(repeating: 0x20, count: 1 << 20 + 1))
                try other.send(TestAlert())
                #expect(try watcher.counters(afterAccepted: 2).refused.isEmpty)
                // What follows on the same connection is lost with it; then it stands again.
                var sent = 0
                let isBack = try wait(atMost: 15) {
                    try flooder.send(TestAlert())
                    sent += 1
                    return try watcher.counters(afterAccepted: 2).accepted > 2
                }
                #expect(isBack, "none of \(sent) arrived")
            }
        }

        @Test("An alert with status test is accepted, and moves no score and no task")
        func testAlerts() throws {
            let counters = try withServer { server in
                var publisher = try RawPublisher(to: server.push, in: Context())
                let place = TestAlert().data
                for _ in 0..<2 {
                    try publisher.send(
                        TestAlert(
                            data: place + #","status":"test","confidence":0.9"#, kind: "scuffle"))
                }
            }
            #expect(counters.accepted == 2)
            #expect(counters["score_changes"] == 0 && counters["task_revisions"] == 0)
        }

        @Test("A batch of 256 is taken, and a bad alert in it is refused alone")
        func batches() throws {
            let counters = try withServer { server in
                var publisher = try RawPublisher(to: server.push, in: Context())
                let topic = TestAlert(source: "b").topic
                var alerts = (0..<256).map { TestAlert(source: "b", id: "1-\($0)").json }
                try publisher.send(topic: topic, batch(alerts))
                alerts = (0..<256).map { TestAlert(source: "b", id: "2-\($0)").json }
                alerts[16] = alerts[16].replacing("minor", with: "high")
                alerts[17] = alerts[17].replacing("\"b\"", with: "\"c\"")
                try publisher.send(topic: topic, batch(alerts))
                alerts = (0..<257).map { TestAlert(source: "b", id: "3-\($0)").json }
                try publisher.send(topic: topic, batch(alerts))
            }
            #expect(counters.accepted == 256 + 254)
            #expect(counters.refused == ["bad_value": 1, "not_allowed": 1, "bad_batch": 1])
        }
    }
}

/// A message to be refused, with the code that it is counted under.
private struct WrongMessage {
    let name: String
    let code: String
    let frames: [[UInt8]]

    /// Whether the body opens an array: it is then read as a batch, not as the alert of its case.
    var isBatch: Bool { frames[1].first { $0 > 0x20 } == UInt8(ascii: "[") }

    init(alert: MalformedAlert) {
        (name, code) = (alert.name, alert.code)
        frames = [Array("alert/v1/json/acme/site-7/cam-03/".utf8), alert.bytes]
    }

    init(_ name: String, _ code: String, _ frames: [UInt8]...) {
        (self.name, self.code, self.frames) = (name, code, frames)
    }

    static func topic(_ text: String, _ code: String, _ alert: TestAlert = TestAlert())
        -> WrongMessage
    {
        WrongMessage("topic \(text)", code, Array(text.utf8), Array(alert.json.utf8))
    }

    static func body(
        _ name: String, _ code: String, _ body: [UInt8]
    ) -> WrongMessage {
        WrongMessage(name, code, Array(TestAlert().topic.utf8), body)
    }

    static func alert(_ name: String, _ code: String, _ alert: TestAlert) -> WrongMessage {
        body(name, code, Array(alert.json.utf8))
    }

    static var all: [WrongMessage] { framing + topics + batches + contents }

    static var framing: [WrongMessage] {
        let (topic, body) = (Array(TestAlert().topic.utf8), Array(TestAlert().json.utf8))
        return [
            WrongMessage("one frame", "bad_schema", body),
            WrongMessage("one topic", "bad_schema", topic),
            WrongMessage("an empty frame", "bad_schema", []),
            WrongMessage("two empty frames", "bad_schema", [], []),
            WrongMessage("four frames", "bad_schema", topic, body, [1, 0, 0, 0, 0, 0, 0, 0], []),
            WrongMessage("seven frames", "bad_schema", topic, body, body, body, body, body, body),
            WrongMessage("a sequence of four bytes", "bad_schema", topic, body, [1, 0, 0, 0]),
            WrongMessage("a sequence as text", "bad_schema", topic, body, Array("17".utf8)),
            WrongMessage("an empty body", "bad_encoding", topic, []),
            WrongMessage(
                "a topic of a mebibyte", "bad_schema", Array(repeating: 0x61, count: 1 << 20), body
            ),
        ]
    }

    static var topics: [WrongMessage] {
        [
            topic("alarm/v1/json/test/site/device/", "bad_schema"),
            topic("alert", "bad_schema"), topic("alert/v1/json/", "bad_schema"),
            topic("alert/v1/json/test/site/device", "bad_schema"),
            topic("alert/one/json/test/site/device/", "bad_schema"),
            topic("score/v1/json/NYC/", "bad_schema"),
            topic("alert/v2/json/test/site/device/", "bad_version"),
            topic("alert/v10/json/test/site/device/", "bad_version"),
            topic("alert/v1/protobuf/test/site/device/", "bad_encoding"),
            topic("alert/v1/JSON/test/site/device/", "bad_encoding"),
            topic("alert/v1/json/test/site/other/", "not_allowed"),
            topic("alert/v1/json/test/site/", "not_allowed"),
            topic("heartbeat/v1/json/test/site/device/", "bad_schema"),
        ]
    }

    static var batches: [WrongMessage] {
        let long = TestAlert(data: #""cell":"HB","x":"\#(String(repeating: "x", count: 7000))""#)
        return [
            body("257 alerts", "bad_batch", batch(Array(repeating: "{}", count: 257))),
            body("a batch cut short", "bad_batch", Array("[\(TestAlert().json),".utf8)),
            body("a batch with a tail", "bad_batch", Array("[\(TestAlert().json)]x".utf8)),
            body("open brackets", "bad_batch", Array(repeating: 0x5B, count: 1000)),
            body("a batch over 64 KiB", "too_large", batch(Array(repeating: long.json, count: 10))),
            body("a mebibyte of brackets", "too_large", Array(repeating: 0x5B, count: 1 << 20)),
            body(
                "an alert over 8 KiB in a batch", "too_large",
                batch([
                    TestAlert(
                        data: #""x":"\#(String(repeating: "x", count: 8200))""#
                    ).json
                ])),
        ]
    }

    static var contents: [WrongMessage] {
        let now = Date.now
        return [
            alert("no place", "missing_field", TestAlert(data: "")),
            alert(
                "a position in the sea", "outside_area",
                TestAlert(data: #""position":{"lat":0.0,"lon":-30.0}"#)),
            alert("a cell nobody knows", "outside_area", TestAlert(data: #""cell":"HB/no/such""#)),
            alert("yesterday's news", "time_skew", TestAlert(time: now - 25 * 3600)),
            alert("a clock that runs ahead", "time_skew", TestAlert(time: now + 600)),
        ]
    }
}

private func batch(_ alerts: [String]) -> [UInt8] {
    Array("[\(alerts.joined(separator: ","))]".utf8)
}
