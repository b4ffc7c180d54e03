import Cells
import Foundation

/// The plane that a city is measured on: metres east and north of its middle.
///
/// Lambert's cylindrical equal-area projection, with the scales of the WGS84 ellipsoid at the
/// city's middle: areas are right to a ten-thousandth within a degree of it, lengths to a
/// hundredth. **Source**: Snyder, Map Projections (USGS 1395), 10-1 and 4-19, 4-20.
struct Ground: Sendable {
    let middle: FixedPoint
    private let east: Double
    private let north: Double
    private let sine: Double

    init(middle: FixedPoint) {
        self.middle = middle
        let latitude = middle.latitude * .pi / 180
        let (axis, eccentricity) = (6_378_137.0, 0.006_694_379_99)
        let w = 1 - eccentricity * pow(sin(latitude), 2)
        let shrink = max(cos(latitude), 0.01)
        east = axis / w.squareRoot() * shrink * .pi / 180 / FixedPoint.unitsPerDegree
        north = axis * (1 - eccentricity) / pow(w, 1.5) / shrink
        sine = sin(latitude)
    }

    func spot(_ point: FixedPoint) -> Spot {
        let latitude = Double(point.y) / FixedPoint.unitsPerDegree * .pi / 180
        return Spot(
            x: Double(Int(point.x) - Int(middle.x)) * east, y: (sin(latitude) - sine) * north)
    }

    func spot(_ place: Place) -> Spot {
        let units = (place.longitude - middle.longitude) * FixedPoint.unitsPerDegree
        return Spot(x: units * east, y: (sin(place.latitude * .pi / 180) - sine) * north)
    }

    func place(_ spot: Spot) -> Place {
        let sine = min(max(spot.y / north + self.sine, -1), 1)
        return Place(
            latitude: asin(sine) * 180 / .pi,
            longitude: middle.longitude + spot.x / east / FixedPoint.unitsPerDegree)
    }
}

/// Where something is. **Units**: WGS84 degrees.
package struct Place: Sendable, Hashable, Encodable {
    package var latitude: Double
    package var longitude: Double

    package init(latitude: Double, longitude: Double) {
        self.latitude = latitude
        self.longitude = longitude
    }

    init(_ point: FixedPoint) {
        self.init(latitude: point.latitude, longitude: point.longitude)
    }

    private enum CodingKeys: String, CodingKey {
        case latitude = "lat"
        case longitude = "lon"
    }

    /// A ten-millionth of a degree is as fine as positions are kept.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode((latitude * 1e7).rounded() / 1e7, forKey: .latitude)
        try container.encode((longitude * 1e7).rounded() / 1e7, forKey: .longitude)
    }
}

extension Place: CustomStringConvertible {
    /// `40.70312,-74.01621`, as `cells find` takes it.
    package var description: String {
        latitude.formatted(5) + "," + longitude.formatted(5)
    }
}

extension Double {
    /// With so many digits after the point, whatever the locale.
    func formatted(_ digits: Int) -> String { String(format: "%.\(digits)f", self) }
}
