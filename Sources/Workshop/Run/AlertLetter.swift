import Domain
import Foundation
import RuleBook
import Wire

/// An alert of a test in the form it comes over the wire in: a CloudEvents message in JSON.
struct AlertLetter: Encodable {
    private struct Measure: Encodable {
        let name = "value"
        let value: Double
        let unit: String?
        let limit: Double?
    }

    private struct Place: Encodable {
        let lat: Double
        let lon: Double
    }

    /// One of the three.
    private struct Area: Encodable {
        var radius: Double?
        var cells: [String]?
        var polygon: [Place]?

        enum CodingKeys: String, CodingKey {
            case radius = "radius_m"
            case cells, polygon
        }
    }

    private struct Payload: Encodable {
        let kind: String
        let severity: String
        let cell: String?
        let position: Place?
        let area: Area?
        let state: String?
        let status: String?
        let urgency: String?
        let confidence: Double?
        let count: Int?
        let ref: String?
        let text: String?
        let measures: [Measure]?
        let attrs: [String: AlertSketch.Attribute]?
    }

    private let specversion = "1.0"
    private let type = "tocsin.alert.v1"
    private let id: String
    private let source: String
    private let time: String
    private let data: Payload

    /// Alert number `number` of a case that starts at `start`.
    init(_ item: FeedItem, number: Int, start: Timestamp, catalog: Catalog) {
        let alert = item.alert
        let unit = alert.unit ?? catalog.kind(alert.kind).flatMap { catalog.kinds[$0].unit }
        id = alert.id ?? "test-\(number)"
        source = alert.source
        time = (start + item.time).wireText
        data = Payload(
            kind: alert.kind, severity: alert.severity, cell: alert.cell,
            position: alert.position.map(AlertLetter.place), area: alert.area.map(AlertLetter.area),
            state: alert.state, status: alert.status, urgency: alert.urgency,
            confidence: alert.confidence, count: alert.count, ref: alert.ref, text: alert.text,
            measures: alert.value.map { [Measure(value: $0, unit: unit, limit: alert.limit)] },
            attrs: alert.attributes.isEmpty
                ? nil
                : Dictionary(alert.attributes.map { ($0.name, $0.value) }) { first, _ in first })
    }

    private static func place(_ position: Position) -> Place {
        Place(lat: position.latitude, lon: position.longitude)
    }

    private static func area(_ area: AlertSketch.Area) -> Area {
        switch area {
        case .radius(let metres): Area(radius: metres)
        case .cells(let cells): Area(cells: cells)
        case .polygon(let corners): Area(polygon: corners.map(place))
        }
    }

    var topic: String { "alert/v1/json/\(source)/" }

    func bytes() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // JSON has no such number: the decoder meets a word it does not know.
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return Array(try encoder.encode(self))
    }
}

extension AlertSketch.Attribute: Encodable {
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .truth(let truth): try container.encode(truth)
        }
    }
}

extension Timestamp {
    /// A time of RFC 3339 with its zone.
    init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        guard let time = TimeText.parse(bytes.span, 0, bytes.count) else { return nil }
        self = time
    }

    /// As the wire writes it, in UTC.
    var wireText: String {
        var text = ByteBuffer(capacity: 64)
        text.append(time: self)
        return text.text
    }
}
