import Foundation
import Testing
import ZeroMQ

extension EndToEnd {
    @Suite("Reports of what became of tasks")
    struct ReportTests {
        let directory: TemporaryDirectory
        let context: Context

        init() throws {
            directory = try TemporaryDirectory()
            context = try Context()
        }

        private struct Report: Decodable {
            struct Figures: Decodable {
                let opened, stillOpen, openNow: Int
                let stages, outcomes, priorities: [String: Int]
                let times: [String: [String: Double]]
                let precision, satisfaction: [String: Double]

                enum CodingKeys: String, CodingKey {
                    case opened, stages, outcomes, priorities, times, precision, satisfaction
                    case stillOpen = "still_open"
                    case openNow = "open_now"
                }
            }
            struct Row: Decodable {
                let name: String
                let figures: Figures
            }
            struct Group: Decodable {
                let by: String
                let rows: [Row]
            }
            let total: Figures
            let groups: [Group]

            func row(_ by: String, _ beginning: String) -> Figures? {
                groups.first { $0.by == by }?.rows.first { $0.name.hasPrefix(beginning) }?.figures
            }
        }

        private func report(_ server: TestServer, _ flags: String...) throws -> Report {
            let all = ["report", "--journal", server.journal, "--format", "json"] + flags
            let program = try Program(Places.program, all, in: directory, as: "report")
            #expect(try program.exitCode() == 0, "\(program.log)")
            return try JSONDecoder().decode(Report.self, from: Data(program.output.utf8))
        }

        private struct Task: Decodable {
            struct Content: Decodable {
                let incident: String
                let kind: String
            }
            let data: Content
        }

        /// The incidents of the open tasks by their kinds.
        private func open(_ server: TestServer) throws -> [String: [String]] {
            let list = try tocsin(
                "dispatch", "list", "--json", "--at", server.dispatch, in: directory)
            let tasks = try list.output.split(separator: "\n").map {
                try JSONDecoder().decode(Task.self, from: Data($0.utf8)).data
            }
            return Dictionary(grouping: tasks, by: \.kind).mapValues { $0.map(\.incident) }
        }

        private func tell(
            _ server: TestServer, _ verb: String, _ incident: String, _ flags: String...
        ) throws {
            let all = ["dispatch", verb, incident, "--at", server.dispatch] + flags
            let program = try Program(Places.program, all, in: directory, as: "tell")
            #expect(try program.exitCode() == 0, "\(verb): \(program.log)")
        }

        /// Two fires, of which one was one, and a noise that nobody looks at.
        private func handle(_ server: TestServer) throws {
            var publisher = try RawPublisher(to: server.push, in: context)
            try publisher.send(DeskRules.alert("smoke"))
            try publisher.send(DeskRules.alert("smoke", place: 55))
            try publisher.send(DeskRules.alert("noise.level"))
            var watcher = try FeedWatcher(server, in: context)
            _ = try watcher.counters { $0["tasks_opened", default: 0] >= 3 }
            let tasks = try open(server)
            let fires = try #require(tasks["fire"])
            try #require(fires.count == 2 && tasks["noise"]?.count == 1)
            try tell(server, "accept", fires[0], "--by", "unit-7")
            try tell(server, "arrive", fires[0], "--by", "unit-7")
            try tell(server, "resolve", fires[0], "--by", "unit-7", "--outcome", "confirmed")
            try tell(server, "verify", fires[0], "--by", "unit-2", "--satisfaction", "4")
            try tell(server, "accept", fires[1], "--by", "unit-7")
            try tell(server, "resolve", fires[1], "--by", "unit-7", "--outcome", "false_alarm")
        }

