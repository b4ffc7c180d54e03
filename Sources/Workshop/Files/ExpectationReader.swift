import Domain
import RuleBook

/// Reads what a case expects at its moments.
struct ExpectationReader {
    private static let schema = Schema([
        "at", "rule", "key", "state", "cell", "score", "within", "warning", "because", "tasks",
        "task",
    ])
    private static let valueSchema = Schema(["at", "rule", "key", "expr", "is", "within"])
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
            let at = section.require("at")?.duration(FeedReader.times)
        else { return nil }
        var expectation = Expectation(at: at, spot: value.spot, rule: rule)
        if let named = section["rule"]?.text()?.value { expectation.rule = named }
        expectation.key = ExpectationReader.key(section["key"])
        expectation.state = section["state"].flatMap { value in
            value.word(TestWords.phases).map { Written(text: $0, spot: value.spot) }
        }
        expectation.cell = section["cell"]?.source()?.value
        expectation.scores = readScores(section["score"])
        expectation.within = section["within"]?.number(0...100) ?? expectation.within
        expectation.warning = readWarning(section["warning"], expectation.scores)
        expectation.because = section["because"]?.itemsOrSelf().compactMap { $0.source()?.value }
        expectation.tasks = readTasks(section)
        checkUse(expectation, value)
        return expectation
    }

    /// `{at: 2m, rule: fire, key: g1, expr: w.smokes, is: 6}`
    func readValue(_ value: YAMLValue) -> ValueExpectation? {
        guard let section = value.section(ExpectationReader.valueSchema),
            let at = section.require("at")?.duration(FeedReader.times),
            let rule = section["rule"]?.text()?.value ?? rule ?? section.require("rule")?.name,
            let given = section.require("is"), let expected = given.literal,
            let expression = section.require("expr")?.source()?.value
        else { return nil }
        return ValueExpectation(
            at: at, spot: value.spot, rule: rule, key: ExpectationReader.key(section["key"]),
            expression: expression, expected: expected, expectedSpot: given.spot,
            within: section["within"]?.number(0...1e9) ?? 1e-9)
    }

    private static func key(_ value: YAMLValue?) -> [String] {
        value?.itemsOrSelf().compactMap { $0.source()?.value } ?? []
    }

    private func readScores(_ value: YAMLValue?) -> [ScoreExpectation] {
        (value?.pairs() ?? []).compactMap { pair in
            let word = pair.key.value
            guard let found = ExpectationReader.categories.first(where: { $0.key == word }) else {
                findings.error(
                    .testUnknown, "`\(word)` is not a category", at: pair.key.spot,
                    hint: Likeness.hint(
                        for: word, among: ExpectationReader.categories.map(\.key)))
                return nil
            }
            return pair.value.number(0...100).map {
                ScoreExpectation(category: found.value, points: $0, spot: pair.value.spot)
            }
        }
    }

    /// `warning: red` is of the one category whose score is named, else the worst of all.
    private func readWarning(
        _ value: YAMLValue?, _ scores: [ScoreExpectation]
    ) -> WarningExpectation? {
        guard let value else { return nil }
        guard value.isMapping else {
            let category = scores.count == 1 ? scores[0].category : nil
            return value.word(ExpectationReader.levels).map {
                WarningExpectation(category: category, level: $0, spot: value.spot)
            }
        }
        guard let pair = value.pairs()?.first,
            let category = ExpectationReader.categories.first(where: { $0.key == pair.key.value }),
            let level = pair.value.word(ExpectationReader.levels)
        else { return nil }
        return WarningExpectation(category: category.value, level: level, spot: pair.value.spot)
    }

    private func readTasks(_ section: Section) -> TaskExpectation? {
        let patterns = TaskPatternReader()
        if let one = section["task"] { return patterns.read(one).map { .one($0) } }
        guard let tasks = section["tasks"] else { return nil }
        if tasks.isList {
            return .exactly((tasks.items() ?? []).compactMap { patterns.read($0) })
        }
        return tasks.integer(0...10_000).map { .count(Int($0), tasks.spot) }
    }

    /// An expectation must name something that can be wrong.
    private func checkUse(_ expectation: Expectation, _ value: YAMLValue) {
        let looks =
            expectation.state != nil || !expectation.scores.isEmpty || expectation.warning != nil
            || expectation.tasks != nil || expectation.because != nil
        if !looks {
            value.error(
                .testEmpty, "this expects nothing",
                hint: "`state`, `score`, `warning`, `because`, `task` or `tasks`")
        }
        if expectation.state != nil, expectation.rule == nil || expectation.key.isEmpty {
            value.error(.testEmpty, "`state` needs `rule` and `key`: whose state?")
        }
        let needsCell =
            !expectation.scores.isEmpty || expectation.warning != nil
            || expectation.because != nil
        if needsCell, expectation.cell == nil, expectation.key.isEmpty {
            value.error(.testEmpty, "a score or a warning needs `cell`, or a `key` that is one")
        }
    }
}

/// Reads which tasks are meant.
struct TaskPatternReader {
    static let fields = [
        "rule", "kind", "priority", "certainty", "severity", "urgency", "category", "cell",
        "department", "level", "title", "note", "warning", "status", "repeats", "alerts",
    ]
    private static let schema = Schema(fields + ["key"], later: ["assign", "because"])

    func read(_ value: YAMLValue) -> TaskPattern? {
        guard let section = value.section(TaskPatternReader.schema) else { return nil }
        var pattern = TaskPattern(spot: value.spot)
        for pair in value.pairs() ?? [] where pair.key.value != "key" {
            guard let source = section[pair.key.value]?.source() else { continue }
            pattern.fields.append(
                TaskPattern.Field(name: pair.key.value, text: source.value, spot: source.spot))
        }
        pattern.key = section["key"]?.itemsOrSelf().compactMap { $0.source()?.value } ?? []
        let names = pattern.fields.isEmpty && pattern.key.isEmpty
        if names { value.error(.testEmpty, "this names nothing to look for") }
        return pattern
    }
}
