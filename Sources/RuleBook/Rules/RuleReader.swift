import Domain
import Scoring

/// Reads one rule of a file.
struct RuleReader {
    private static let schema = Schema(
        [
            "id", "title", "why", "status", "revision", "labels", "match", "where", "by", "windows",
            "raise", "clear", "on_error", "on_no_data", "score", "task", "tests",
        ],
        later: [
            "neighbours", "corroborate", "sequence", "absence", "folded_from", "fold", "expire",
            "modes", "inhibit", "extends", "order", "tables", "rollup", "spread",
        ])

    let findings: FindingList
    let limits: WindowLimits

    func read(_ value: YAMLValue) -> RuleDraft? {
        guard let section = value.section(RuleReader.schema), let id = readId(section) else {
            return nil
        }
        var rule = RuleDraft(id: id)
        readIdentity(section, &rule)
        rule.kinds = readMatch(section)
        rule.filter = section["where"]?.source()
        let windows = WindowReader(findings: findings, limits: limits)
        rule.windows = windows.read(section["windows"])
        readStates(section, &rule)
        rule.key = readKey(section, rule)
        rule.scores = ScoreReader(findings: findings).read(section["score"], rule: id.value)
        rule.task = section["task"].flatMap { TaskReader(findings: findings).read($0) }
        rule.tests = section["tests"]
        checkEffect(rule)
        return rule
    }

    private func readId(_ section: Section) -> Marked<String>? {
        guard let id = section.require("id")?.text() else { return nil }
        if !Names.isDotted(id.value) {
            findings.error(
                .ruleId, "`\(id.value)` is not a rule id", at: id.spot,
                hint: "dotted lower case such as `gas.leak`")
        }
        return id
    }

    private func readIdentity(_ section: Section, _ rule: inout RuleDraft) {
        rule.title = section.require("title")?.text()?.value ?? ""
        rule.why = section["why"]?.text()?.value
        rule.status =
            section.require("status")?.word([
                "draft": .draft, "shadow": .shadow, "active": .active, "retired": .retired,
            ]) ?? .draft
        rule.revision = Int(section.require("revision")?.integer(1...1_000_000) ?? 1)
        for label in section["labels"]?.pairs() ?? [] {
            rule.labels[label.key.value] = label.value.source()?.value
        }
    }

    private func readMatch(_ section: Section) -> [Marked<String>] {
        let schema = Schema(
            ["kind"], later: ["source", "severity", "state", "status", "urgency", "unit", "cell"])
        guard let match = section.require("match")?.section(schema),
            let kind = match.require("kind")
        else { return [] }
        let kinds = kind.itemsOrSelf().compactMap { $0.text() }
        if kind.isList, kinds.isEmpty { kind.error(.yamlEmpty, "`kind` names no kind") }
        return kinds
    }

    private func readStates(_ section: Section, _ rule: inout RuleDraft) {
        rule.raise = readHeld(section["raise"])
        rule.clear = readHeld(section["clear"])
        for policy in ["on_error", "on_no_data"] { readPolicy(section[policy]) }
        if let clear = section["clear"], section["raise"] == nil {
            clear.error(.ruleState, "`clear` without `raise` has nothing to end")
        }
    }

    private func readHeld(_ value: YAMLValue?) -> HeldDraft? {
        guard let section = value?.section(Schema(["when", "hold"])),
            let when = section.require("when")?.source()
        else { return nil }
        let hold = section["hold"]?.duration(.zero...(.hours(24))) ?? .zero
        return HeldDraft(when: when, hold: hold)
    }

    /// Only the default, `hold`, exists so far.
    private func readPolicy(_ value: YAMLValue?) {
        guard let value, let word = value.source()?.value, word != "hold" else { return }
        if ["clear", "raise"].contains(word) {
            value.error(
                .ruleNotYet,
                "\(value.name) `\(word)` is part of the rule language but not of this version",
                hint: "only `hold`, the default, exists so far")
        } else {
            value.error(.yamlWord, "\(value.name) can't be `\(word)`", hint: "`hold`")
        }
    }

    /// What state is kept by; the cell where a rule keeps none.
    private func readKey(_ section: Section, _ rule: RuleDraft) -> [RuleSlot] {
        guard let by = section["by"] else {
            if !rule.windows.isEmpty || rule.raise != nil {
                section.value.error(
                    .yamlMissingKey,
                    "the key `by` is missing: a rule with windows or `raise` keeps state",
                    hint: "by: [alert.cell]")
            }
            return [.alertCell]
        }
        return KeyReader(findings: findings).read(by)
    }

    private func checkEffect(_ rule: RuleDraft) {
        if rule.scores.isEmpty, let task = rule.task {
            findings.error(
                .taskScore, "a rule that opens a task needs a score: its cell and category rank it",
                at: task.spot)
        } else if rule.scores.isEmpty {
            findings.error(
                .ruleEffect, "rule `\(rule.id.value)` adds no score and opens no task",
                at: rule.id.spot)
        }
        if let task = rule.task, task.closesOnClear, rule.raise == nil {
            findings.error(
                .taskClose, "`close_on: clear` needs a rule with `raise` and `clear`", at: task.spot
            )
        }
    }
}
