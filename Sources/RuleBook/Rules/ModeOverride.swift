import Domain
import Scoring
import Tasking

/// What a rule says of itself in one mode, by the paths of what differs.
struct ModeOverride {
    var mode: Marked<String>
    var params: [(name: Marked<String>, value: Param.Value)] = []
    var raiseHold: Interval?
    var clearHold: Interval?
    var expire: Interval?
    var halfLives: [(category: Domain.Category, value: Interval)] = []
    var accept: Interval?
    var arrive: Interval?
    var resolve: Interval?
    var priority: Choice<Priority>?
}

extension RuleDraft {
    /// The rule as it is in the mode; parameters are left to the scope its conditions see.
    func inMode(_ override: ModeOverride) -> RuleDraft {
        var rule = self
        if let hold = override.raiseHold { rule.raise?.hold = hold }
        if let hold = override.clearHold { rule.clear?.hold = hold }
        rule.expire = override.expire ?? rule.expire
        for (category, value) in override.halfLives {
            for index in rule.scores.indices where rule.scores[index].category == category {
                rule.scores[index].halfLife = value
            }
        }
        if let accept = override.accept { rule.task?.accept = accept }
        if let arrive = override.arrive { rule.task?.arrive = arrive }
        if let resolve = override.resolve { rule.task?.resolve = resolve }
        if let priority = override.priority { rule.task?.priority = priority.value }
        return rule
    }
}

/// Reads what a rule says for each mode.
struct ModeReader {
    /// What a mode may change; keys and windows are what the rule is, and stay.
    static let paths = [
        "param.<name>", "raise.hold", "clear.hold", "expire", "score.<category>.half_life",
        "task.sla.accept", "task.sla.arrive", "task.sla.resolve", "task.priority",
    ]

    let findings: FindingList
    let params: [Param]

    func read(_ value: YAMLValue?, _ rule: RuleDraft) -> [ModeOverride] {
        (value?.pairs() ?? []).map { pair in
            var override = ModeOverride(mode: pair.key)
            for (path, value) in pair.value.pairs() ?? [] {
                read(path, value, rule, &override)
            }
            return override
        }
    }

    private func read(
        _ path: Marked<String>, _ value: YAMLValue, _ rule: RuleDraft,
        _ override: inout ModeOverride
    ) {
        let parts = path.value.split(separator: ".", omittingEmptySubsequences: false)
        let deadlines = TaskReader.deadlines
        switch (path.value, parts.first) {
        case ("raise.hold", _) where rule.raise != nil:
            override.raiseHold = value.duration(StateReader.holds)
        case ("clear.hold", _) where rule.clear != nil:
            override.clearHold = value.duration(StateReader.holds)
        case ("expire", _): override.expire = value.duration(StateReader.expiries)
        case ("task.sla.accept", _) where rule.task != nil:
            override.accept = value.duration(deadlines)
        case ("task.sla.arrive", _) where rule.task != nil:
            override.arrive = value.duration(deadlines)
        case ("task.sla.resolve", _) where rule.task != nil:
            override.resolve = value.duration(deadlines)
        case ("task.priority", _) where rule.task != nil:
            override.priority = value.wordOrAuto(Vocabulary.priorities)
        case (_, "param") where parts.count == 2:
            readParam(String(parts[1]), path, value, &override)
        case (_, "score") where parts.count == 3 && parts[2] == "half_life":
            readHalfLife(String(parts[1]), path, value, rule, &override)
        default: refuse(path)
        }
    }

    private func readParam(
        _ name: String, _ path: Marked<String>, _ value: YAMLValue, _ override: inout ModeOverride
    ) {
        guard let param = params.first(where: { $0.name.value == name }) else {
            findings.error(
                .ruleMode, "there is no `\(path.value)` in the file", at: path.spot,
                hint: Likeness.hint(for: name, among: params.map(\.name.value)))
            return
        }
        guard let number = value.number() else { return }
        if let range = param.range, !range.contains(number) {
            value.error(
                .ruleParam,
                "\(number) is outside its range \(range.lowerBound) to \(range.upperBound)")
        }
        if case .int(let whole)? = value.core, case .int = param.value {
            override.params.append((param.name, .int(whole)))
        } else if case .double = param.value {
            override.params.append((param.name, .double(number)))
        } else {
            value.error(.ruleParam, "`\(path.value)` is a whole number: so it is in every mode")
        }
    }

    private func readHalfLife(
        _ name: String, _ path: Marked<String>, _ value: YAMLValue, _ rule: RuleDraft,
        _ override: inout ModeOverride
    ) {
        let word = Vocabulary.categories.first { $0.key == name }
        guard let category = word?.value, rule.scores.contains(where: { $0.category == category })
        else {
            findings.error(
                .ruleMode, "the rule adds no score to `\(name)`", at: path.spot,
                hint: Likeness.hint(
                    for: name, among: Set(rule.scores.map { "\($0.category.word)" }).sorted()))
            return
        }
        value.duration(ScoreReader.halfLives).map { override.halfLives.append((category, $0)) }
    }

    private func refuse(_ path: Marked<String>) {
        findings.error(
            .ruleMode, "a mode can't change `\(path.value)`", at: path.spot,
            hint: "it may change \(ModeReader.paths.joined(separator: ", ")) "
                + "of what the rule has; keys and windows never")
    }
}
