import Foundation
import Journal
import Testing
import ZeroMQ

extension EndToEnd {
    @Suite("Nothing of a person")
    struct PrivacyTests {
        /// What must not come out anywhere. The numbers are made up; their check digits are right.
        private enum Canary {
            static let mail = "li.lei.canary@example.com"
            static let phone = "13800138000"
            static let identity = "11010119900307395X"
            static let plate = "京A12345"
            static let name = "Canary Lei Li"
            static let all = [mail, phone, identity, plate, name]
        }

        private static let place = #""position":{"lat":31.2011,"lon":121.5061},"confidence":0.9"#

        /// Refused as a whole: the names that an alert goes by say who somebody is.
        private static let refused = [
            TestAlert(id: Canary.mail), TestAlert(id: "p-\(Canary.phone)"),
            TestAlert(source: "test/\(Canary.phone)"), TestAlert(id: Canary.identity),
            TestAlert(data: #""cell":"HB/\#(Canary.identity)""#), TestAlert(kind: "face.match"),
            TestAlert(data: place + #","ref":"\#(Canary.mail)""#),
        ]

        /// Accepted without the text; three scuffles, so that a task with evidence follows.
        private static let withText = [Canary.phone, Canary.plate, Canary.mail].map {
            TestAlert(data: place + #","text":"call \#($0) now""#, kind: "scuffle")
        }

        /// Accepted without the fields that the protocol does not have.
        private static let withFields = [
            TestAlert(data: place + #","plate":"\#(Canary.plate)","owner":"\#(Canary.name)""#),
            TestAlert(
                attributes: #""subject":"\#(Canary.identity)","person":{"mail":"\#(Canary.mail)"},"#
            ),
        ]

        @Test("Who somebody is stays out of log, feed, status and the tables of the journal")
        func outlets() throws {
            let server = try TestServer()
            let accepted = Self.withText + Self.withFields
            let (feed, status) = try send(Self.refused + accepted, to: server)
            let counters = try server.end()
            #expect(counters.refused == ["privacy": Self.refused.count])
            #expect(counters.accepted == accepted.count)
            #expect(counters["dropped_fields"] == Self.withText.count + 4)
            #expect(counters["tasks_opened"] == 1)
            #expect(feed.contains("tocsin.task.v1"))
            let journal = try JournalReader(path: server.journal)
            let tasks = try journal.taskRevisions().map(\.message).joined()
            let sources = try journal.sources(ofRun: 1).values.joined(separator: " ")
            for (name, text) in [
                ("feed", feed), ("status", status), ("log", server.log), ("tasks", tasks),
                ("sources", sources),
            ] {
                #expect(Canary.all.filter { text.contains($0) }.isEmpty, "\(name)")
            }
        }

        @Test("Of an alert that is refused, the journal holds nothing")
        func refusedAlerts() throws {
            let server = try TestServer()
            _ = try send(Self.refused, to: server)
            try server.end()
            #expect(try found(in: server).isEmpty)
        }

        @Test(
            "Of an alert that is accepted, the journal holds only what the decoder let through"
        )
        func acceptedAlerts() throws {
            let server = try TestServer()
            _ = try send(Self.withText + Self.withFields, to: server)
            try server.end()
            let found = try found(in: server)
            #expect(found.isEmpty)
        }

        /// Sends the alerts, and gives what the feed and the status said of them.
        private func send(
            _ alerts: [TestAlert], to server: TestServer
        ) throws -> (feed: String, status: String) {
            let context = try Context()
            var watcher = try FeedWatcher(server, in: context, to: "")
            var publisher = try RawPublisher(to: server.push, in: context)
            let before = try watcher.counters(afterAccepted: 0)
            for alert in alerts { try publisher.send(alert) }
            _ = try watcher.counters { $0.received - before.received >= alerts.count }
            let status = try tocsin("status", "--from", server.feed, in: server.directory)
            let json = try tocsin("status", "--from", server.feed, "--json", in: server.directory)
            return (watcher.heard, status.output + json.output)
        }

        /// The canaries that stand in the files of the journal.
        private func found(in server: TestServer) throws -> [String] {
            var bytes = Data()
            for name in try FileManager.default.contentsOfDirectory(atPath: server.directory.path)
            where name.hasPrefix("journal.sqlite") {
                bytes += try Data(contentsOf: URL(filePath: server.directory.path + "/" + name))
            }
            try #require(bytes.count > 4096)
            return Canary.all.filter { bytes.range(of: Data($0.utf8)) != nil }
        }
    }
}
