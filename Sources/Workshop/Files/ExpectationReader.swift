import Domain
import RuleBook

/// Reads what a case expects.
struct ExpectationReader {
    private static let schema = Schema(
        ["at", "rule", "key", "state", "cell", "score", "within", "warning", "tasks", "task"],
        later: ["because", "expr", "is", "inhibited", "silenced"])
    private static let patternSchema = Schema(
        [
            "rule", "kind", "priority", "certainty", "severity", "urgency", "category", "cell",
            "department", "level", "title", "warning", "status", "repeats",
        ], later: ["key", "note", "assign", "because"])
    private static let categories: [(key: String, value: Category)] = Category.allCases.map {
        ("\($0.word)", $0)
    }
    private static let levels: [(key: String, value: WarningLevel)] =
        WarningLevel.allCases.map { ("\($0.word)", $0) }

    let findings: FindingList
    /// The rule that the tests stand beside: what `rule` is when left out.
    let rule: String?

    func read(_ value: YAMLValue) -> Expectation? {
        guard let section = value.section(ExpectationReader.schema),
            let at = section.require("at")?.duration(.zero...(.hours(24 * 30)))
        else { return nil }
        var expectation = Expectation(at: at, spot: value.spot, rule: rule)
        if let named = section["rule"]?.text()?.value { expectation.rule = named }
        expectation.key = section["key"]?.itemsOrSelf().compactMap { $0.source()?.value } ?? []
        expectation.state = section["state"]?.word(TestWords.phases)
        expectation.cell = section["cell"]?.source()?.value
        expectation.scores = readScores(section["score"])
        expectation.within = section["within"]?.number(0...100) ?? expectation.within
        expectation.warning = readWarning(section["warning"], expectation.scores)
        expectation.tasks = readTasks(section)
        checkUse(expectation, value)
        return expectation
    }

    private func readScores(_ value: YAMLValue?) -> [(category: Category, points: Double)] {
        (value?.pairs() ?? []).compactMap { pair in
            let word = pair.key.value
            guard let found = ExpectationReader.categories.first(where: { $0.key == word }) else {
                findings.error(
                    .testUnknown, "`\(word)` is not a category", at: pair.key.spot,
                    hint: Likeness.hint(
                        for: word, among: ExpectationReader.categories.map(\.key)))
                return nil
            }
            return pair.value.number(0...100).map { (found.value, $0) }
        }
    }

    /// `warning: red` is of the one category whose score is named, else the worst of all.
    private func readWarning(
        _ value: YAMLValue?, _ scores: [(category: Category, points: Double)]
    ) -> WarningExpectation? {
        guard let value else { return nil }
        guard value.isMapping else {
            let category = scores.count == 1 ? scores[0].category : nil
            return value.word(ExpectationReader.levels).map {
                WarningExpectation(category: category, level: $0)
            }
        }
        guard let pair = value.pairs()?.first,
            let category = ExpectationReader.categories.first(where: { $0.key == pair.key.value }),
            let level = pair.value.word(ExpectationReader.levels)
        else { return nil }
        return WarningExpectation(category: category.value, level: level)
    }

    private func readTasks(_ section: Section) -> TaskExpectation? {
        if let one = section["task"] {
            return readPattern(one).map { .exactly([$0]) }
        }
        guard let tasks = section["tasks"] else { return nil }
        if tasks.isList {
            return .exactly((tasks.items() ?? []).compactMap { readPattern($0) })
        }
        return tasks.integer(0...10_000).map { .count(Int($0)) }
    }

    func readPattern(_ value: YAMLValue) -> TaskPattern? {
        guard let section = value.section(ExpectationReader.patternSchema) else { return nil }
        let pairs = value.pairs() ?? []
        let fields = pairs.compactMap { pair in
            section[pair.key.value]?.source().map { (name: pair.key.value, text: $0.value) }
        }
        if fields.isEmpty { value.error(.testEmpty, "this names nothing to look for") }
        return TaskPattern(spot: value.spot, fields: fields)
    }

    /// An expectation must name something that can be wrong.
    private func checkUse(_ expectation: Expectation, _ value: YAMLValue) {
        let looks =
            expectation.state != nil || !expectation.scores.isEmpty || expectation.warning != nil
            || expectation.tasks != nil
        if !looks {
            value.error(
                .testEmpty, "this expects nothing", hint: "`state`, `score`, `warning` or `tasks`")
        }
        if expectation.state != nil, expectation.rule == nil || expectation.key.isEmpty {
            value.error(.testEmpty, "`state` needs `rule` and `key`: whose state?")
        }
        let needsCell = !expectation.scores.isEmpty || expectation.warning != nil
        if needsCell, expectation.cell == nil, expectation.key.isEmpty {
            value.error(.testEmpty, "a score or a warning needs `cell`, or a `key` that is one")
        }
    }
}
