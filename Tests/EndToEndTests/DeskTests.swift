import Foundation
import Testing
import ZeroMQ

extension EndToEnd {
    @Suite("Tasks delivered to desks")
    struct DeskTests {
        let directory: TemporaryDirectory
        let context: Context

        init() throws {
            directory = try TemporaryDirectory()
            context = try Context()
        }

        /// A server whose journal stays for the next one.
        private func withDesks(
            _ settings: String = "", _ body: (TestServer, inout RawPublisher) throws -> Void
        ) throws {
            let server = try TestServer(
                try DeskRules.settings(in: directory) + settings, in: directory)
            var publisher = try RawPublisher(to: server.push, in: context)
            do {
                try body(server, &publisher)
            } catch {
                #expect(throws: Never.self) { try server.end() }
                throw error
            }
            try server.end()
        }

        /// Waits until so many tasks have been opened.
        private func opened(_ count: Int, _ server: TestServer) throws {
            var watcher = try FeedWatcher(server, in: context)
            _ = try watcher.counters { $0["tasks_opened", default: 0] >= count }
        }

        @Test("A desk gets the open tasks most urgent first, then new ones as they come")
        func order() throws {
            try withDesks { server, publisher in
                try publisher.send(DeskRules.alert("noise.level"))
                try publisher.send(DeskRules.alert("noise.level", place: 55))
                try publisher.send(DeskRules.alert("smoke"))
                try opened(3, server)
                var desk = try DeskClient(server, in: context)
                #expect(try desk.subscribe("east") == 3)
                let first = ["fire P1 open#1", "noise P3 open#1", "noise P3 open#1"]
                #expect(try desk.take(3) == first)
                try publisher.send(DeskRules.alert("smoke", place: 55))
                #expect(try desk.take(1) == ["fire P1 open#1"])
                var urgent = try DeskClient(server, in: context)
                #expect(try urgent.subscribe("west", #","max_priority":1,"credit":1"#) == 2)
                #expect(try urgent.take(2) == ["fire P1 open#1", "fire P1 open#1"])
                var nowhere = try DeskClient(server, in: context)
                #expect(try nowhere.subscribe("south", #","areas":["HB/none/"]"#) == 0)
            }
        }

