/// The notation of `promtool test rules` for series of values: `20+2x29 80x12 _ 80-3x20`.
enum SeriesNotation {
    /// A token that can't be read.
    struct Mistake: Error {
        let token: String
    }

    /// Longer series are mistakes of the pen.
    static let valuesMax = 100_000

    /// The values in order; nil is a gap.
    static func expand(_ text: String) throws(Mistake) -> [Double?] {
        var values: [Double?] = []
        for token in text.split(whereSeparator: \.isWhitespace) {
            values += try expand(token: String(token))
            if values.count > valuesMax { throw Mistake(token: String(token)) }
        }
        return values
    }

    private static func expand(token: String) throws(Mistake) -> [Double?] {
        let parts = token.split(separator: "x", omittingEmptySubsequences: false)
        guard parts.count <= 2 else { throw Mistake(token: token) }
        var times = 0
        if parts.count == 2 {
            guard let count = Int(parts[1]), count >= 0, count <= valuesMax else {
                throw Mistake(token: token)
            }
            times = count
        }
        if parts[0] == "_" {
            return Array(repeating: nil, count: parts.count == 2 ? times : 1)
        }
        let (first, step) = try slope(String(parts[0]), token)
        return (0...times).map { first + step * Double($0) }
    }

    /// `a`, `a+b` or `a-b`.
    private static func slope(_ text: String, _ token: String) throws(Mistake) -> (Double, Double) {
        if let value = Double(text), value.isFinite { return (value, 0) }
        guard let sign = text.dropFirst().lastIndex(where: { $0 == "+" || $0 == "-" }),
            let first = Double(text[..<sign]), let step = Double(text[sign...]), first.isFinite,
            step.isFinite
        else { throw Mistake(token: token) }
        return (first, step)
    }
}
