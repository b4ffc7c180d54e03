import Domain
import Foundation
import Journal
import Testing

extension EndToEnd {
    @Suite("The closed loop under kills")
    struct LoopTests {
        let directory: TemporaryDirectory

        init() throws {
            directory = try TemporaryDirectory()
            try directory.write(ReloadTests.catalog, to: "catalog.yaml")
            try directory.write(ReloadTests.rules(), to: "a.rules.yaml")
        }

        private var doors: [String] {
            [
                "ingest.acknowledged.bind=ipc://\(directory.path)/acknowledged",
                "dispatch.bind=ipc://\(directory.path)/dispatch",
            ]
        }

        private func server() throws -> TestServer {
            let settings = """
                rules: {catalog: \(directory.path)/catalog.yaml, packs: [\(directory.path)], \
                watch: off}

                """
            return try TestServer(settings, in: directory, set: doors)
        }

        private func desk(_ name: String, as file: String) throws -> Program {
            try Program(
                Places.program,
                [
                    "dispatch", "run", "--desk", name, "--json", "--at",
                    "ipc://\(directory.path)/dispatch",
                ], in: directory, as: file)
        }

        /// Smoke at 40 places, so often that every third alert of a place raises its task anew.
        private func writeAlerts(_ count: Int) throws -> String {
            let lines = (0..<count).map { number in
                let (row, column) = (number % 40 / 8, number % 8)
                return """
                    {"source":"acme/s\(number % 50)","id":"k\(number)","kind":"smoke",\
                    "severity":"severe","confidence":0.9,"lat":\(31.192 + Double(row) * 0.002),\
                    "lon":\(121.486 + Double(column) * 0.0017)}
                    """
            }
            return try directory.write(lines.joined(separator: "\n") + "\n", to: "alerts.jsonl")
        }

        /// `incident-revision` of every task that a desk has printed.
        private func told(_ output: String) -> Set<String> {
            Set(output.matches(of: /"id":"([0-9a-f]{32}-\d+)"/).map { String($0.1) })
        }

        @Test(
            "With server, desk and publisher killed, every alert is journaled once and every task told"
        )
        func kills() throws {
            let file = try writeAlerts(3000)
            func publisher(_ name: String) throws -> Program {
                try Program(
                    Places.program,
                    [
                        "publish", "--acknowledged", "--to",
                        "ipc://\(directory.path)/acknowledged", "--file", file, "--rate", "400",
                        "--patience", "60s",
                    ], in: directory, as: name)
            }
            var server = try server()
            let east = try desk("east", as: "east")
            var west = try desk("west", as: "west-0")
            var sender = try publisher("sender-0")
            for round in 1...6 {
                Thread.sleep(forTimeInterval: 0.8)
                server.kill()
                if round == 2 {
                    // Sends everything again from the beginning: what was taken in is a duplicate.
                    sender.kill()
                    sender = try publisher("sender-1")
                }
                if round % 2 == 0 {
                    west.kill()
                    west = try desk("west", as: "west-\(round)")
                }
                server = try self.server()
            }
            #expect(try sender.exitCode(within: 90) == 0, "\(sender.log) \(sender.output)")
            let reader = try JournalReader(path: server.journal)
            var seen: [String: Int] = [:]
            try reader.forEachAlert { _, body in
                let text = String(decoding: body.indices.map { body[$0] }, as: UTF8.self)
                if let id = text.firstMatch(of: /"id":"(k\d+)"/) {
                    seen[String(id.1), default: 0] += 1
                }
            }
            #expect(seen.count == 3000 && seen.values.allSatisfy { $0 == 1 })

            let revisions = try reader.taskRevisions()
            #expect(Set(revisions.map(\.incident)).count >= 20)
            let numbers = revisions.map { "\($0.incident)-\($0.revision)" }
            #expect(Set(numbers).count == numbers.count, "a revision was told twice")
            func latest() throws -> Set<String> {
                Set(try reader.tasks().map { "\($0.incident)-\($0.revision)" })
            }
            let isTold = try wait(atMost: 30) {
                let names = ["west-0", "west-2", "west-4", "west-6"]
                let heard = names.map { told(directory.read("\($0).out")) }
                    .reduce(into: Set<String>()) { $0.formUnion($1) }
                let wanted = try latest()
                return wanted.isSubset(of: told(east.output)) && wanted.isSubset(of: heard)
            }
            #expect(isTold, "a desk was not told of a task")
            east.kill()
            west.kill()
            try server.end()
        }
    }
}
