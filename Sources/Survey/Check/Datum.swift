import Foundation

/// The coordinates that maps of China are published in, as far as telling them needs.
///
/// **Source**: the formulas of GCJ-02 as published by Wu Yongzheng (EvilTransform, 2013) and the
/// BD-09 step over it; both are right to a few metres, a check needs tens.
enum Datum {
    /// How one layer lies from another when each has one of the three systems.
    static func shifts(at place: Place) -> [(shift: Shift, words: String)] {
        guard isInChina(place) else { return [] }
        let mars = gcj02(place)
        let baidu = bd09(mars)
        let toMars = shift(from: place, to: mars)
        let toBaidu = shift(from: place, to: baidu)
        let between = shift(from: mars, to: baidu)
        return [
            (toMars, "the cells look like GCJ-02, their parents like WGS84"),
            (toMars.reversed, "the cells look like WGS84, their parents like GCJ-02"),
            (toBaidu, "the cells look like BD-09, their parents like WGS84"),
            (toBaidu.reversed, "the cells look like WGS84, their parents like BD-09"),
            (between, "the cells look like BD-09, their parents like GCJ-02"),
            (between.reversed, "the cells look like GCJ-02, their parents like BD-09"),
        ]
    }

    private static func isInChina(_ place: Place) -> Bool {
        (72.004...137.8347).contains(place.longitude) && (0.8293...55.8271).contains(place.latitude)
    }

    private static func shift(from a: Place, to b: Place) -> Shift {
        let metresPerDegree = 111_320.0
        return Shift(
            east: (b.longitude - a.longitude) * metresPerDegree * cos(a.latitude * .pi / 180),
            north: (b.latitude - a.latitude) * metresPerDegree)
    }

    /// WGS84 to GCJ-02.
    static func gcj02(_ place: Place) -> Place {
        let (axis, eccentricity) = (6_378_245.0, 0.006_693_421_622_965_943)
        let (x, y) = (place.longitude - 105, place.latitude - 35)
        let radians = place.latitude * .pi / 180
        let magic = 1 - eccentricity * pow(sin(radians), 2)
        let meridian = axis * (1 - eccentricity) / (magic * magic.squareRoot())
        let parallel = axis / magic.squareRoot() * cos(radians)
        return Place(
            latitude: place.latitude + north(x, y) * 180 / (meridian * .pi),
            longitude: place.longitude + east(x, y) * 180 / (parallel * .pi))
    }

    private static func north(_ x: Double, _ y: Double) -> Double {
        -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * abs(x).squareRoot()
            + waves(x, (20, 6), (20, 2))
            + waves(y, (20, 1), (40, 1.0 / 3)) + waves(y, (160, 1.0 / 12), (320, 1.0 / 30))
    }

    private static func east(_ x: Double, _ y: Double) -> Double {
        300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * abs(x).squareRoot()
            + waves(x, (20, 6), (20, 2))
            + waves(x, (20, 1), (40, 1.0 / 3)) + waves(x, (150, 1.0 / 12), (300, 1.0 / 30))
    }

    /// Two sine waves, each of an amplitude and a frequency in half-turns.
    private static func waves(
        _ value: Double, _ a: (Double, Double), _ b: (Double, Double)
    ) -> Double {
        (a.0 * sin(a.1 * value * .pi) + b.0 * sin(b.1 * value * .pi)) * 2 / 3
    }

    /// GCJ-02 to BD-09.
    static func bd09(_ place: Place) -> Place {
        let (x, y) = (place.longitude, place.latitude)
        let turns = Double.pi * 3000 / 180
        let radius = (x * x + y * y).squareRoot() + 0.00002 * sin(y * turns)
        let angle = atan2(y, x) + 0.000003 * cos(x * turns)
        return Place(
            latitude: radius * sin(angle) + 0.006, longitude: radius * cos(angle) + 0.0065)
    }
}

extension Shift {
    var reversed: Shift { Shift(east: -east, north: -north) }
}
