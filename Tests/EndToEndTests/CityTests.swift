import Foundation
import Testing
import ZeroMQ

extension EndToEnd {
    @Suite("Cells replaced while the server runs")
    struct CityTests {
        let directory: TemporaryDirectory

        init() throws {
            directory = try TemporaryDirectory()
            try directory.write(ReloadTests.catalog, to: "catalog.yaml")
            try directory.write(ReloadTests.rules(), to: "a.rules.yaml")
        }

        /// Four squares in a row: code, parent and name of each.
        private func city(_ cells: [(code: String, parent: String)]) -> String {
            func feature(_ code: String, _ parent: String, _ west: Int, _ east: Int) -> String {
                let corners = [(west, 0), (east, 0), (east, 1), (west, 1), (west, 0)]
                    .map { "[\(Double($0.0) / 100),\(Double($0.1) / 100)]" }
                return """
                    {"type":"Feature","properties":{"id":"\(code)","parent":"\(parent)"},
                    "geometry":{"type":"Polygon","coordinates":[[\(corners.joined(separator: ","))]]}}
                    """
            }
            let districts = [feature("d1", "CITY", 0, 2), feature("d2", "CITY", 2, 4)]
            let grids = cells.enumerated().map { feature($1.code, $1.parent, $0, $0 + 1) }
            return """
                {"type":"FeatureCollection","features":[\((districts + grids).joined(separator: ","))]}
                """
        }

        private static let before = [("g1", "d1"), ("g2", "d1"), ("g3", "d2"), ("g4", "d2")]

        private func withCity(_ body: (TestServer) throws -> Void) throws -> [String: Int] {
            try directory.write(city(Self.before), to: "city.geojson")
            return try withServer(
                """
                rules: {catalog: \(directory.path)/catalog.yaml, packs: [\(directory.path)], \
                watch: off}
                cells: {files: [\(directory.path)/city.geojson], levels: [city, district, grid]}

                """, body)
        }

        @Test("A moved cell's window goes on, and its task is told of under the new path")
        func moved() throws {
            let counters = try withCity { server in
                let context = try Context()
                var publisher = try RawPublisher(to: server.push, in: context)
                var watcher = try FeedWatcher(server, in: context, to: "")
                func smoke(_ longitude: Double) throws {
                    var alert = TestAlert(kind: "smoke")
                    alert.data = "\"position\":{\"lat\":0.005,\"lon\":\(longitude)}"
                    try publisher.send(alert)
                }
                for _ in 0..<3 { try smoke(0.015) }
                for _ in 0..<2 { try smoke(0.005) }
                #expect(try watcher.counters(afterAccepted: 5)["tasks_opened"] == 1)
                let after = [("g1", "d1"), ("g2", "d2"), ("g3", "d2"), ("g4", "d2")]
                try directory.write(city(after), to: "city.geojson")
                let dry = try tocsin("reload", "--dry-run", "--at", server.control, in: directory)
                #expect(dry.output.contains("moved     CITY/d1/g2/ → CITY/d2/g2/"), "\(dry)")
                let done = try tocsin("reload", "--at", server.control, in: directory)
                #expect(
                    done.code == 0
                        && done.output.contains("7 cells: 1 moved; 1 open tasks went along"),
                    "\(done)")
                try smoke(0.005)
                #expect(try watcher.counters(afterAccepted: 6)["tasks_opened"] == 2)
                #expect(watcher.heard.contains("task/v1/json/CITY/d2/g2/"))
                // The catalog has streets answer; this city has none.
                #expect(server.log.contains("has street answer for tasks"), "\(server.log)")
                #expect(done.output.contains("the city has no such level"), "\(done)")
                let again = try tocsin("reload", "--at", server.control, in: directory)
                #expect(again.code == 0 && !again.output.contains("cells"), "\(again)")
            }
            #expect(counters["journal_overflows", default: 0] == 0)
        }

        @Test("A city that does not load changes nothing, and says why")
        func broken() throws {
            _ = try withCity { server in
                try directory.write(
                    city([("g1", "d1"), ("g2", "d9"), ("g3", "d2"), ("g4", "d2")]),
                    to: "city.geojson")
                let refused = try tocsin("reload", "--at", server.control, in: directory)
                #expect(refused.code == 2 && refused.log.contains("d9"), "\(refused)")
                try directory.write(city(Self.before), to: "city.geojson")
                let same = try tocsin("reload", "--at", server.control, in: directory)
                #expect(same.code == 0 && same.output.contains("7 cells, none other"), "\(same)")
            }
        }
    }
}
