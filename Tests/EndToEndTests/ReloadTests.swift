import Foundation
import Lanes
import Testing
import ZeroMQ

extension EndToEnd {
    @Suite("Rules replaced while the server runs")
    struct ReloadTests {
        let directory: TemporaryDirectory

        init() throws {
            directory = try TemporaryDirectory()
            try directory.write(Self.catalog, to: "catalog.yaml")
            try directory.write(Self.rules(), to: "a.rules.yaml")
        }

        static let catalog = """
            kind: catalog
            version: 1
            kinds:
              smoke: {cap: Fire, categories: [public-safety], unit: "1"}
              noise.level: {cap: Env, categories: [public-order], unit: dB}
            categories: [political-security, public-order, social-conflict, public-safety, cyber-security]
            warnings:
              blue:   {raise: 20, clear: 15, cap_severity: Minor}
              yellow: {raise: 40, clear: 33, cap_severity: Moderate}
              orange: {raise: 60, clear: 52, cap_severity: Severe}
              red:    {raise: 80, clear: 72, cap_severity: Extreme}
            certainty: {observed: 0.90, likely: 0.50, possible: 0.05}
            responsibilities:
              fire: {department: fire-brigade, level: street}
            priority: [{is: P2}]

            """

        /// `smoke.thrice` needs three alerts; `noise.loud` is what the tests change.
        static func rules(noise: String = "70.0", more: String = "") -> String {
            """
            kind: rules
            version: 1
            rules:
            - id: smoke.thrice
              title: Smoke
              status: active
              revision: 1
              match: {kind: smoke}
              by: [alert.cell]
              windows: {n: {fn: count, over: 1h}}
              raise: {when: w.n >= 3}
              score: {public-safety: {points: '90.0', confidence: '0.9', half_life: 1h}}
              task: {kind: fire, title: 'Smoke in ${cell.name}', close_on: clear}
              tests:
              - name: three alerts
                feed: [{series: {kind: smoke, cell: g1}, every: 10s, value: "1x2"}]
                expect: [{at: 20s, key: g1, state: active}]
            - id: noise.loud
              title: Noise
              status: active
              revision: 1
              match: {kind: noise.level}
              where: alert.value > \(noise)
              score: {public-order: {points: '30.0', confidence: '0.5', half_life: 1h}}
              tests:
              - name: loud
                feed: [{at: 0s, kind: noise.level, cell: g1, value: 85.0}]
                expect: [{at: 0s, cell: g1, score: {public-order: 30}}]
            \(more)
            """
        }

        private func withRules(
            watch: String = "off", _ body: (TestServer) throws -> Void
        ) throws -> [String: Int] {
            try withServer(
                """
                rules: {catalog: \(directory.path)/catalog.yaml, packs: [\(directory.path)], \
                watch: \(watch)}

                """, body)
        }

        private func reload(_ server: TestServer) throws -> Outcome {
            try tocsin("reload", "--at", server.control, in: directory)
        }

        private func tasks(_ server: TestServer) throws -> Int {
            var watcher = try FeedWatcher(server, in: Context())
            return try watcher.counters { _ in true }["tasks_opened", default: 0]
        }

        @Test("A rule that did not change goes on counting where it was")
        func stateIsKept() throws {
            let counters = try withRules { server in
                let context = try Context()
                var publisher = try RawPublisher(to: server.push, in: context)
                var watcher = try FeedWatcher(server, in: context)
                for _ in 0..<2 { try publisher.send(TestAlert(kind: "smoke")) }
                _ = try watcher.counters(afterAccepted: 2)
                try directory.write(Self.rules(noise: "60.0"), to: "a.rules.yaml")
                let dry = try tocsin(
                    "reload", "--dry-run", "--at", server.control, in: directory)
                #expect(dry.code == 0 && dry.output.contains("changed   noise.loud@1"), "\(dry)")
                let done = try reload(server)
                #expect(done.code == 0 && done.output.contains("1 kept, 1 changed"), "\(done)")
                try publisher.send(TestAlert(kind: "smoke"))
                let after = try watcher.counters(afterAccepted: 3)
                #expect(after["tasks_opened"] == 1)
            }
            #expect(counters["journal_overflows", default: 0] == 0)
        }

        @Test("A rule whose state means something else now has lived through the journal's tail")
        func stateIsRebuilt() throws {
            _ = try withRules { server in
                let context = try Context()
                var publisher = try RawPublisher(to: server.push, in: context)
                var watcher = try FeedWatcher(server, in: context)
                for _ in 0..<2 { try publisher.send(TestAlert(kind: "smoke")) }
                _ = try watcher.counters(afterAccepted: 2)
                let other = Self.rules().replacing("over: 1h", with: "over: 2h")
                try directory.write(other, to: "a.rules.yaml")
                let done = try reload(server)
                #expect(done.code == 0 && done.output.contains("1 rebuilt"), "\(done)")
                try publisher.send(TestAlert(kind: "smoke"))
                // Two of the three that the rule asks for came before it was there.
                #expect(try watcher.counters(afterAccepted: 3)["tasks_opened"] == 1)
            }
        }

