import Domain
import Scoring

/// Reads one rule of a file.
struct RuleReader {
    let findings: FindingList
    let limits: WindowLimits
    let params: [Param]

    func read(_ value: YAMLValue) -> RuleDraft? {
        guard let section = value.section(.rule), let id = readId(section) else { return nil }
        var rule = RuleDraft(id: id)
        readIdentity(section, &rule)
        rule.filter = section["where"]?.source()
        rule.windows = WindowReader(findings: findings, limits: limits).read(section["windows"])
        rule.neighbours = NeighbourReader(findings: findings).read(section["neighbours"])
        let patterns = PatternReader(findings: findings)
        rule.corroboration = patterns.readCorroboration(section["corroborate"])
        rule.sequence = patterns.readSequence(section["sequence"])
        rule.absence = patterns.readAbsence(section["absence"])
        StateReader(findings: findings).read(section, &rule)
        readMatch(section, &rule)
        rule.key = readKey(section, rule)
        rule.scores = ScoreReader(findings: findings).read(section["score"], rule: id.value)
        rule.task = section["task"].flatMap { TaskReader(findings: findings).read($0) }
        rule.modes = ModeReader(findings: findings, params: params).read(section["modes"], rule)
        rule.tests = section["tests"]
        checkTask(rule)
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
        rule.status = section.require("status")?.word(Vocabulary.statuses) ?? .draft
        rule.revision = Int(section.require("revision")?.integer(1...1_000_000) ?? 1)
        for label in section["labels"]?.pairs() ?? [] {
            rule.labels[label.key.value] = label.value.source()?.value
        }
    }

    /// A sequence may leave `match` to its steps; what is folded has no alerts of its own.
    private func readMatch(_ section: Section, _ rule: inout RuleDraft) {
        if let match = section["match"]?.section(.match) {
            (rule.kinds, rule.words) = MatchReader(findings: findings).read(match)
            if match["kind"] == nil, rule.sequence == nil { _ = match.require("kind") }
            if !rule.foldedFrom.isEmpty {
                match.value.error(
                    .ruleState, "what is folded into the rule is all it takes: it has no `match`")
            }
        } else if rule.sequence == nil, rule.foldedFrom.isEmpty, section["match"] == nil {
            _ = section.require("match")
        }
        if let sequence = rule.sequence, rule.kinds.isEmpty { takeKinds(of: sequence, &rule) }
    }

    private func takeKinds(of sequence: SequenceDraft, _ rule: inout RuleDraft) {
        for step in sequence.steps {
            if step.kinds.isEmpty {
                findings.error(
                    .sequenceStep, "the step `\(step.name.value)` says no kind, nor does the rule",
                    at: step.name.spot, hint: "match: {kind: …} in the step or in the rule")
            }
            for kind in step.kinds where !rule.kinds.contains(where: { $0.value == kind.value }) {
                rule.kinds.append(kind)
            }
        }
    }

    /// What state is kept by; the cell where a rule keeps none.
    private func readKey(_ section: Section, _ rule: RuleDraft) -> [Marked<String>] {
        guard let by = section["by"] else {
            if !rule.windows.isEmpty || !rule.isPulse || rule.corroboration != nil {
                section.value.error(
                    .yamlMissingKey,
                    "the key `by` is missing: a rule with windows or a state keeps something",
                    hint: "by: [alert.cell]")
            }
            return [Marked("alert.cell", rule.id.spot)]
        }
        return KeyReader(findings: findings).read(by)
    }

    private func checkTask(_ rule: RuleDraft) {
        guard let task = rule.task else { return }
        if rule.scores.isEmpty {
            findings.error(
                .taskScore, "a rule that opens a task needs a score: its cell and category rank it",
                at: task.spot)
        }
        let ends =
            rule.raise != nil || rule.absence != nil || !rule.foldedFrom.isEmpty
            || rule.clear != nil || rule.expire != nil
        if task.closesOnClear, !ends {
            findings.error(
                .taskClose,
                "`close_on: clear` needs a rule that clears: "
                    + "`raise` and `clear`, `absence`, or `expire`", at: task.spot)
        }
    }
}
