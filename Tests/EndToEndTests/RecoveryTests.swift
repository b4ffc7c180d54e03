import Domain
import Foundation
import Journal
import Testing
import ZeroMQ

extension EndToEnd {
    @Suite("A server that was killed and started anew")
    struct RecoveryTests {
        let directory: TemporaryDirectory
        private let settings: String

        init() throws {
            directory = try TemporaryDirectory()
            try directory.write(ReloadTests.catalog, to: "catalog.yaml")
            try directory.write(ReloadTests.rules(), to: "a.rules.yaml")
            settings = """
                rules: {catalog: \(directory.path)/catalog.yaml, packs: [\(directory.path)], watch: off}

                """
        }

        private func smoke(_ server: TestServer, _ id: String, at time: Date) throws {
            let context = try Context()
            var client = try Client(.dealer, to: server.acknowledged, in: context)
            var alert = TestAlert(kind: "smoke")
            (alert.id, alert.time) = (id, time)
            let answer = try client.ask(alert)
            #expect(answer["status"] as? String == "accepted", "\(answer)")
        }

        /// Eight alerts; the server is killed after those whose number is in `kills`.
        private func tasks(killingAfter kills: Set<Int>) throws -> [JournaledTask] {
            var server = try TestServer(settings, in: directory)
            for number in 0..<8 {
                try smoke(server, "a\(number)", at: .now)
                guard kills.contains(number) else { continue }
                server.kill()
                server = try TestServer(settings, in: directory)
                #expect(server.log.contains("recovered from \(number + 1) alerts"), "\(server.log)")
            }
            try server.end()
            return try JournalReader(path: server.journal).taskRevisions()
        }

        @Test(
            "Windows, scores and tasks go on as if nothing had happened",
            arguments: [
                [0], [1], [2], [4], [0, 1, 2, 3, 4, 5, 6],
            ])
        func goesOn(kills: [Int]) throws {
            let revisions = try tasks(killingAfter: Set(kills))
            #expect(Set(revisions.map(\.incident)).count == 1)
            #expect(revisions.map(\.operation).count { $0 == .open } == 1)
            // The third alert opens it, whichever run that was in.
            #expect(revisions.first?.operation == .open && revisions.first?.sequence == 3)
            #expect(revisions.map(\.revision) == Array(1...UInt32(max(1, revisions.count))))
        }

        private func report(
            _ word: String, _ task: String, by unit: String, to server: TestServer
        ) throws -> Outcome {
            try tocsin(
                "dispatch", word, task, "--by", unit, "--at", server.dispatch, in: directory)
        }

        @Test("What was reported of a task stays: it goes on from where it stood, with its times")
        func feedback() throws {
            var server = try TestServer(settings, in: directory)
            for number in 0..<3 { try smoke(server, "a\(number)", at: .now) }
            let reader = try JournalReader(path: server.journal)
            let isTold = try wait(atMost: 10) { try !reader.tasks().isEmpty }
            try #require(isTold)
            let task = try reader.tasks()[0].incident
            for (word, unit, code) in [
                ("accept", "unit-7", 0), ("arrive", "unit-7", 0), ("resolve", "unit-7", 0),
                ("verify", "unit-7", 1), ("verify", "chief-2", 0),
            ] as [(String, String, Int32)] {
                let outcome = try report(word, task, by: unit, to: server)
                #expect(outcome.code == code, "\(word): \(outcome)")
                server.kill()
                server = try TestServer(settings, in: directory)
            }
            try server.end()
            let revisions = try reader.revisions(ofIncident: task)
            #expect(revisions.last?.operation == .close)
            #expect(revisions.map(\.revision) == Array(1...UInt32(revisions.count)))
            let times = revisions.compactMap {
                $0.message.firstMatch(of: /"accepted":"([^"]+)"/).map { String($0.1) }
            }
            #expect(times.count >= 4 && Set(times).count == 1, "\(times)")
        }

        @Test("What was told because time went by is not told again")
        func timers() throws {
            var server = try TestServer(settings, in: directory)
            for number in 0..<4 { try smoke(server, "a\(number)", at: .now) }
            // The fourth joined the task; it is told ten seconds after the third.
            let reader = try JournalReader(path: server.journal)
            let isTold = try wait(atMost: 20) { try reader.taskRevisions().count == 2 }
            try #require(isTold)
            Thread.sleep(forTimeInterval: 1.5)
            for _ in 0..<2 {
                server.kill()
                server = try TestServer(settings, in: directory)
                Thread.sleep(forTimeInterval: 0.5)
            }
            try server.end()
            #expect(try reader.taskRevisions().map(\.revision) == [1, 2])
        }
    }
}
