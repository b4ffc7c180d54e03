/// The notation of `promtool test rules` for series of values: `20+2x29 80x12 _ 80-3x20 stale`.
enum SeriesNotation {
    /// A token that can't be read.
    struct Mistake: Error {
        let token: String
    }

    enum Sample: Equatable {
        /// Nothing is sent.
        case gap
        /// The source speaks, and has no value.
        case stale
        /// NaN, written `nan`, is what the door refuses.
        case value(Double)
    }

    /// Longer series are mistakes of the pen.
    static let samplesMax = 100_000

    static func expand(_ text: String) throws(Mistake) -> [Sample] {
        var samples: [Sample] = []
        for token in text.split(whereSeparator: \.isWhitespace) {
            samples += try expand(token: String(token))
            if samples.count > samplesMax { throw Mistake(token: String(token)) }
        }
        return samples
    }

    private static func expand(token: String) throws(Mistake) -> [Sample] {
        let parts = token.split(separator: "x", omittingEmptySubsequences: false)
        guard parts.count <= 2 else { throw Mistake(token: token) }
        var times: Int?
        if parts.count == 2 {
            guard let count = Int(parts[1]), count >= 0, count <= samplesMax else {
                throw Mistake(token: token)
            }
            times = count
        }
        switch parts[0] {
        case "_": return Array(repeating: .gap, count: times ?? 1)
        case "stale": return Array(repeating: .stale, count: (times ?? 0) + 1)
        case "nan": return Array(repeating: .value(.nan), count: (times ?? 0) + 1)
        default:
            let (first, step) = try slope(String(parts[0]), token)
            return (0...(times ?? 0)).map { .value(first + step * Double($0)) }
        }
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
