import Foundation
import Testing

extension EndToEnd {
    @Suite("Clients in other languages")
    struct ClientTests {
        @Test(
            "An integrator who knows only the protocol's page gets the score and the task",
            .disabled(if: Python.isDispensable, Python.advice))
        func integrator() throws {
            try withServer { server in
                let place = ["31.2011", "121.5061"]
                let script = try Program.python(
                    Places.scripts + "integrator.py", [server.push, server.feed] + place,
                    in: server.directory, as: "integrator")
                let code = try script.exitCode(within: 30)
                try #require(code == 0, "\(script.log)")
                let heard = try JSONDecoder().decode(Heard.self, from: Data(script.output.utf8))
                try expectScore(heard)
                try expectTask(heard)
            }
        }

        private func expectScore(_ heard: Heard) throws {
            // The cells above are told too; none of them stands higher than the one that scored.
            let message = try #require(
                heard.scores.max { $0.event.data.score < $1.event.data.score })
            let score = message.event.data
            #expect(message.event.type == "tocsin.score.v1")
            #expect(message.topic == "score/v1/json/\(score.cell)")
            #expect(score.category == "public-order")
            #expect(score.score > 40 && score.score <= 100)
            #expect(score.warning == "yellow")
        }

        private func expectTask(_ heard: Heard) throws {
            let message = try #require(heard.tasks.first)
            let task = message.event.data
            #expect(message.event.type == "tocsin.task.v1")
            #expect(message.topic == "task/v1/json/\(task.cell)P\(task.priority ?? 0)/")
            #expect(task.operation == "open" && task.revision == 1)
            #expect(task.kind == "disturbance")
            #expect(task.title?.hasPrefix("Scuffle in ") == true)
            #expect(task.title?.hasSuffix("seen 2 times") == true)
            #expect(task.reason?.contains("public-order stands at 55 of 100 (yellow)") == true)
            #expect(task.reason?.contains("order.scuffle@2 +55") == true)
            let factor = try #require(task.factors?.first)
            #expect(factor.rule.hasPrefix("order.scuffle@"))
            #expect(factor.points == 55 && factor.alerts >= 1)
            #expect(task.evidence?.count == 2)
            #expect(task.evidence?.alerts.allSatisfy { $0.hasPrefix("city/video/cam-17#") } == true)
            #expect(task.assign?.department == "public-security")
            let repeated = heard.scores.contains { $0.event.data.cell == task.cell }
            #expect(repeated, "the task is about the cell that scored")
        }

        @Test(
            "The Python client publishes, and the Python client reads the score",
            .disabled(if: Python.isDispensable, Python.advice))
        func pythonClients() throws {
            try exchange { role, arguments, directory in
                try Program.python(
                    Places.clients + "python/\(role).py", arguments, in: directory, as: role)
            }
        }

        @Test("The C client publishes, and the C client reads the score")
        func cClients() throws {
            try exchange { role, arguments, directory in
                let program = directory.path + "/\(role).program"
                let compiler = try Program(
                    "/usr/bin/env",
                    [
                        "cc", "-O2", "-Wall", "-Werror", Places.clients + "c/\(role).c", "-o",
                        program,
                        "-lzmq",
                    ], in: directory, as: "cc-\(role)")
                let code = try compiler.exitCode()
                try #require(code == 0, "\(compiler.log)")
                return try Program(program, arguments, in: directory, as: role)
            }
        }

        @Test("The shell client publishes through the command line")
        func shellClient() throws {
            let counters = try withServer { server in
                let line =
                    "'\(Places.clients)shell/publish.sh' demo/shell-1 | head -2 | "
                    + "'\(Places.program)' publish --to '\(server.push)' -"
                let shell = try Program(
                    "/bin/sh", ["-c", line], in: server.directory, as: "shell")
                let code = try shell.exitCode()
                #expect(code == 0, "\(shell.log)")
            }
            #expect(counters.accepted == 2 && counters.received == 2, "\(counters.refused)")
        }

        /// Two publishers and a subscriber of one language. What the publishers send, two detectors
        /// at the warning step, is a gas leak once it has lasted for ten seconds.
        private func exchange(
            _ start: (_ role: String, [String], TemporaryDirectory) throws -> Program
        ) throws {
            let counters = try withServer { server in
                let (directory, other) = (server.directory, try TemporaryDirectory())
                let subscriber = try start("subscribe", [server.feed], directory)
                let publisher = try start("publish", [server.push], directory)
                let second = try start("publish", [server.push, "demo/other-1"], other)
                let told = wait(atMost: 30) { subscriber.output.contains("tocsin.task.v1") }
                for program in [publisher, second, subscriber] { program.kill() }
                #expect(told, "\(subscriber.log) \(publisher.log)")
                #expect(
                    subscriber.output.contains(
                        " % of the explosive limit in Willow Street 2-9, 2 sensors"))
                #expect(publisher.output.contains("sent 2"))
            }
            #expect(counters.accepted >= 4)
            #expect(counters.refused.isEmpty, "\(counters.refused)")
            #expect(counters["lost"] == 0)
        }
    }
}

/// What `integrator.py` prints.
private struct Heard: Decodable {
    struct Message: Decodable {
        let topic: String
        let event: Event
    }
    struct Event: Decodable {
        let type: String
        let data: Content
    }
    /// A score's or a task's data.
    struct Content: Decodable {
        let cell, category, warning: String
        let score: Double
        let operation, kind, title, reason: String?
        let revision, priority: Int?
        let factors: [Factor]?
        let evidence: Evidence?
        let assign: Assignment?
    }
    struct Factor: Decodable {
        let rule: String
        let points: Double
        let alerts: Int
    }
    struct Evidence: Decodable {
        let alerts: [String]
        let count: Int
    }
    struct Assignment: Decodable {
        let department: String
    }
    let scores, tasks: [Message]
}
