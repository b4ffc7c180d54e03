/// Tasks opened, a bar for each name, as SVG in the colours of its page.
struct BarChart {
    private let rows: [ReportRow]

    /// More bars than these are read in the table.
    private static let rowsMax = 12
    private static let (rowHeight, labelWidth, barWidth) = (20, 260, 320)
    /// As many letters of 12 px as the label has room for.
    private static let labelLettersMax = 38

    init(_ rows: [ReportRow]) { self.rows = Array(rows.prefix(BarChart.rowsMax)) }

    var svg: String {
        let most = max(1, rows.map(\.figures.opened).max() ?? 1)
        let width = BarChart.labelWidth + BarChart.barWidth + 60
        let height = rows.count * BarChart.rowHeight + 4
        let bars = rows.enumerated().map { place, row in bar(row, at: place, most: most) }
        return """
            <svg viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" role="img" \
            aria-label="Tasks opened">
            \(bars.joined(separator: "\n"))
            </svg>
            """
    }

    private func bar(_ row: ReportRow, at place: Int, most: Int) -> String {
        let top = place * BarChart.rowHeight + 3
        let left = BarChart.labelWidth + 10
        let width = Double(row.figures.opened) / Double(most) * Double(BarChart.barWidth)
        let name = HTML.escaped(BarChart.short(row.name))
        return """
            <text x="\(BarChart.labelWidth)" y="\(top + 12)" text-anchor="end">\(name)</text>\
            <rect class="bar" x="\(left)" y="\(top)" width="\(width.fixed(1))" height="15"/>\
            <text x="\(left + Int(width) + 6)" y="\(top + 12)">\(row.figures.opened)</text>
            """
    }

    /// The end of a long name tells it from its neighbours.
    private static func short(_ name: String) -> String {
        name.count <= labelLettersMax ? name : "…" + name.suffix(labelLettersMax - 1)
    }
}
