extension Interval {
    /// The units of a length of time in rule files, longest first.
    private static let units: [(name: String, nanoseconds: Int64)] = [
        ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000),
        ("s", 1_000_000_000), ("ms", 1_000_000),
    ]

    /// Reads `90s`, `1h30m`, `500ms`: whole numbers, each with its unit, units falling.
    package init?(rule text: String) {
        var (rest, total, unitsLeft) = (Substring(text), Int64(0), Interval.units[...])
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            let name = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(name.count)
            guard let number = Int64(digits),
                let unit = unitsLeft.firstIndex(where: { $0.name == name })
            else { return nil }
            let (part, large) = number.multipliedReportingOverflow(by: unitsLeft[unit].nanoseconds)
            let (sum, larger) = total.addingReportingOverflow(part)
            guard !large, !larger else { return nil }
            total = sum
            unitsLeft = unitsLeft[(unit + 1)...]
        }
        self.init(nanoseconds: total)
    }

    /// The same length of time as a rule author would write it.
    package var ruleText: String {
        if nanoseconds == 0 { return "0s" }
        var (rest, text) = (nanoseconds, "")
        for unit in Interval.units where rest >= unit.nanoseconds {
            text += "\(rest / unit.nanoseconds)\(unit.name)"
            rest %= unit.nanoseconds
        }
        return text
    }
}
