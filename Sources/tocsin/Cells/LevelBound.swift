import ArgumentParser

/// A bound for the cells of one level or of all: `grid:2000`, `grid:1.5km2`, `300`.
struct LevelBound: ExpressibleByArgument, Equatable {
    /// nil: every level.
    let level: String?
    /// **Units**: square metres, or people.
    let value: Double

    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, let last = parts.last, let value = LevelBound.value(last) else {
            return nil
        }
        level = parts.count == 2 ? String(parts[0]) : nil
        self.value = value
    }

    private static func value(_ text: Substring) -> Double? {
        let units = [("km2", 1e6), ("ha", 1e4), ("m2", 1.0)]
        let unit = units.first { text.hasSuffix($0.0) }
        guard let number = Double(text.dropLast(unit?.0.count ?? 0)), number >= 0, number.isFinite
        else { return nil }
        return number * (unit?.1 ?? 1)
    }

    /// By level, from the least to the greatest.
    static func ranges(
        _ least: [LevelBound], _ greatest: [LevelBound], _ levelNames: [String]
    ) throws(CommandFailure) -> [Int: ClosedRange<Double>] {
        let unknown = (least + greatest).compactMap(\.level).filter { !levelNames.contains($0) }
        guard unknown.isEmpty else {
            throw .usage(
                "no level is named \(unknown.joined(separator: ", ")); there are "
                    + levelNames.joined(separator: ", "))
        }
        var ranges: [Int: ClosedRange<Double>] = [:]
        for (level, name) in levelNames.enumerated() where level > 0 {
            let low = bound(least, name)
            let high = bound(greatest, name)
            guard low != nil || high != nil else { continue }
            guard (low ?? 0) <= (high ?? .infinity) else {
                throw .usage("the least for \(name) is more than the greatest")
            }
            ranges[level] = (low ?? 0)...(high ?? .infinity)
        }
        return ranges
    }

    /// The last that names the level, else the last that names none.
    private static func bound(_ bounds: [LevelBound], _ level: String) -> Double? {
        (bounds.last { $0.level == level } ?? bounds.last { $0.level == nil })?.value
    }
}
