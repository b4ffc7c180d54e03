import Domain
import RuleBook

/// What a test feeds, in the order written.
struct Feed {
    var items: [FeedItem] = []
    var switches: [ModeSwitch] = []
}

/// Reads what a case feeds: single alerts, series of them, and switches of the mode.
struct FeedReader {
    static let times: ClosedRange<Interval> = .zero...(.hours(24 * 30))

    let findings: FindingList
    private let alerts = AlertSketchReader()

    init(findings: FindingList) { self.findings = findings }

    func read(_ values: [YAMLValue]) -> Feed {
        var feed = Feed()
        for value in values { read(value, into: &feed) }
        return feed
    }

    private func read(_ value: YAMLValue, into feed: inout Feed) {
        guard let pairs = value.pairs() else { return }
        let keys = pairs.map(\.key.value)
        if keys.contains("series") {
            feed.items += readSeries(value)
        } else if keys.contains("mode") {
            if let item = readSwitch(value) { feed.switches.append(item) }
        } else {
            feed.items += keys.contains("alert") ? readNested(value) : readFlat(value)
        }
    }

    /// `{at: 40s, kind: smoke, cell: g1, value: 0.8}`
    private func readFlat(_ value: YAMLValue) -> [FeedItem] {
        let schema = Schema(
            ["at", "late"] + AlertSketchReader.fields, later: AlertSketchReader.laterFields)
        guard let section = value.section(schema) else { return [] }
        return item(section, alerts.read(section))
    }

    /// `{at: 65s, late: 4s, alert: {kind: smoke, …}}`
    private func readNested(_ value: YAMLValue) -> [FeedItem] {
        guard let section = value.section(Schema(["at", "late", "alert"])),
            let fields = section["alert"]?.section(
                Schema(AlertSketchReader.fields, later: AlertSketchReader.laterFields))
        else { return [] }
        return item(section, alerts.read(fields))
    }

    /// `{at: 10m, mode: emergency}`
    private func readSwitch(_ value: YAMLValue) -> ModeSwitch? {
        guard let section = value.section(Schema(["at", "mode", "cell"])),
            let at = section.require("at")?.duration(FeedReader.times),
            let mode = section["mode"]?.source()
        else { return nil }
        return ModeSwitch(
            at: at, mode: mode.value, cell: section["cell"]?.source()?.value, spot: value.spot)
    }

    private func item(_ section: Section, _ alert: AlertSketch?) -> [FeedItem] {
        guard let alert, let at = section.require("at")?.duration(FeedReader.times) else {
            return []
        }
        let late = section["late"]?.duration(FeedReader.times) ?? .zero
        return [FeedItem(time: at, arrival: at + late, alert: alert)]
    }

    /// `{series: {kind: temperature, …}, from: 30s, every: 10s, value: "20+2x29 80x12"}`
    private func readSeries(_ value: YAMLValue) -> [FeedItem] {
        guard let section = value.section(Schema(["series", "from", "every", "value", "late"])),
            let fields = section["series"]?.section(
                Schema(
                    AlertSketchReader.fields.filter { $0 != "value" },
                    later: AlertSketchReader.laterFields)),
            let alert = alerts.read(fields),
            let every = section.require("every")?.duration(.milliseconds(1)...(.hours(24))),
            let notation = section.require("value"), let text = notation.source()?.value
        else { return [] }
        let from = section["from"]?.duration(FeedReader.times) ?? .zero
        let late = section["late"]?.duration(FeedReader.times) ?? .zero
        let values: [SeriesNotation.Sample]
        do {
            values = try SeriesNotation.expand(text)
        } catch {
            notation.error(
                .yamlType, "`\(error.token)` is not a series",
                hint: "a+bxn is n+1 values from a in steps of b; axn is n+1 times a; _ is a gap")
            return []
        }
        return values.enumerated().compactMap { index, sample in
            var alert = alert
            switch sample {
            case .gap: return nil
            case .stale: alert.value = nil
            case .value(let number): alert.value = number
            }
            let time = Interval(nanoseconds: from.nanoseconds + every.nanoseconds * Int64(index))
            return FeedItem(time: time, arrival: time + late, alert: alert)
        }
    }
}

extension Interval {
    static func + (left: Interval, right: Interval) -> Interval {
        Interval(nanoseconds: left.nanoseconds + right.nanoseconds)
    }
}
