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

    private struct Payload: Encodable {
        let kind: String
        let severity: String
        let cell: String
        let state: String?
        let status: String?
        let urgency: String?
        let confidence: Double?
        let count: Int?
        let measures: [Measure]?
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
        id = "test-\(number)"
        source = alert.source
        var text = ByteBuffer(capacity: 64)
        text.append(time: start + item.time)
        time = text.text
        data = Payload(
            kind: alert.kind, severity: alert.severity, cell: alert.cell, state: alert.state,
            status: alert.status, urgency: alert.urgency, confidence: alert.confidence,
            count: alert.count,
            measures: alert.value.map { [Measure(value: $0, unit: unit, limit: alert.limit)] })
    }

    var topic: String { "alert/v1/json/\(source)/" }

    func bytes() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }
}

extension Timestamp {
    /// A time of RFC 3339 with its zone.
    init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        guard let time = TimeText.parse(bytes.span, 0, bytes.count) else { return nil }
        self = time
    }
}