        @Test("What desks report comes back in figures, while the server runs and after it")
        func figures() throws {
            let server = try TestServer(try DeskRules.settings(in: directory), in: directory)
            do {
                try handle(server)
                try expectFigures(try report(server, "--level", "street"))
            } catch {
                #expect(throws: Never.self) { try server.end() }
                throw error
            }
            try server.end()
            try expectFigures(try report(server, "--level", "street", "--period", "hour"))
            let later = try report(server, "--to", "2020-01-01T00:00:00Z")
            #expect(later.total.opened == 0 && later.total.openNow == 2)
            #expect(try report(server, "--area", "NOWHERE").total.openNow == 0)
            try expectOtherFormats(server)
        }

        private func expectFigures(_ report: Report) throws {
            let total = report.total
            #expect(total.opened == 3 && total.stillOpen == 2 && total.openNow == 2)
            #expect(total.stages["closed"] == 1 && total.stages["resolved"] == 1)
            #expect(total.priorities["P1"] == 2 && total.priorities["P3"] == 1)
            #expect(total.outcomes["confirmed"] == 1 && total.outcomes["false_alarm"] == 1)
            #expect(
                total.times.mapValues { $0["count"] } == [
                    "accept": 2, "arrive": 1, "resolve": 2, "verify": 1,
                ])
            for times in total.times.values {
                #expect((0...60).contains(try #require(times["median_s"])))
            }
            #expect(total.satisfaction == ["count": 1, "mean": 4])
            let fire = try #require(report.row("rule", "fire.seen"))
            #expect(fire.precision["right"] == 1 && fire.precision["wrong"] == 1)
            #expect(fire.precision["mean"] == 0.5)
            #expect(report.row("rule", "noise.seen")?.precision == ["right": 0, "wrong": 0])
            #expect(report.row("department", "fire-brigade")?.opened == 2)
            #expect(report.row("category", "public-order")?.openNow == 1)
            #expect(report.groups.map(\.by) == ["street", "category", "department", "rule"])
        }

        private func expectOtherFormats(_ server: TestServer) throws {
            let text = try tocsin(
                "report", "--journal", server.journal, "--by", "source", in: directory)
            #expect(text.code == 0 && text.output.contains("\ntest/site/device-55 "), "\(text)")
            let csv = try tocsin(
                "report", "--journal", server.journal, "--by", "kind", "--format", "csv",
                in: directory)
            #expect(csv.output.contains(",kind,fire,2,"), "\(csv)")
            let page = try tocsin(
                "report", "--journal", server.journal, "--format", "html", "--out", "page.html",
                in: directory)
            #expect(page.code == 0 && page.output.isEmpty)
            #expect(directory.read("page.html").hasPrefix("<!DOCTYPE html>"))
        }

        @Test(
            "What cannot be is refused with what to do",
            arguments: [
                (["--period", "year"], Int32(3), "'hour', 'day', 'week'"),
                (["--level", "planet"], 3, "no level is named planet; there are city, district"),
                (["--by", "level"], 3, "say of which with --level"),
                (["--by", "mayor"], 3, "- department"),
                (["--format", "pdf"], 3, "'text', 'csv'"),
                (["--from", "yesterday"], 3, "write it with its zone"),
                (["--from", "9999-01-01T00:00:00Z"], 3, "up to the year 2262"),
                (["--from", "2100-01-01T00:00:00Z"], 3, "which is not yet"),
                (["--from", "2026-01-02T00:00:00Z", "--to", "2026-01-01T00:00:00Z"], 3, "before"),
                (
                    [
                        "--from", "2026-01-01T00:00:00Z", "--to", "2026-01-02T00:00:00Z",
                        "--period", "day",
                    ],
                    3, "leave --period out"
                ),
                ([], 2, "there is no journal"),
                (["--journal", "text.txt"], 2, "is it one that `tocsin run` wrote?"),
            ])
        func refused(flags: [String], code: Int32, advice: String) throws {
            try directory.write("not a journal, and long enough to be read as one", to: "text.txt")
            let program = try Program(
                Places.program, ["report"] + flags, in: directory, as: "report")
            #expect(try program.exitCode() == code)
            #expect(program.log.contains(advice), "\(program.log)")
        }
    }
}
