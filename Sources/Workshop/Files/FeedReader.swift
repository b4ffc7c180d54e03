import Domain
import RuleBook

/// Reads what a case feeds: single alerts and series of them.
struct FeedReader {
    private static let fields = [
        "kind", "cell", "source", "value", "limit", "unit", "confidence", "severity", "state",
        "status", "urgency", "count",
    ]
    private static let laterFields = ["position", "attrs", "area", "ref", "text", "media", "id"]
    private static let times: ClosedRange<Interval> = .zero...(.hours(24 * 30))

    let findings: FindingList

    func read(_ value: YAMLValue) -> [FeedItem] {
        guard let pairs = value.pairs() else { return [] }
        let keys = pairs.map(\.key.value)
        if keys.contains("series") { return readSeries(value) }
        if keys.contains("alert") { return readNested(value) }
        return readFlat(value)
    }

    /// `{at: 40s, kind: smoke, cell: g1, value: 0.8}`
    private func readFlat(_ value: YAMLValue) -> [FeedItem] {
        let schema = Schema(
            ["at", "late"] + FeedReader.fields,
            later: ["mode", "feedback"] + FeedReader.laterFields)
        guard let section = value.section(schema) else { return [] }
        return item(section, readAlert(section))
    }

    /// `{at: 65s, late: 4s, alert: {kind: smoke, …}}`
    private func readNested(_ value: YAMLValue) -> [FeedItem] {
        guard let section = value.section(Schema(["at", "late", "alert"])),
            let fields = section["alert"]?.section(
                Schema(FeedReader.fields, later: FeedReader.laterFields))
        else { return [] }
        return item(section, readAlert(fields))
    }

    private func item(_ section: Section, _ alert: AlertSketch?) -> [FeedItem] {
        guard let alert, let at = section.require("at")?.duration(FeedReader.times) else {
            return []
        }
        let late = section["late"]?.duration(FeedReader.times) ?? .zero
        let arrival = Interval(nanoseconds: at.nanoseconds + late.nanoseconds)
        return [FeedItem(time: at, arrival: arrival, alert: alert)]
    }

    /// `{series: {kind: temperature, …}, from: 30s, every: 10s, value: "20+2x29 80x12"}`
    private func readSeries(_ value: YAMLValue) -> [FeedItem] {
        guard let section = value.section(Schema(["series", "from", "every", "value"])),
            let fields = section["series"]?.section(
                Schema(FeedReader.fields.filter { $0 != "value" }, later: FeedReader.laterFields)),
            let alert = readAlert(fields),
            let every = section.require("every")?.duration(.milliseconds(1)...(.hours(24))),
            let notation = section.require("value"), let text = notation.source()?.value
        else { return [] }
        let from = section["from"]?.duration(FeedReader.times) ?? .zero
        let values: [Double?]
        do {
            values = try SeriesNotation.expand(text)
        } catch {
            notation.error(
                .yamlType, "`\(error.token)` is not a series",
                hint: "a+bxn is n+1 values from a in steps of b; axn is n+1 times a; _ is a gap")
            return []
        }
        return values.enumerated().compactMap { index, value in
            guard let value else { return nil }
            var alert = alert
            alert.value = value
            let time = Interval(nanoseconds: from.nanoseconds + every.nanoseconds * Int64(index))
            return FeedItem(time: time, arrival: time, alert: alert)
        }
    }

    private func readAlert(_ section: Section) -> AlertSketch? {
        guard let kind = section.require("kind")?.text(),
            let cell = section.require("cell")?.source()
        else { return nil }
        var alert = AlertSketch(kind: kind.value, cell: cell.value)
        alert.source = section["source"]?.text()?.value ?? alert.source
        alert.severity = section["severity"]?.word(TestWords.severities) ?? alert.severity
        alert.value = section["value"]?.number()
        alert.limit = section["limit"]?.number()
        alert.unit = section["unit"]?.source()?.value
        alert.confidence = section["confidence"]?.number(0...1)
        alert.count = section["count"]?.integer(0...1_000_000).map { Int($0) }
        alert.state = section["state"]?.word(TestWords.states)
        alert.status = section["status"]?.word(TestWords.statuses)
        alert.urgency = section["urgency"]?.word(TestWords.urgencies)
        return alert
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
