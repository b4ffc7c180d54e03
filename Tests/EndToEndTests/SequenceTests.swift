import Foundation
import Testing
import ZeroMQ

extension EndToEnd {
    @Suite("Numbered alerts")
    struct SequenceTests {
        @Test("Gaps and missing tails are counted as lost, in the body's number and in the frame's")
        func gaps() throws {
            let counters = try withServer { server in
                var publisher = try RawPublisher(to: server.push, in: Context())
                for number in [1, 2, 5] { try publisher.send(numbered(number)) }
                let framed = TestAlert(source: "test/framed")
                for number in [1, 2, 9] as [UInt8] {
                    let another = TestAlert(source: framed.source)
                    try publisher.send([
                        Array(another.topic.utf8), Array(another.json.utf8),
                        [number, 0, 0, 0, 0, 0, 0, 0],
                    ])
                }
                let beat = TestAlert().json.replacing(
                    "tocsin.alert.v1", with: "tocsin.heartbeat.v1"
                )
                .replacing(#""data""#, with: #""sequence":"8","data""#)
                try publisher.send(
                    topic: "heartbeat/v1/json/test/site/device/", Array(beat.utf8))
            }
            #expect(counters.accepted == 6 && counters.refused.isEmpty)
            #expect(counters["heartbeats"] == 1)
            #expect(
                counters["lost"] == 2 + 6 + 3,
                "3 and 4; 3 to 8 of the frames; 6 to 8 by the heartbeat")
        }

        @Test("What arrived and was refused is not counted as lost")
        func refusedAreNotLost() throws {
            let counters = try withServer { server in
                var publisher = try RawPublisher(to: server.push, in: Context())
                try publisher.send(numbered(1))
                for alert in [
                    numbered(2).json.replacing("minor", with: "high"),
                    TestAlert(data: "", attributes: #""sequence":"3","#).json,
                    TestAlert(time: .now - 48 * 3600, attributes: #""sequence":"4","#).json,
                ] { try publisher.send(topic: TestAlert().topic, Array(alert.utf8)) }
                let fifth = numbered(5)
                for alert in [fifth, numbered(6), fifth, numbered(7)] { try publisher.send(alert) }
            }
            #expect(counters.accepted == 4)
            #expect(
                counters.refused
                    == ["bad_value": 1, "missing_field": 1, "time_skew": 1, "duplicate": 1])
            #expect(counters["lost"] == 0)
        }

        private func numbered(_ number: Int) -> TestAlert {
            TestAlert(attributes: #""sequence":"\#(number)","#)
        }
    }
}