        @Test("What is not acknowledged is sent again, what is acknowledged is not")
        func resent() throws {
            try withDesks { server, publisher in
                var desk = try DeskClient(server, in: context)
                #expect(try desk.subscribe("east") == 0)
                try publisher.send(DeskRules.alert("smoke"))
                #expect(try desk.take(1) == ["fire P1 open#1"])
                try publisher.send(DeskRules.alert("noise.level"))
                let first = try desk.next()
                #expect(first.text == "noise P3 open#1" && first.attempt == 1)
                let start = ContinuousClock.now
                try desk.say(#"{"type":"heartbeat"}"#)
                let second = try desk.next()
                #expect(second.text == "noise P3 open#1" && second.attempt == 2)
                let waited = (ContinuousClock.now - start) / .seconds(1)
                #expect(waited > 4 && waited < 9)
                try desk.acknowledge(second)
            }
        }

        @Test("A desk that was away gets what it missed and no more, after a server restart too")
        func away() throws {
            try withDesks { server, publisher in
                try publisher.send(DeskRules.alert("noise.level"))
                try publisher.send(DeskRules.alert("noise.level", place: 55))
                var desk = try DeskClient(server, in: context)
                _ = try desk.subscribe("east")
                #expect(try desk.take(2) == ["noise P3 open#1", "noise P3 open#1"])
                try desk.say(#"{"type":"leave"}"#)
                // It is the later event that counts, and stamps are whole seconds.
                usleep(1_200_000)
                try publisher.send(DeskRules.alert("noise.level", value: 0))
                try publisher.send(DeskRules.alert("smoke"))
                try opened(3, server)
            }
            try withDesks { server, _ in
                var desk = try DeskClient(server, in: context)
                #expect(try desk.subscribe("east") == 2)
                #expect(try desk.take(2) == ["fire P1 open#1", "noise P3 close#2"])
                var new = try DeskClient(server, in: context)
                #expect(try new.subscribe("new") == 2)
                #expect(try new.take(2) == ["fire P1 open#1", "noise P3 open#1"])
            }
            try withDesks { server, _ in
                var desk = try DeskClient(server, in: context)
                #expect(try desk.subscribe("east") == 0)
                #expect(try desk.subscribe("east", #","snapshot":true"#) == 2)
            }
        }

        @Test("A server that ends tells what is durable first")
        func farewell() throws {
            let server = try TestServer(try DeskRules.settings(in: directory), in: directory)
            var publisher = try RawPublisher(to: server.push, in: context)
            var desk = try DeskClient(server, in: context)
            _ = try desk.subscribe("east")
            for place in 0..<20 { try publisher.send(DeskRules.alert("smoke", place: place)) }
            let opened = try server.end()["tasks_opened", default: 0]
            var heard: [String] = []
            while heard.count < opened { heard.append(try desk.next().text) }
            #expect(opened > 0 && Set(heard) == ["fire P1 open#1"])
        }

        @Test("A server does not start with a desks' file that is none, and says what goes without")
        func foreignFile() throws {
            try directory.write("not what it should be, and long enough", to: "j.sqlite.desks")
            let ports = ["ingest.push", "ingest.broadcast", "feed", "dispatch", "control"]
                .map { "\($0).bind=tcp://127.0.0.1:*" }
            let server = try Program(
                Places.program,
                ["run", "--journal", "j.sqlite"] + ports.flatMap { ["--set", $0] },
                in: directory, as: "server")
            #expect(try server.exitCode() == 2)
            #expect(server.log.contains("cannot use the desks' file j.sqlite.desks"))
            #expect(server.log.contains("without the file every desk is sent all open tasks"))
        }

        @Test("A desk that stops reading costs another one nothing")
        func stalled() throws {
            try withDesks { server, publisher in
                var deaf = try DeskClient(server, in: context, queue: 1)
                _ = try deaf.subscribe("deaf", #","credit":1024"#)
                var desk = try DeskClient(server, in: context)
                _ = try desk.subscribe("east", #","credit":4"#)
                for place in 0..<100 { try publisher.send(DeskRules.alert("smoke", place: place)) }
                var watcher = try FeedWatcher(server, in: context)
                // Some places lie outside the city.
                let counters = try watcher.counters { $0.received >= 100 }
                let opened = counters["tasks_opened", default: 0]
                try #require(opened >= 20)
                let start = ContinuousClock.now
                #expect(try desk.take(opened).count == opened)
                #expect(ContinuousClock.now - start < .seconds(5))
                let report = try report(server)
                #expect(report["east"]?.waiting == 0)
                let owed = (report["deaf"]?.waiting ?? 0) + (report["deaf"]?.underWay ?? 0)
                #expect(owed == opened)
            }
        }

        private struct Report: Decodable {
            struct Desk: Decodable {
                let desk: String
                let connected: Bool
                let waiting, underWay: Int

                enum CodingKeys: String, CodingKey {
                    case desk, connected, waiting
                    case underWay = "under_way"
                }
            }
            let desks: [Desk]
            let refused: [String: Int]
        }

        private func report(_ server: TestServer) throws -> [String: Report.Desk] {
            let desks = try wholeReport(server).desks
            return Dictionary(uniqueKeysWithValues: desks.map { ($0.desk, $0) })
        }

        private func wholeReport(_ server: TestServer) throws -> Report {
            let status = try tocsin(
                "status", "--desks", "--json", "--at", server.control, in: directory)
            try #require(status.code == 0, "\(status.log)")
            return try JSONDecoder().decode(Report.self, from: Data(status.output.utf8))
        }

        @Test("Whatever else a peer sends is answered with its code, and counted")
        func refusals() throws {
            try withDesks { server, _ in
                var desk = try DeskClient(server, in: context)
                let sent = [
                    ("no json", "bad_encoding"), ("{}", "missing_field"),
                    (#"{"type":"heartbeat"}"#, "not_subscribed"),
                    (#"{"type":"subscribe","desk":"E"}"#, "bad_value"),
                    (String(repeating: " ", count: 65_537), "too_large"),
                ]
                for (text, code) in sent {
                    try desk.say(text)
                    let heard = try desk.next()
                    #expect(heard.type == "error" && heard.code == code, "\(text.prefix(40))")
                }
                try desk.say(frames: ["{}", "{}"])
                #expect(try desk.next().code == "bad_schema")
                let refused = try wholeReport(server).refused
                #expect(refused.values.reduce(0, +) == 6 && refused["too_large"] == 1)
            }
        }

        @Test("A second connection takes a desk's name over, and the first one is told")
        func takeOver() throws {
            try withDesks { server, _ in
                var first = try DeskClient(server, in: context)
                _ = try first.subscribe("east")
                var second = try DeskClient(server, in: context)
                _ = try second.subscribe("east")
                #expect(try first.next().code == "taken_over")
                try first.say(#"{"type":"heartbeat"}"#)
                #expect(try first.next().code == "not_subscribed")
                #expect(try report(server)["east"]?.connected == true)
            }
        }

        @Test("Feedback is answered under its id, also to a REQ that has not subscribed")
        func feedback() throws {
            try withDesks { server, _ in
                var desk = try DeskClient(server, in: context, .request)
                let data = #""task":"\#(String(repeating: "0", count: 32))","revision":1,"#
                try desk.say(feedback("f-1", data + #""status":"accepted","by":"unit-7""#))
                let unknown = try desk.next()
                #expect(unknown.type == "answer" && unknown.id == "f-1")
                #expect(unknown.status == "rejected" && unknown.code == "unknown_task")
                #expect(unknown.retry == false)
                try desk.say(feedback("f-2", data + #""status":"done","by":"unit-7""#))
                let wrong = try desk.next()
                #expect(wrong.code == "bad_value" && wrong.field == "/feedback/data/status")
                try desk.say(feedback("f-3", data + #""status":"accepted","by":"a@b.cn""#))
                #expect(try desk.next().code == "privacy")
            }
        }

        private func feedback(_ id: String, _ data: String) -> String {
            """
            {"type":"feedback","feedback":{"specversion":"1.0","type":"tocsin.feedback.v1",\
            "id":"\(id)","source":"test-desk","time":"\(Date.now.ISO8601Format())",\
            "data":{\(data)}}}
            """
        }

        @Test("The terminal lists tasks, stays as a desk over a restart, and reports")
        func terminal() throws {
            var run: Program?
            // A port that is the same again after the restart.
            let address = "dispatch: {bind: \"ipc://\(directory.path)/dispatch\"}\n"
            try withDesks(address) { server, publisher in
                try publisher.send(DeskRules.alert("noise.level"))
                try publisher.send(DeskRules.alert("smoke"))
                try opened(2, server)
                let list = try tocsin("dispatch", "list", "--at", server.dispatch, in: directory)
                #expect(list.code == 0, "\(list)")
                let lines = list.output.split(separator: "\n")
                #expect(lines.count == 2 && lines[0].contains(" P1 ") && lines[1].contains(" P3 "))
                let json = try tocsin(
                    "dispatch", "list", "--json", "--priority", "p1", "--at", server.dispatch,
                    in: directory)
                #expect(json.output.hasPrefix(#"{"id":"#) && json.output.hasSuffix("}}\n"))
                run = try Program(
                    Places.program,
                    ["dispatch", "run", "--desk", "night", "--json", "--at", server.dispatch],
                    in: directory, as: "run")
                #expect(wait(atMost: 10) { tasks(run) == 2 }, "\(run?.log ?? "")")
                try reports(server)
                // Those who only looked on are forgotten.
                #expect(try report(server).keys.sorted() == ["night"])
            }
            try withDesks(address) { server, publisher in
                try publisher.send(DeskRules.alert("smoke", place: 55))
                #expect(wait(atMost: 30) { tasks(run) >= 3 }, "\(run?.log ?? "")")
                #expect(tasks(run) == 3, "what was acknowledged does not come again")
            }
            run?.kill()
        }

        private func tasks(_ run: Program?) -> Int {
            run?.output.split(separator: "\n").count ?? 0
        }

        private func reports(_ server: TestServer) throws {
            let at = ["--at", server.dispatch]
            let unknown = try tocsin(
                "dispatch", "accept", String(repeating: "0", count: 32), "--by", "unit-7",
                "--revision",
                "1", at[0], at[1], in: directory)
            #expect(unknown.code == 1 && unknown.log.contains("unknown_task"), "\(unknown)")
            let vague = try tocsin(
                "dispatch", "close", "zz", "--by", "unit-7", at[0], at[1], in: directory)
            #expect(vague.code == 2 && vague.log.contains("no open task begins with zz"))
            let wrong = try tocsin(
                "dispatch", "resolve", "00", "--by", "unit-7", "--outcome", "fine", in: directory)
            #expect(wrong.code == 3, "\(wrong)")
        }

        @Test(
            "The Python desk subscribes, prints tasks and acknowledges them",
            .disabled(if: Python.isDispensable, Python.advice))
        func python() throws {
            try withDesks { server, publisher in
                try publisher.send(DeskRules.alert("smoke"))
                try opened(1, server)
                let desk = try Program.python(
                    Places.clients + "python/desk.py", [server.dispatch, "python"],
                    in: directory, as: "desk")
                #expect(wait(atMost: 10) { desk.output.contains("P1 open fire in") })
                let acknowledged = try wait(atMost: 10) {
                    let standing = try report(server)["python"]
                    return standing?.waiting == 0 && standing?.underWay == 0
                }
                #expect(acknowledged, "\(desk.log)")
                desk.kill()
            }
        }
    }
}
