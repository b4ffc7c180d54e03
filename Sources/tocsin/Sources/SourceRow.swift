import Domain
import Registry

/// A source as it is listed: what the registry says of it, and what a server hears.
struct SourceRow: Encodable {
    var source: String
    var registered = true
    var cell: String?
    var latitude: Double?
    var longitude: Double?
    var accuracyMetres: Double?
    var kinds: [String] = []
    var period: String?
    var name: String?
    var live: LiveSource?

    enum CodingKeys: String, CodingKey {
        case source, registered, cell, latitude, longitude, kinds, period, name, live
        case accuracyMetres = "accuracy_m"
    }

    init(_ source: RegisteredSource) {
        self.source = source.name
        cell = source.cell.isEmpty ? nil : source.cell
        latitude = source.position?.latitude
        longitude = source.position?.longitude
        accuracyMetres = source.position?.accuracyMetres
        kinds = source.kinds.map(\.text)
        period = source.period?.ruleText
        name = source.title.isEmpty ? nil : source.title
    }

    init(_ live: LiveSource) {
        source = live.source
        registered = live.registered
        self.live = live
    }

    /// The registry's sources in its order, then what else is heard; a filter knows only the
    /// registry's.
    static func join(
        _ sources: [RegisteredSource], _ heard: [LiveSource]?, isFiltered: Bool
    ) -> [SourceRow] {
        let byName = Dictionary((heard ?? []).map { ($0.source, $0) }) { first, _ in first }
        var rows = sources.map { source in
            var row = SourceRow(source)
            row.live = byName[source.name]
            return row
        }
        if isFiltered { return rows }
        let known = Set(sources.map(\.name))
        rows += (heard ?? []).filter { !known.contains($0.source) }.map(SourceRow.init)
        return rows
    }

    /// Lines of columns, titles first.
    static func table(_ rows: [SourceRow], isLive: Bool) -> [String] {
        let titles =
            isLive
            ? ["source", "last received", "alerts", "late", "lost", "cell"]
            : ["source", "cell", "kinds", "period", "name"]
        let cells = [titles] + rows.map { isLive ? $0.liveColumns : $0.columns }
        let widths = titles.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        return cells.map { line in
            let text = zip(line, widths).map { padded($0, to: $1 + 2) }.joined()
            return String(text.reversed().drop { $0 == " " }.reversed())
        }
    }

    private var columns: [String] {
        [
            source, cell ?? "-", kinds.isEmpty ? "all" : kinds.joined(separator: ";"),
            period ?? "-", name ?? "",
        ]
    }

    private var liveColumns: [String] {
        let figures = [live?.alerts, live?.late, live?.lost].map { grouped(Int(clamping: $0 ?? 0)) }
        return [source + (registered ? "" : " *"), live?.lastReceived ?? "never"] + figures
            + [cell ?? "-"]
    }
}
