import Foundation

/// One feature of a GeoJSON collection, as far as a grid needs it; everything else is skipped.
struct GeoJSONFeature: Decodable {
    var id: String?
    var properties: [String: GeoJSONValue]
    var geometry: GeoJSONGeometry

    private enum Key: String, CodingKey { case id, properties, geometry }

    /// A feature that lacks a member lacks that member only: what is wrong with it is said one by
    /// one.
    init(from decoder: any Decoder) throws {
        let feature = try decoder.container(keyedBy: Key.self)
        id = try feature.decodeIfPresent(GeoJSONValue.self, forKey: .id)?.text
        properties =
            try feature.decodeIfPresent([String: GeoJSONValue].self, forKey: .properties) ?? [:]
        geometry = try feature.decodeIfPresent(GeoJSONGeometry.self, forKey: .geometry) ?? .missing
    }

    func text(_ property: String) -> String? { properties[property]?.text }

    /// The features of a collection, in file order.
    static func all(in bytes: [UInt8]) throws(GridFault) -> [GeoJSONFeature] {
        let collection: Collection
        do {
            collection = try JSONDecoder().decode(Collection.self, from: Data(bytes))
        } catch DecodingError.dataCorrupted {
            throw .notJSON
        } catch {
            throw .notFeatureCollection
        }
        guard collection.type == "FeatureCollection" else { throw .notFeatureCollection }
        return collection.features
    }

    private struct Collection: Decodable {
        var type: String
        var features: [GeoJSONFeature]
    }
}

/// A property's value: codes may be written as numbers.
enum GeoJSONValue: Decodable {
    case null
    case text(String)
    case number(Double)
    /// Texts and whole numbers only.
    case list([String])
    case other

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let text = Self.decoded(String.self, value) {
            self = .text(text)
        } else if let number = Self.decoded(Double.self, value) {
            self = .number(number)
        } else if let values = Self.decoded([GeoJSONValue].self, value) {
            let texts = values.compactMap(\.text)
            self = texts.count == values.count ? .list(texts) : .other
        } else {
            self = .other
        }
    }

    /// nil when the value is of another type.
    private static func decoded<T: Decodable>(
        _ type: T.Type, _ value: any SingleValueDecodingContainer
    ) -> T? {
        do { return try value.decode(type) } catch { return nil }
    }

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
enum GeoJSONGeometry: Decodable {
    case missing
    case malformed
    case unsupported(String)
    /// Polygons of rings of positions of numbers, longitude first.
    case polygons([[[[Double]]]])

    private enum Key: String, CodingKey { case type, coordinates }

    init(from decoder: any Decoder) throws {
        do {
            let geometry = try decoder.container(keyedBy: Key.self)
            let type = try geometry.decode(String.self, forKey: .type)
            switch type {
            case "Polygon":
                self = .polygons([try geometry.decode([[[Double]]].self, forKey: .coordinates)])
            case "MultiPolygon":
                self = .polygons(try geometry.decode([[[[Double]]]].self, forKey: .coordinates))
            default:
                self = .unsupported(type)
            }
        } catch {
            self = .malformed
        }
    }
}
