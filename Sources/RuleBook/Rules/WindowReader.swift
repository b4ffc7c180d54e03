import Domain
import Scoring

/// Reads the windows of a rule.
struct WindowReader {
    private static let functions: KeyValuePairs<String, WindowFunction> = [
        "count": .count, "max": .max, "avg": .average, "distinct": .distinct,
    ]
    private static let laterFunctions = [
        "sum", "min", "rate", "first", "last", "stddev", "quantile",
    ]
    private static let schema = Schema(
        ["fn", "of", "where", "over", "pane", "empty"], later: ["per", "order"])

    let findings: FindingList
    let limits: WindowLimits

    func read(_ value: YAMLValue?) -> [WindowDraft] {
        guard let value, let pairs = value.pairs() else { return [] }
        if pairs.count > RulePlan.windowsMax {
            value.error(.ruleLimit, "a rule has at most \(RulePlan.windowsMax) windows")
        }
        return pairs.compactMap { readWindow($0.key, $0.value) }
    }

    private func readWindow(_ name: Marked<String>, _ value: YAMLValue) -> WindowDraft? {
        if !Names.isIdentifier(name.value) {
            findings.error(
                .ruleDefine, "`\(name.value)` can't be used in conditions", at: name.spot,
                hint: "letters, digits and `_`, not first a digit")
        }
        guard let section = value.section(WindowReader.schema),
            let function = readFunction(section),
            let over = section.require("over")?.duration(.seconds(1)...limits.over)
        else { return nil }
        var window = WindowDraft(
            name: name, function: function, over: over, pane: WindowReader.pane(for: over))
        window.filter = section["where"]?.source()
        window.sample = readSample(section, function)
        window.empty = readEmpty(section, function)
        readPane(section, &window)
        return window
    }

    private func readFunction(_ section: Section) -> WindowFunction? {
        guard let fn = section.require("fn") else { return nil }
        let word = fn.source()?.value.prefix { $0 != "(" } ?? ""
        guard WindowReader.laterFunctions.contains(String(word)) else {
            return fn.word(WindowReader.functions)
        }
        fn.error(
            .ruleNotYet,
            "the window function `\(word)` is part of the rule language but not of this version",
            hint: "count, max, avg and distinct exist so far")
        return nil
    }

    private func readSample(_ section: Section, _ function: WindowFunction) -> Marked<String>? {
        if function != .count { return section.require("of")?.source() }
        section["of"]?.error(
            .windowSample, "`count` counts alerts: it has no `of`",
            hint: "use `distinct` to count different values, or `where` to count some alerts")
        return nil
    }

    private func readEmpty(_ section: Section, _ function: WindowFunction) -> Double? {
        guard let value = section["empty"] else { return nil }
        if function == .count || function == .distinct {
            value.error(.windowEmpty, "a window that counts is 0 when empty: it has no `empty`")
            return nil
        }
        return value.number()
    }

    private func readPane(_ section: Section, _ window: inout WindowDraft) {
        if let pane = section["pane"]?.duration(.milliseconds(100)...window.over) {
            window.pane = pane
            if window.over.nanoseconds % pane.nanoseconds != 0 {
                section.value.error(.windowPanes, "`over` is not a whole number of panes")
            }
        }
        let panes = window.over.nanoseconds / window.pane.nanoseconds
        if panes > limits.panes {
            section.value.error(
                .windowPanes, "\(panes) panes are more than the \(limits.panes) a window may have",
                hint: "a pane of \(WindowReader.pane(for: window.over).ruleText) would do")
        }
    }

    /// One second up to a minute, then a sixtieth, rounded up to a whole second.
    static func pane(for over: Interval) -> Interval {
        let seconds = (over.nanoseconds + 999_999_999) / 1_000_000_000
        return .seconds((seconds + 59) / 60)
    }
}
