import Foundation
import Journal
import Testing
import ZeroMQ

extension EndToEnd {
    @Suite("The journal's commands, and a start on a damaged journal")
    struct JournalCommandTests {
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

        /// A journal of six alerts, each in a batch of its own.
        private func journal() throws -> String {
            let server = try TestServer(settings, in: directory)
            let context = try Context()
            var client = try Client(.dealer, to: server.acknowledged, in: context)
            for number in 0..<6 {
                var alert = TestAlert(kind: "smoke")
                alert.id = "alert-\(number)"
                let answer = try client.ask(alert)
                #expect(answer["status"] as? String == "accepted", "\(answer)")
            }
            try server.end()
            return server.journal
        }

        /// Flips a bit of an alert's id where it lies in the file.
        private func damage(_ path: String, alert: Int) throws {
            var bytes = try Data(contentsOf: URL(filePath: path))
            // Tasks and scores may name the alert too: what is flipped is where its message begins.
            let message = Data(#""type":"tocsin.alert.v1","id":"alert-\#(alert)""#.utf8)
            let place = try #require(bytes.range(of: message))
            bytes[place.upperBound - 2] ^= 0x40
            try bytes.write(to: URL(filePath: path))
        }

        private func json(_ outcome: Outcome) throws -> [String: Any] {
            let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
            return try #require(object as? [String: Any], "\(outcome)")
        }

        @Test("stat counts what is there")
        func stat() throws {
            let path = try journal()
            let outcome = try tocsin("journal", "stat", path, "--json", in: directory)
            #expect(outcome.code == 0, "\(outcome)")
            let figures = try json(outcome)
            #expect(figures["alerts"] as? Int == 6)
            #expect((figures["runs"] as? [String: Any])?["ended"] as? Int == 1)
            #expect(figures["tasks"] as? Int == 1)
            let text = try tocsin("journal", "stat", path, in: directory)
            #expect(text.output.contains("6 in 6 batches"), "\(text)")
            #expect(text.output.contains("alert_batch"))
        }

        @Test("verify finds nothing in a whole journal, and names what is lost in a damaged one")
        func verify() throws {
            let path = try journal()
            let whole = try tocsin("journal", "verify", path, in: directory)
            #expect(whole.code == 0 && whole.output.contains("nothing found"), "\(whole)")
            try damage(path, alert: 2)
            let outcome = try tocsin("journal", "verify", path, in: directory)
            #expect(outcome.code == 1)
            #expect(outcome.output.contains("alert_batch row 3: the batch's bytes"), "\(outcome)")
            #expect(outcome.output.contains("lost: run 1, positions 3 to 3"), "\(outcome)")
            let findings = try json(
                try tocsin("journal", "verify", path, "--json", in: directory))["findings"]
            let finding = try #require((findings as? [[String: Any]])?.first)
            #expect(finding["row"] as? Int == 3 && finding["table"] as? String == "alert_batch")
            #expect((finding["lost"] as? [String: Any])?["first_position"] as? Int == 3)
        }

        @Test("Exported alerts are taken again, and what is there is not overwritten")
        func export() throws {
            let path = try journal()
            let words = ["journal", "export", path, "--what", "alerts", "--to", directory.path]
            func export(_ more: String...) throws -> Outcome {
                let program = try Program(
                    Places.program, words + more, in: directory, as: "export")
                let code = try program.exitCode()
                return Outcome(code: code, output: program.output, log: program.log)
            }
            #expect(try export().code == 0)
            let again = try export()
            #expect(again.code == 2 && again.log.contains("--force"), "\(again)")
            #expect(try export("--force").code == 0)
            let lines = directory.read("alerts.jsonl").split(separator: "\n")
            #expect(lines.count == 6 && lines[0].contains("alert-0"))
            try FileManager.default.removeItem(atPath: path)
            let server = try TestServer(settings, in: directory)
            let sent = try tocsin(
                "publish", "--acknowledged", "--to", server.acknowledged, "--file",
                directory.path + "/alerts.jsonl", in: directory)
            #expect(sent.code == 0, "\(sent)")
            #expect(try server.end().accepted == 6)
        }

        @Test("Rows are exported with words and times, as lines and as a table")
        func rows() throws {
            let path = try journal()
            // Its start notes a gap: an event.
            try TestServer(settings, in: directory).end()
            func export(_ what: String, _ format: String) throws -> [Substring] {
                let outcome = try tocsin(
                    "journal", "export", path, "--what", what, "--to", "-", "--format", format,
                    in: directory)
                #expect(outcome.code == 0, "\(outcome)")
                return outcome.output.split(separator: "\n")
            }
            let task = try #require(try export("tasks", "jsonl").first)
            let object = try JSONSerialization.jsonObject(with: Data(task.utf8))
            let members = try #require(object as? [String: Any])
            #expect((members["time"] as? String)?.hasSuffix("Z") == true)
            #expect(members["message"] is [String: Any], "\(task)")
            let table = try export("scores", "csv")
            #expect(table.first?.hasPrefix("id,run,sequence,time,received,cell") == true)
            #expect(table.count > 1)
            #expect(try export("alerts", "csv").count == 7)
            let events = try export("events", "jsonl")
            #expect(events.contains { $0.contains(#""kind":"gap""#) }, "\(events)")
            #expect(try export("feedback", "csv").count == 1)
        }

        @Test("A range of times is kept to")
        func range() throws {
            let path = try journal()
            for (words, count) in [
                (["--since", "2020-01-01T00:00:00Z"], 6), (["--until", "2020-01-01T00:00:00Z"], 0),
            ] {
                let program = try Program(
                    Places.program,
                    ["journal", "export", path, "--what", "alerts", "--to", "-"] + words,
                    in: directory, as: "range")
                #expect(try program.exitCode() == 0)
                #expect(program.output.split(separator: "\n").count == count)
            }
        }

        @Test("compact waits for no server: it refuses while one runs")
        func compact() throws {
            let path = try journal()
            let server = try TestServer(settings, in: directory)
            let refused = try tocsin("journal", "compact", path, in: directory)
            #expect(refused.code == 2, "\(refused)")
            #expect(refused.log.contains("another process has the journal open"), "\(refused)")
            try server.end()
            let done = try tocsin("journal", "compact", path, "--keep", "0s", in: directory)
            #expect(done.code == 0, "\(done)")
            #expect(done.output.contains("bytes before"), "\(done)")
            #expect(try tocsin("journal", "verify", path, in: directory).code == 0)
            try TestServer(settings, in: directory).end()
        }

        @Test("A start on a damaged journal says what is lost, and goes on with the rest")
        func start() throws {
            let path = try journal()
            try damage(path, alert: 1)
            let server = try TestServer(settings, in: directory)
            let log = server.log
            #expect(log.contains("the journal has lost batch 2 of alerts: run 1, positions 2 to 2"))
            #expect(log.contains("journal verify"), "\(log)")
            #expect(log.contains("recovered from 5 alerts"), "\(log)")
            let context = try Context()
            var client = try Client(.dealer, to: server.acknowledged, in: context)
            for (number, status) in [(0, "duplicate"), (1, "accepted"), (5, "duplicate")] {
                var alert = TestAlert(kind: "smoke")
                alert.id = "alert-\(number)"
                #expect(try client.ask(alert)["status"] as? String == status, "\(number)")
            }
            try server.end()
            let left = try tocsin(
                "journal", "export", path, "--what", "alerts", "--to", "-", in: directory)
            #expect(left.code == 1 && left.output.split(separator: "\n").count == 6, "\(left)")
        }

        @Test("A file that cannot be opened is refused with what to do")
        func unreadable() throws {
            let path = try journal()
            var bytes = try Data(contentsOf: URL(filePath: path))
            bytes.replaceSubrange(0..<200, with: Data(repeating: 7, count: 200))
            try bytes.write(to: URL(filePath: path))
            for words in [
                ["run", "--config", directory.path + "/tocsin.yaml"], ["journal", "verify", path],
                ["journal", "stat", path], ["journal", "compact", path],
                ["journal", "export", path, "--what", "tasks", "--to", "-"],
            ] {
                let program = try Program(Places.program, words, in: directory, as: "damaged")
                #expect(try program.exitCode(within: 20) == 2, "\(words): \(program.log)")
                #expect(program.log.contains("journal verify"), "\(words): \(program.log)")
                #expect(program.log.contains("move it away"), "\(words): \(program.log)")
            }
            let missing = try tocsin("journal", "stat", path + ".not", in: directory)
            #expect(missing.code == 2 && missing.log.contains("no such file"), "\(missing)")
        }
    }
}
