/// An SVG text under way, in colours that suit a light and a dark page.
struct SVGPage {
    let width: Double
    let height: Double
    private var body: [String] = []

    init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    mutating func add(_ element: String) { body.append(element) }

    mutating func text(_ text: String, x: Double, y: Double, class name: String = "") {
        add(
            "<text class=\"\(name)\" x=\"\(x.short)\" y=\"\(y.short)\">\(SVGPage.escaped(text))</text>"
        )
    }

    /// **Source**: XML 1.0, 2.4.
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }

    var finished: String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width.short) \(height.short)" \
        width="\(width.short)" height="\(height.short)">
        <style>
        \(SVGPage.style)
        </style>
        <rect class="page" width="100%" height="100%"/>
        \(body.joined(separator: "\n"))
        </svg>

        """
    }

    private static let style = """
        text { font: 13px system-ui, "DejaVu Sans", sans-serif; fill: #1f2933; }
        .page { fill: #ffffff; }
        .title { font-size: 18px; font-weight: 600; }
        .small { font-size: 11px; fill: #52606d; }
        .code { font-size: 10px; fill: #3e4c59; text-anchor: middle; }
        .frame { fill: #f7f9fb; stroke: #9aa5b1; stroke-width: 1; }
        .cell { fill: #e4e9ee; stroke: #9aa5b1; stroke-width: 0.5; }
        .own { fill: #b9d4f1; stroke: #1d5fa8; stroke-width: 1.5; }
        .outline { fill: none; stroke: #3e4c59; stroke-width: 1.4; }
        .error { fill: #d92d20; fill-opacity: 0.55; stroke: #b42318; stroke-width: 1.2; }
        .warning { fill: #f79009; fill-opacity: 0.5; stroke: #b54708; stroke-width: 1.2; }
        .note { fill: #7a5af8; fill-opacity: 0.45; stroke: #5925dc; stroke-width: 0.6; }
        .scale { stroke: #1f2933; stroke-width: 2; }
        .pin { stroke: #ffffff; stroke-width: 1.2; fill-opacity: 1; }
        .number { font-size: 10px; font-weight: 600; fill: #ffffff; text-anchor: middle; }
        .lead { stroke: #52606d; stroke-width: 0.8; fill: none; }
        @media (prefers-color-scheme: dark) {
        text { fill: #e4e7eb; } .page { fill: #14191f; } .small { fill: #9aa5b1; }
        .code { fill: #cbd2d9; } .frame { fill: #1b2229; stroke: #52606d; }
        .cell { fill: #2a333d; stroke: #52606d; } .own { fill: #234b73; stroke: #79b4f2; }
        .outline { stroke: #cbd2d9; } .error { fill: #f97066; stroke: #fda29b; }
        .warning { fill: #fdb022; stroke: #fec84b; } .note { fill: #a48afb; stroke: #bdb4fe; }
        .scale { stroke: #e4e7eb; } .pin { stroke: #14191f; } .number { fill: #14191f; }
        .lead { stroke: #9aa5b1; }
        }
        """
}

extension Double {
    /// At most one digit after the point.
    var short: String {
        let tenths = (self * 10).rounded() / 10
        return tenths == tenths.rounded() ? "\(Int(tenths))" : "\(tenths)"
    }
}
