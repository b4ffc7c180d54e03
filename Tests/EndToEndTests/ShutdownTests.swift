import Foundation
import Journal
import Testing

extension EndToEnd {
    @Suite("Ending and starting again")
    struct ShutdownTests {
        @Test("SIGTERM right after a burst of 20,000 loses none of them, and a second run goes on")
        func burstThenEnd() throws {
            let first = try TestServer()
            let directory = first.directory
            let count = 20_000
            try publish(count, to: first, "a")
            let counters = try first.end()
            #expect(counters.accepted == count)
            #expect(counters.received == count)
            #expect(try first.journaledAlerts() == count)
            #expect(first.log.contains("\(count) alerts accepted"))

            let second = try TestServer(in: directory)
            #expect(second.log.contains("recovered from 20,000 alerts"), "\(second.log)")
            try publish(5, to: second, "a")
            try publish(5, to: second, "b")
            let again = try second.end()
            #expect(again.accepted == 5, "each run counts anew")
            #expect(again.refused == ["duplicate": 5], "what the run before took in is known")
            #expect(try second.journaledAlerts() == count + 5)
            let runs = try JournalReader(path: second.journal).runs()
            #expect(runs.count == 2)
            #expect(runs[0].epoch < runs[1].epoch)
            #expect(runs.map(\.lastSequence) == [UInt64(count), UInt64(count) + 5])
            #expect(runs.allSatisfy { $0.ended != nil })
        }

        /// Publishes `count` alerts of a hundred sources, and returns when the publisher has ended.
        ///
        /// - Parameter series: begins their ids.
        private func publish(_ count: Int, to server: TestServer, _ series: String) throws {
            let lines = (0..<count).map { number in
                """
                {"source":"burst/\(number % 100)","id":"\(series)\(number)","kind":"noise.level",\
                "severity":"minor","lat":31.2011,"lon":121.5061}
                """
            }
            let file = try server.directory.write(lines.joined(separator: "\n"), to: "burst.jsonl")
            let outcome = try tocsin(
                "publish", "--file", file, "--to", server.push, in: server.directory)
            #expect(outcome.code == 0, "\(outcome.log)")
        }

        @Test("SIGINT ends the server as SIGTERM does, also while nothing happens")
        func interrupt() throws {
            let server = try TestServer()
            server.signal(SIGINT)
            #expect(try server.end().received == 0)
        }
    }
}
