import Cells
import Testing

@testable import Survey

/// The grids of a town moved by a datum, each point by itself.
private func moved(_ codes: [String], _ move: (Place) -> Place) -> Town {
    var town = Town()
    for code in codes {
        town[code].rings = town[code].rings.map { ring in
            ring.map { point in
                let place = move(Place(latitude: point.latitude, longitude: point.longitude))
                return FixedPoint(latitude: place.latitude, longitude: place.longitude)!
            }
        }
    }
    return town
}

private let grids = ["a", "b"].flatMap { d in (1...4).map { "\(d)-\($0)" } }

@Suite("Layers that are moved as a whole")
struct DatumTests {
    /// **Source**: the test cases of EvilTransform, the implementation most maps follow.
    @Test(
        "GCJ-02 is where others compute it",
        arguments: [
            (31.1774276, 121.5272106, 31.17530398364597, 121.531541859215),
            (22.543847, 113.912316, 22.540796131694766, 113.9171764808363),
            (39.911954, 116.377817, 39.91334545536069, 116.38404722455657),
        ])
    func gcj(latitude: Double, longitude: Double, mars: Double, marsLongitude: Double) {
        let place = Datum.gcj02(Place(latitude: latitude, longitude: longitude))
        #expect(abs(place.latitude - mars) < 1e-6)
        #expect(abs(place.longitude - marsLongitude) < 1e-6)
    }

    @Test(
        "are told once for their file, with the datum that does it",
        arguments: [
            ("GCJ-02", { @Sendable (place: Place) in Datum.gcj02(place) }),
            ("BD-09", { @Sendable (place: Place) in Datum.bd09(Datum.gcj02(place)) }),
        ])
    func datum(name: String, move: @Sendable (Place) -> Place) throws {
        let findings = moved(grids, move).findings()
        #expect(findings.map(\.code) == [.shifted])
        let words = try #require(findings.first).words
        #expect(words.contains("the cells look like \(name), their parents like WGS84"))
        #expect(words.hasPrefix("8 cells of grids, level grid"))
    }

    @Test("are found in one district of two")
    func oneDistrict() {
        let findings = moved(Array(grids.prefix(4))) { Datum.gcj02($0) }.findings()
        #expect(findings.map(\.code) == [.shifted])
    }

    @Test("have no name where no datum moves as far")
    func unnamed() throws {
        let findings = moved(grids) { place in
            Place(latitude: place.latitude - 0.0009, longitude: place.longitude)
        }.findings()
        #expect(findings.map(\.code) == [.shifted])
        let words = try #require(findings.first).words
        #expect(words.contains("100 m to the south of their parents"))
        #expect(!words.contains("look like"))
    }
}
