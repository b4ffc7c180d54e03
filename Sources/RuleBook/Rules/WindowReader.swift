import Domain
import Scoring

/// Reads the windows of a rule, and its neighbours'.
struct WindowReader {
    let findings: FindingList
    let limits: WindowLimits

    /// In the order of their names, so that the order of the file changes no state.
    func read(_ value: YAMLValue?) -> [WindowDraft] {
        guard let value, let pairs = value.pairs() else { return [] }
        if pairs.count > RulePlan.windowsMax {
            value.error(.ruleLimit, "a rule has at most \(RulePlan.windowsMax) windows")
        }
        return pairs.compactMap { readWindow($0.key, $0.value) }
            .sorted { $0.name.value < $1.name.value }
    }

    private func readWindow(_ name: Marked<String>, _ value: YAMLValue) -> WindowDraft? {
        if !Names.isIdentifier(name.value) {
            findings.error(
                .ruleDefine, "`\(name.value)` can't be used in conditions", at: name.spot,
                hint: "letters, digits and `_`, not first a digit")
        }
        guard let section = value.section(.window),
            let (function, quantile) = readFunction(section),
            let over = section.require("over")?.duration(.seconds(1)...limits.over)
        else { return nil }
        var window = WindowDraft(
            name: name, function: function, quantile: quantile, over: over,
            pane: WindowReader.pane(for: over))
        window.filter = section["where"]?.source()
        window.sample = readSample(section, function)
        window.per = readPer(section, function)
        window.empty = readEmpty(section, function)
        readPane(section, &window)
        return window
    }

    /// `max`, or `quantile(0.9)`.
    private func readFunction(_ section: Section) -> (WindowFunction, Double)? {
        guard let fn = section.require("fn"), let text = fn.source()?.value else { return nil }
        guard text.hasPrefix("quantile") else {
            return fn.word(Vocabulary.windowFunctions).map { ($0, 0.5) }
        }
        let inner = text.dropFirst("quantile(".count).dropLast()
        guard text.hasPrefix("quantile("), text.hasSuffix(")"), let share = Double(inner),
            (0...1).contains(share)
        else {
            fn.error(
                .yamlWord, "`\(text)` is no quantile", hint: "quantile(0.9): a share from 0 to 1")
            return nil
        }
        return (.quantile, share)
    }

    private func readSample(_ section: Section, _ function: WindowFunction) -> Marked<String>? {
        if function != .count { return section.require("of")?.source() }
        section["of"]?.error(
            .windowSample, "`count` counts alerts: it has no `of`",
            hint: "use `distinct` to count different values, or `where` to count some alerts")
        return nil
    }

    private func readPer(_ section: Section, _ function: WindowFunction) -> Interval? {
        if function == .rate {
            return section.require("per")?.duration(.milliseconds(1)...(.hours(24)))
        }
        section["per"]?.error(.windowSample, "`per` is the unit of time of a `rate`")
        return nil
    }

    private func readEmpty(_ section: Section, _ function: WindowFunction) -> Double? {
        guard let value = section["empty"] else { return nil }
        if function.countsToZero {
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

/// Reads what a rule looks at in the cells around.
struct NeighbourReader {
    let findings: FindingList

    func read(_ value: YAMLValue?) -> [NeighbourDraft] {
        guard let value, let pairs = value.pairs() else { return [] }
        if pairs.count > RulePlan.neighboursMax {
            value.error(.ruleLimit, "a rule has at most \(RulePlan.neighboursMax) neighbours")
        }
        return pairs.compactMap { readNeighbour($0.key, $0.value) }
    }

    private func readNeighbour(_ name: Marked<String>, _ value: YAMLValue) -> NeighbourDraft? {
        if !Names.isIdentifier(name.value) || SlotNames.reserved.contains(name.value) {
            findings.error(
                .ruleDefine, "neighbours can't be called `\(name.value)`", at: name.spot,
                hint: "letters, digits and `_`, and none of the names conditions have already")
        }
        guard let section = value.section(.neighbour),
            let function = section.require("fn")?.word(Vocabulary.neighbourFunctions),
            let of = section.require("of")?.source()
        else { return nil }
        let rings = section["rings"]?.integer(1...Int64(NeighbourPlan.ringsMax)) ?? 1
        var draft = NeighbourDraft(name: name, function: function, rings: Int(rings), of: of)
        draft.least = readLeast(section, function)
        if function == .count || function == .sum {
            section["empty"]?.error(
                .windowEmpty, "neighbours that are counted or summed are 0 when there are none")
        } else {
            draft.empty = section["empty"]?.number()
        }
        return draft
    }

    private func readLeast(_ section: Section, _ function: NeighbourFunction) -> Double? {
        if function == .count { return section.require("least")?.number() }
        section["least"]?.error(
            .windowSample, "`least` is from what value on `count` counts a neighbour")
        return nil
    }
}
