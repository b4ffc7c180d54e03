import Foundation
import Testing

extension EndToEnd {
    @Suite(
        "Records of real cities",
        .disabled(
            if: !Places.hasData("houston-incidents", "nyc-311", "nyc-boundaries"),
            "there is no ../shared/data beside the package"))
    struct RealDataTests {
        /// New York, cut into boroughs, community districts and 2,166 grid cells.
        private static let city = """
            cells:
              root: NYC
              files:
                - \(Places.data)nyc-boundaries/l1_borough.geojson
                - \(Places.data)nyc-boundaries/l2_community_district.geojson
                - \(Places.data)nyc-boundaries/l3_grid.geojson
            """

        @Test(
            "Every record sent is accepted, refused under its code, or counted as lost",
            arguments: [
                "push", "broadcast",
            ])
        func balance(door: String) throws {
            let server = try TestServer(Self.city)
            let houston = try publish(
                [
                    "houston", "houston-incidents/houston_2010-01_05.csv",
                    Places.data + "nyc-boundaries",
                ], door, server)
            let requests = try publish(["nyc311", "nyc-311/nyc311_2013-12-25.csv"], door, server)
            let counters = try server.end()
            #expect(houston == 52_770)
            #expect(requests == 1666)
            let refused = counters.refused.values.reduce(0, +)
            #expect(counters["received_\(door)"] == counters.received)
            #expect(houston + requests == counters.accepted + refused + (counters["lost"] ?? 0))
            // 73 requests have no position, and one lies on no cell of the map.
            #expect(counters.refused == ["missing_field": 73, "outside_area": 1])
            #expect(counters["lost"] == 0)
            #expect(try server.journaledAlerts() == counters.accepted)
            #expect(counters["journal_overflows"] == 0 && counters["feed_overflows"] == 0)
            #expect(counters["tasks_opened", default: 0] > 0)
        }

        /// Publishes records as alerts at full speed and gives how many were sent.
        private func publish(
            _ records: [String], _ door: String, _ server: TestServer
        ) throws -> Int {
            let mapping = try Program(
                "/usr/bin/env",
                ["python3", Places.scripts + "to_alerts.py", records[0], Places.data + records[1]]
                    + records[2...], in: server.directory, as: records[0])
            let mapped = try mapping.exitCode()
            try #require(mapped == 0, "\(mapping.log)")
            let address =
                door == "push" ? ["--to", server.push] : ["--to", server.broadcast, "--broadcast"]
            let publishing = try Program(
                Places.program,
                [
                    "publish", "--file", records[0] + ".out", "--retime", "now", "--sequence",
                    "--json",
                ]
                    + address, in: server.directory, as: "publish")
            let published = try publishing.exitCode()
            try #require(published == 0, "\(publishing.log)")
            let summary = try JSONDecoder().decode(Summary.self, from: Data(publishing.output.utf8))
            #expect(summary.skipped == 0)
            return summary.sent
        }

        private struct Summary: Decodable {
            let sent, skipped: Int
        }
    }
}
