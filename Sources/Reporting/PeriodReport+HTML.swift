import Domain

extension PeriodReport {
    /// One page that needs nothing else, for a screen, light or dark, or for paper.
    public var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Tasks of \(HTML.escaped(title))</title>
        <style>
        \(HTML.style)
        </style>
        </head>
        <body>
        <h1>Tasks of \(HTML.escaped(title))</h1>
        \(HTML.list(total.lines))
        \(drillSection)\(groups.map(\.section).joined(separator: "\n"))
        </body>
        </html>

        """
    }

    private var drillSection: String {
        guard drills.opened + drills.openNow > 0 else { return "" }
        return "<h2>Drills, counted nowhere else</h2>\n\(HTML.list(drills.lines))\n"
    }
}

extension ReportGroup {
    fileprivate var section: String {
        let head = "<h2>By \(HTML.escaped(by))</h2>"
        guard !rows.isEmpty else { return head + "\n<p>No task.</p>" }
        let titles = ([by] + TableColumn.all.map(\.title))
            .map { "<th scope=\"col\">\(HTML.escaped($0))</th>" }.joined()
        let lines = rows.map { row in
            let cells = TableColumn.all.map { "<td>\(HTML.escaped($0.cell(row.figures)))</td>" }
            return "<tr><th scope=\"row\">\(HTML.escaped(row.name))</th>\(cells.joined())</tr>"
        }
        return """
            \(head)
            \(BarChart(rows).svg)
            <div class="wide"><table>
            <thead><tr>\(titles)</tr></thead>
            <tbody>
            \(lines.joined(separator: "\n"))
            </tbody>
            </table></div>
            """
    }
}

/// The parts of a page.
enum HTML {
    /// **Source**: HTML Living Standard, 13.1.2.
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }

    static func list(_ lines: [(label: String, text: String)]) -> String {
        let rows = lines.map { line in
            let part = line.label.hasPrefix(" ") ? " class=\"part\"" : ""
            let label = String(line.label.drop { $0 == " " })
            return "<tr><th scope=\"row\"\(part)>\(escaped(label))</th>"
                + "<td class=\"text\">\(escaped(line.text))</td></tr>"
        }
        return "<table>\n\(rows.joined(separator: "\n"))\n</table>"
    }

    static let style = """
        :root { color-scheme: light dark; --ink: #1f2933; --faint: #52606d; --line: #cbd2d9;
          --page: #ffffff; --bar: #1d5fa8; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e4e7eb; --faint: #9aa5b1;
          --line: #3e4c59; --page: #14191f; --bar: #79b4f2; } }
        @media print { :root { --ink: #000000; --faint: #333333; --line: #999999;
          --page: #ffffff; --bar: #444444; } h2, tr, svg { break-inside: avoid; }
          h2 { break-after: avoid; } .wide { overflow: visible; } }
        body { font: 14px/1.45 system-ui, "DejaVu Sans", sans-serif; color: var(--ink);
          background: var(--page); max-width: 76rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        th, td { padding: 0.25rem 0.6rem; border-bottom: 1px solid var(--line);
          text-align: right; white-space: nowrap; }
        th { font-weight: 600; } th[scope="row"], td.text { text-align: left; }
        td.text { white-space: normal; }
        th.part { padding-left: 1.8rem; font-weight: 400; color: var(--faint); }
        thead th { color: var(--faint); } thead th:first-child { text-align: left; }
        svg { display: block; max-width: 100%; height: auto; margin: 0.5rem 0; }
        svg text { font: 12px system-ui, "DejaVu Sans", sans-serif; fill: var(--ink); }
        svg .bar { fill: var(--bar); }
        """
}
