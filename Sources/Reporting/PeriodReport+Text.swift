extension PeriodReport {
    /// `2026-05-25T00:00:00Z to 2026-05-26T00:00:00Z, NYC/3/`
    var title: String {
        "\(scope.from.text) to \(scope.to.text)" + (scope.area.map { ", \($0)" } ?? "")
    }

    /// For a terminal.
    public var text: String {
        let head =
            ["Tasks of \(title)", ""] + Self.aligned(total.lines.map { [$0.label, $0.text] })
        let tables = groups.flatMap { [""] + $0.textLines }
        return (head + drillLines + tables).joined(separator: "\n")
    }

    private var drillLines: [String] {
        guard drills.opened + drills.openNow > 0 else { return [] }
        let precision = drills.precision
        return [
            "",
            "Drills, counted nowhere else: \(drills.opened) opened, \(drills.openNow) open now, "
                + "\(precision.right) right, \(precision.wrong) wrong",
        ]
    }

    /// Columns as wide as their widest cell; numbers stand right, the first column left.
    static func aligned(_ rows: [[String]], numbers: Bool = false) -> [String] {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { $0[column].count }.max() ?? 0
        }
        return rows.map { row in
            let cells = row.indices.map { column in
                let space = String(repeating: " ", count: widths[column] - row[column].count)
                return numbers && column > 0 ? space + row[column] : row[column] + space
            }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}

extension ReportGroup {
    fileprivate var textLines: [String] {
        let head = [by] + TableColumn.all.map(\.title)
        guard !rows.isEmpty else { return ["\(by): no task"] }
        let table = rows.map { row in [row.name] + TableColumn.all.map { $0.cell(row.figures) } }
        return PeriodReport.aligned([head] + table, numbers: true)
    }
}
