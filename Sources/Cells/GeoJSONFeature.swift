/// One feature of a GeoJSON collection, as far as a grid needs it; everything else is skipped.
struct GeoJSONFeature {
    var id: String?
    var properties: [String: GeoJSONValue] = [:]
    var geometry = GeoJSONGeometry.missing

    func text(_ property: String) -> String? { properties[property]?.text }
}

/// A property's value: codes may be written as numbers.
enum GeoJSONValue {
    case null
    case text(String)
    case number(Double)
    /// Texts and whole numbers only.
    case list([String])
    case other

    /// The text, or a whole number's digits; nil for anything else.
    var text: String? {
        switch self {
        case .text(let text): text
        case .number(let number) where number == number.rounded() && abs(number) < 1e15:
            String(Int64(number))
        default: nil
        }
    }
}

/// A feature's shape.
enum GeoJSONGeometry {
    case missing
    case malformed
    case unsupported(String)
    /// The rings of all its polygons, and how many are each polygon's.
    case rings([[GeoJSONPosition]], counts: [Int])
}

/// A place as it is written, longitude first; what comes after the second number is skipped.
struct GeoJSONPosition {
    var longitude: Double
    var latitude: Double
}
