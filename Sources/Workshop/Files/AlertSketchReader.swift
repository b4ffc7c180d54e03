import Domain
import RuleBook

/// Reads an alert as tests write it.
struct AlertSketchReader {
    static let fields = [
        "kind", "cell", "source", "value", "limit", "unit", "confidence", "severity", "state",
        "status", "urgency", "count", "id", "ref", "text", "position", "area", "attrs",
    ]
    static let laterFields = ["media"]

    /// Nil, reported, when what an alert must have is missing.
    func read(_ section: Section) -> AlertSketch? {
        guard let kind = section.require("kind")?.text() else { return nil }
        var alert = AlertSketch(spot: section.value.spot)
        alert.kind = kind.value
        alert.cell = section["cell"]?.source()?.value
        alert.position = section["position"].flatMap(readPosition)
        alert.area = section["area"].flatMap(readArea)
        if alert.position == nil, section["area"] == nil, section["cell"] == nil {
            guard section.require("cell") != nil else { return nil }
        }
        alert.source = section["source"]?.text()?.value ?? alert.source
        alert.severity = section["severity"]?.word(TestWords.severities) ?? alert.severity
        alert.value = section["value"].flatMap(readValue)
        alert.limit = section["limit"]?.number()
        alert.unit = section["unit"]?.source()?.value
        alert.confidence = section["confidence"]?.number(0...1)
        alert.count = section["count"]?.integer(0...1_000_000).map { Int($0) }
        alert.state = section["state"]?.word(TestWords.states)
        alert.status = section["status"]?.word(TestWords.statuses)
        alert.urgency = section["urgency"]?.word(TestWords.urgencies)
        alert.id = section["id"]?.source()?.value
        alert.ref = section["ref"]?.source()?.value
        alert.text = section["text"]?.source()?.value
        alert.attributes = (section["attrs"]?.pairs() ?? []).compactMap(readAttribute)
        return alert
    }

    /// A number; `nan` stands for what is none, to see the door refuse it.
    private func readValue(_ value: YAMLValue) -> Double? {
        if value.literal == .text("nan") { return .nan }
        return value.number()
    }

    private func readPosition(_ value: YAMLValue) -> Position? {
        guard let section = value.section(Schema(["lat", "lon"])),
            let latitude = section.require("lat")?.number(-90...90),
            let longitude = section.require("lon")?.number(-180...180)
        else { return nil }
        return Position(latitude: latitude, longitude: longitude)
    }

    /// `{radius_m: 300}`, `{cells: [g1, g2]}` or `{polygon: [{lat: 31.2, lon: 121.5}, …]}`.
    private func readArea(_ value: YAMLValue) -> AlertSketch.Area? {
        let forms = ["radius_m", "cells", "polygon"]
        guard let section = value.section(Schema(forms)) else { return nil }
        guard forms.count(where: { section[$0] != nil }) == 1 else {
            value.error(.yamlType, "an area has one of `radius_m`, `cells` and `polygon`")
            return nil
        }
        if let radius = section["radius_m"] {
            return radius.number(0...Limits.areaRadiusMetresMax).map { .radius($0) }
        }
        if let cells = section["cells"] {
            return .cells((cells.items() ?? []).compactMap { $0.source()?.value })
        }
        return .polygon((section["polygon"]?.items() ?? []).compactMap(readPosition))
    }

    private func readAttribute(
        _ pair: (key: Marked<String>, value: YAMLValue)
    ) -> (name: String, value: AlertSketch.Attribute)? {
        switch pair.value.literal {
        case .number(let number): return (pair.key.value, .number(number))
        case .truth(let truth): return (pair.key.value, .truth(truth))
        case .text(let text): return (pair.key.value, .text(text))
        case .nothing?, nil:
            pair.value.error(.yamlType, "an attribute is a text, a number, true or false")
            return nil
        }
    }
}

/// Words of the wire that tests use as they stand.
enum TestWords {
    static let severities = same(["unknown", "minor", "moderate", "severe", "extreme"])
    static let states = same(["pulse", "raise", "update", "clear"])
    static let statuses = same(["actual", "exercise", "test"])
    static let urgencies = same(["unknown", "past", "future", "expected", "immediate"])
    static let phases = same(["idle", "pending", "active", "clearing"])

    private static func same(_ words: [String]) -> [(key: String, value: String)] {
        words.map { ($0, $0) }
    }
}
