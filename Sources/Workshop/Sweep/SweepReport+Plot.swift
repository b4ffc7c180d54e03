extension SweepReport {
    /// Precision, recall and F1 over the values of the first parameter, as SVG; of choices that
    /// share its value the one with the best F1 is drawn.
    public var plot: String {
        guard let name = names.first else { return "" }
        var byValue: [Double: SweepScore] = [:]
        for score in scores {
            let value = score.choice.values[name] ?? 0
            if (byValue[value]?.f1 ?? -1) < score.f1 { byValue[value] = score }
        }
        let points = byValue.sorted { $0.key < $1.key }
        let frame = PlotFrame(points.map(\.key))
        let curves: [(String, String, (SweepScore) -> Double)] = [
            ("precision", "#1f77b4", { $0.precision }), ("recall", "#2ca02c", { $0.recall }),
            ("F1", "#d62728", { $0.f1 }),
        ]
        var svg = frame.head(title: "\(rule): \(name)")
        for (index, (label, colour, part)) in curves.enumerated() {
            let line = points.map { frame.point($0.key, part($0.value)) }.joined(separator: " ")
            svg += """
                <polyline fill="none" stroke="\(colour)" stroke-width="2" points="\(line)"/>
                <text x="\(70 + index * 110)" y="346" fill="\(colour)">\(label)</text>

                """
        }
        return svg + "</svg>\n"
    }
}

/// The axes of a plot of 640 by 360: the value across, 0 to 1 upward.
private struct PlotFrame {
    private let low: Double
    private let high: Double

    init(_ values: [Double]) {
        low = values.min() ?? 0
        high = max(values.max() ?? 1, low + 1e-9)
    }

    func point(_ value: Double, _ share: Double) -> String {
        let x = 60 + (value - low) / (high - low) * 550
        return "\(PlotFrame.tenths(x)),\(PlotFrame.tenths(300 - share * 250))"
    }

    private static func tenths(_ number: Double) -> String {
        ((number * 10).rounded() / 10).plainText
    }

    func head(title: String) -> String {
        var svg = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" font-family="sans-serif" font-size="13">
            <rect width="640" height="360" fill="white"/>
            <text x="60" y="28" font-weight="bold">\(PlotFrame.escaped(title))</text>
            <path d="M60 50 V300 H610" fill="none" stroke="black"/>

            """
        for share in [0.0, 0.5, 1.0] {
            let y = PlotFrame.tenths(304 - share * 250)
            svg += "<text x=\"52\" y=\"\(y)\" text-anchor=\"end\">\(share.plainText)</text>\n"
        }
        for (value, anchor, x) in [(low, "start", 60), (high, "end", 610)] {
            svg +=
                "<text x=\"\(x)\" y=\"318\" text-anchor=\"\(anchor)\">\(value.plainText)</text>\n"
        }
        return svg
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    }
}