        @Test(
            "A set in which anything is wrong changes nothing and says what is wrong",
            arguments: [
                ("a condition", rules(more: "- {id: x.y, title: X, status: active}")),
                ("a failed test", rules(noise: "99.0")),
                ("no YAML", "kind: rules\nrules: ["),
            ])
        func nothingHalf(_ mistake: String, text: String) throws {
            _ = try withRules { server in
                try directory.write(text, to: "a.rules.yaml")
                let outcome = try reload(server)
                #expect(outcome.code == 2 && outcome.log.contains("a.rules.yaml:"), "\(outcome)")
                var publisher = try RawPublisher(to: server.push, in: Context())
                for _ in 0..<3 { try publisher.send(TestAlert(kind: "smoke")) }
                #expect(try wait(atMost: 10) { try tasks(server) == 1 }, "\(mistake)")
            }
        }

        @Test("What the engine lays out at its start can't be changed by a reload")
        func roomStays() throws {
            _ = try withRules { server in
                try directory.write(
                    Self.catalog + "limits: {waiting: 100}\n", to: "catalog.yaml")
                let outcome = try reload(server)
                #expect(outcome.code == 2, "\(outcome)")
                #expect(outcome.log.contains("limits.waiting can only change with a restart"))
            }
        }

        @Test("SIGHUP and a changed file are as good as the command")
        func otherOccasions() throws {
            _ = try withRules(watch: "on") { server in
                try directory.write(Self.rules(noise: "61.0"), to: "a.rules.yaml")
                let seen = wait(atMost: 20) {
                    server.log.contains("the rule files changed: 2 rules: 1 kept, 1 changed")
                }
                #expect(seen, "\(server.log)")
                server.signal(SIGHUP)
                #expect(wait(atMost: 20) { server.log.contains("SIGHUP: 2 rules: 2 kept") })
                try directory.write("kind: rules", to: "a.rules.yaml")
                #expect(wait(atMost: 20) { server.log.contains("what ran before goes on") })
            }
        }

        /// As many reloads as the environment says; a hundred take a quarter of a minute.
        static let reloads =
            ProcessInfo.processInfo.environment["TOCSIN_RELOADS"].flatMap(Int.init) ?? 100

        @Test("Reloads under full load lose no alert and change no outcome")
        func underLoad() throws {
            var sent = 0
            let counters = try withRules { server in
                let isOver = StopSignal()
                defer { isOver.raise() }
                let load = try Load(on: server.push, until: isOver)
                var desk = try Desk(server)
                for round in 1...Self.reloads {
                    try directory.write(
                        Self.rules(noise: "\(60 + round % 2).0"), to: "a.rules.yaml")
                    let reply = try desk.reload()
                    #expect(reply.contains(#""fate":"changed""#), "\(reply)")
                    #expect(reply.contains(#""fate":"kept""#), "\(reply)")
                }
                sent = try load.end()
            }
            #expect(sent > 1000 && counters.accepted == sent)
            #expect(counters["lost", default: 0] == 0 && counters["shed", default: 0] == 0)
            #expect(counters["tasks_opened"] == 1)
        }

        /// Asks for reloads without the cost of a program for each.
        struct Desk: ~Copyable {
            private var socket: Socket
            private var message = Message()

            init(_ server: TestServer) throws {
                var options = SocketOptions()
                options.receiveTimeoutMilliseconds = 30_000
                options.lingerMilliseconds = 0
                var socket = try Socket(.request, in: Context(), options: options)
                try socket.connect(server.control)
                self.socket = socket
            }

            mutating func reload() throws -> String {
                try #require(try socket.send(Array(#"{"command":"reload"}"#.utf8).span))
                try #require(try socket.receive(into: &message), "no answer to a reload")
                return message.withBytes { bytes in
                    String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
                }
            }
        }
    }
}

/// A publisher on a thread of its own that sends as fast as the server takes it.
private struct Load: ~Copyable {
    private let isOver: StopSignal
    private let thread: LaneThread<Int, any Error>

    init(on address: String, until isOver: StopSignal) throws {
        self.isOver = isOver
        thread = try Self.start(address, isOver)
    }

    nonisolated private static func start(
        _ address: String, _ isOver: StopSignal
    ) throws -> LaneThread<Int, any Error> {
        try LaneThread(named: "load") {
            var publisher = try RawPublisher(to: address, in: Context())
            var sent = 0
            while !isOver.isRaised {
                try publisher.send(TestAlert(id: "n-\(sent)", kind: "smoke"))
                sent += 1
            }
            return sent
        }
    }

    /// Ends it; gives how many alerts it sent.
    consuming func end() throws -> Int {
        isOver.raise()
        return try thread.join()
    }
}
