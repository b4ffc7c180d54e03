import Foundation
import Testing
import ZeroMQ

extension EndToEnd {
    @Suite("Registered sources, from their file to the engine")
    struct SourcesTests {
        let directory: TemporaryDirectory

        init() throws { directory = try TemporaryDirectory() }

        private static let head = "source,latitude,longitude,kinds,period,name\n"
        private static let fixed = "test/a,31.2011,121.5061,noise.*,5m,Gate 1\n"

        private func withRegistry(
            _ text: String, unregistered: String = "accept", _ body: (TestServer) throws -> Void
        ) throws -> [String: Int] {
            let path = try directory.write(text, to: "sources.csv")
            return try withServer(
                "sources: {registry: \(path), unregistered: \(unregistered)}\n", body)
        }

        private func placeless(_ source: String, kind: String = "noise.level") -> TestAlert {
            TestAlert(source: source, data: "", kind: kind)
        }

        @Test("An alert without a place is placed, other kinds and strangers are refused")
        func placed() throws {
            let counters = try withRegistry(Self.head + Self.fixed, unregistered: "refuse") {
                server in
                let context = try Context()
                var publisher = try RawPublisher(to: server.push, in: context)
                var watcher = try FeedWatcher(server, in: context)
                try publisher.send(placeless("test/a"))
                try publisher.send(placeless("test/a", kind: "smoke"))
                try publisher.send(placeless("test/stranger"))
                try publisher.send(
                    TestAlert(source: "test/a", data: #""position":{"lat":31.21,"lon":121.49}"#))
                _ = try watcher.counters(afterAccepted: 2)
                let list = try tocsin(
                    "sources", "list", "--live", "--at", server.control, "--json", in: directory)
                #expect(list.code == 0 && list.output.contains("\"alerts\" : 2"), "\(list)")
            }
            #expect(counters.refused == ["not_allowed": 1, "unknown_source": 1])
            #expect(counters["position_mismatches"] == 1)
        }

        @Test("An edited registry is taken over while the server runs, a wrong one is not")
        func reloaded() throws {
            let counters = try withRegistry(Self.head + Self.fixed) { server in
                let context = try Context()
                var publisher = try RawPublisher(to: server.push, in: context)
                var watcher = try FeedWatcher(server, in: context)
                var first = placeless("test/a")
                first.attributes = #""sequence":"1","#
                try publisher.send(first)
                try publisher.send(placeless("test/b"))
                _ = try watcher.counters(afterAccepted: 1)
                let more = "test/b,31.2011,121.5061,,,\n"
                try directory.write(Self.head + Self.fixed + more, to: "sources.csv")
                let seen = wait(atMost: 60) { server.log.contains("2 sources: 1 added") }
                #expect(seen, "\(server.log)")
                try publisher.send(placeless("test/b"))
                var third = placeless("test/a")
                third.attributes = #""sequence":"3","#
                try publisher.send(third)
                _ = try watcher.counters(afterAccepted: 3)
                try directory.write(Self.head + "test/b,121.5,31.2,,,\n", to: "sources.csv")
                #expect(
                    wait(atMost: 60) { server.log.contains("[source/swapped]") }, "\(server.log)")
                try publisher.send(placeless("test/a"))
                _ = try watcher.counters(afterAccepted: 4)
            }
            #expect(counters["lost"] == 1)
            #expect(counters.refused == ["missing_field": 1])
        }

        @Test("A server does not start with a registry that is wrong, and says all of it")
        func refused() throws {
            try directory.write(
                Self.head + "Test,31.2,121.5,,,\ntest/b,0,0,smoek,,\n", to: "sources.csv")
            let check = try tocsin("sources", "check", "sources.csv", in: directory)
            #expect(check.code == 1, "\(check)")
            let codes = ["source/name", "source/outside", "source/kind", "3 problems"]
            for code in codes { #expect(check.output.contains(code), "\(check)") }
            let run = try tocsin(
                "run", "--set", "sources.registry=sources.csv", "--set", "journal.path=j.sqlite",
                in: directory)
            #expect(run.code == 2 && run.log.contains("sources.csv:2:1"), "\(run)")
        }

        @Test("Another table becomes a registry that fits")
        func imported() throws {
            try directory.write("Station,lat,lng,owner\nAir 7,31.2,121.5,x\n", to: "air.csv")
            let made = try tocsin(
                "sources", "import", "air.csv", "--tenant", "city/air", "--map", "source=Station",
                "--fix", "kinds=noise.*", "--out", "sources.csv", in: directory)
            #expect(made.code == 0, "\(made)")
            #expect(
                directory.read("sources.csv")
                    == "source,latitude,longitude,kinds\ncity/air/air-7,31.2,121.5,noise.*\n")
            let check = try tocsin("sources", "check", "sources.csv", in: directory)
            #expect(check.code == 0 && check.output.contains("1 sources"), "\(check)")
            let list = try tocsin(
                "sources", "list", "sources.csv", "--kind", "smoke", "--json", in: directory)
            #expect(list.code == 0 && !list.output.contains("air-7"), "\(list)")
        }
    }
}
