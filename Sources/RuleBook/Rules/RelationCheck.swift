import Domain
import Scoring

/// Holds rules against the catalog and against one another: ids, kinds, tasks, modes, folding.
struct RelationCheck {
    private let drafts: RuleDrafts
    private let findings: FindingList
    private var catalog: Catalog { drafts.catalog }

    init(_ drafts: RuleDrafts, _ findings: FindingList) {
        self.drafts = drafts
        self.findings = findings
    }

    func check() {
        checkIds()
        for rule in drafts.rules {
            checkKinds(rule)
            checkTask(rule)
            checkModes(rule)
            checkFold(rule)
            checkEffect(rule)
        }
        for file in drafts.files { checkDefines(file) }
        checkFoldCycles()
        checkInhibits()
    }

    /// A named condition may name others, but not itself, by whatever way.
    private func checkDefines(_ file: RuleFileDraft) {
        var named: [String: [String]] = [:]
        for define in file.defines {
            named[define.name.value] = CanonicalForm.names(
                after: "define.", in: define.source.value
            )
            .sorted()
        }
        for define in file.defines where Cycle.from(define.name.value, { named[$0] ?? [] }) {
            findings.error(
                .ruleCycle, "`define.\(define.name.value)` is made of itself",
                at: define.name.spot)
        }
    }

    /// A rule id is for ever: also a draft's and a retired rule's.
    private func checkIds() {
        var known: [String: Place] = [:]
        for rule in drafts.rules {
            if let first = known[rule.id.value] {
                findings.error(
                    .ruleDuplicateId, "the rule id `\(rule.id.value)` is taken", at: rule.id.spot,
                    hint: "by the rule at \(first.file):\(first.line)")
            } else {
                known[rule.id.value] = rule.id.spot.place
            }
        }
    }

    private func checkKinds(_ rule: RuleDraft) {
        var categories: Set<Category> = []
        for kind in rule.kinds {
            if let index = catalog.kind(kind.value) {
                categories.formUnion(catalog.kinds[index].categories)
            } else {
                reportKind(kind)
            }
        }
        for step in rule.sequence?.steps ?? [] { checkKinds(step, rule) }
        for score in rule.scores where !categories.isEmpty && !categories.contains(score.category) {
            findings.error(
                .scoreCategory,
                "none of the rule's kinds counts toward `\(score.category.word)`",
                at: score.categorySpot,
                hint: "the catalog says which categories a kind counts toward")
        }
    }

    private func reportKind(_ kind: Marked<String>) {
        findings.error(
            .ruleKind, "the kind `\(kind.value)` is not in the catalog", at: kind.spot,
            hint: Likeness.hint(for: kind.value, among: catalog.kinds.map(\.name)))
    }

    /// A step whose kinds the rule is never asked about never comes.
    private func checkKinds(_ step: StepDraft, _ rule: RuleDraft) {
        for kind in step.kinds where !rule.kinds.contains(where: { $0.value == kind.value }) {
            if catalog.kind(kind.value) == nil {
                reportKind(kind)
            } else {
                findings.error(
                    .sequenceStep,
                    "the rule's `match` leaves out `\(kind.value)`: the step "
                        + "`\(step.name.value)` never sees it", at: kind.spot)
            }
        }
    }

    private func checkTask(_ rule: RuleDraft) {
        guard let task = rule.task, catalog.responsibility(task.kind.value) == nil else { return }
        findings.error(
            .taskKind, "the task kind `\(task.kind.value)` is not on the responsibility list",
            at: task.kind.spot,
            hint: Likeness.hint(
                for: task.kind.value, among: catalog.responsibilities.map(\.taskKind)))
    }

    private func checkModes(_ rule: RuleDraft) {
        for override in rule.modes
        where !catalog.modeNames.dropFirst().contains(override.mode.value) {
            findings.error(
                .ruleMode,
                override.mode.value == "normal"
                    ? "the normal mode is what the rule says: it has no overrides"
                    : "the catalog has no mode `\(override.mode.value)`", at: override.mode.spot,
                hint: Likeness.hint(
                    for: override.mode.value, among: Array(catalog.modeNames.dropFirst())))
        }
    }

    /// Folding is said on both sides, so that a reader of either rule knows.
    private func checkFold(_ rule: RuleDraft) {
        if let into = rule.absence?.fold?.into {
            if let target = known(into) {
                if !target.foldedFrom.contains(where: { $0.value == rule.id.value }) {
                    findings.error(
                        .foldTarget, "`\(into.value)` does not say that this folds into it",
                        at: into.spot, hint: "folded_from: [\(rule.id.value)] in that rule")
                }
            }
        }
        for source in rule.foldedFrom {
            guard let origin = known(source) else { continue }
            if origin.absence?.fold?.into.value != rule.id.value {
                findings.error(
                    .foldTarget, "`\(source.value)` does not fold into this rule", at: source.spot,
                    hint: "fold: {by: …, share: 0.5, least: 4, into: \(rule.id.value)} "
                        + "in its `absence`")
            }
        }
    }

    private func known(_ id: Marked<String>) -> RuleDraft? {
        if let rule = drafts.rule(id.value) { return rule }
        findings.error(
            .ruleReference, "there is no rule `\(id.value)`", at: id.spot,
            hint: Likeness.hint(for: id.value, among: drafts.rules.map(\.id.value)))
        return nil
    }

    private func checkFoldCycles() {
        var next: [String: String] = [:]
        for rule in drafts.rules { next[rule.id.value] = rule.absence?.fold?.into.value }
        for rule in drafts.rules {
            guard let into = rule.absence?.fold?.into else { continue }
            if Cycle.from(rule.id.value, { next[$0].map { [$0] } ?? [] }) {
                findings.error(.ruleCycle, "the rule folds into itself", at: into.spot)
            }
        }
    }

    /// A rule must add a score, open a task, or be what another waits for.
    private func checkEffect(_ rule: RuleDraft) {
        let isAsked =
            drafts.inhibits.contains { $0.source.value == rule.id.value }
            || rule.absence?.fold != nil
        guard rule.scores.isEmpty, rule.task == nil, !isAsked else { return }
        findings.error(
            .ruleEffect, "rule `\(rule.id.value)` adds no score and opens no task", at: rule.id.spot
        )
    }

    private func checkInhibits() {
        var (muted, ids): ([String: [String]], Set<String>) = ([:], [])
        for inhibit in drafts.inhibits {
            if !ids.insert(inhibit.id.value).inserted {
                findings.error(
                    .ruleDuplicateId, "the inhibition `\(inhibit.id.value)` is there twice",
                    at: inhibit.id.spot)
            }
            let source = known(inhibit.source)
            if let source, source.isNeverActive {
                findings.error(
                    .inhibitTarget, "`\(source.id.value)` is a pulse: it is never active",
                    at: inhibit.source.spot)
            }
            guard let target = inhibit.target else { continue }
            if let rule = known(target), rule.task == nil {
                findings.error(
                    .inhibitTarget, "`\(target.value)` opens no task to withhold", at: target.spot)
            }
            muted[inhibit.source.value, default: []].append(target.value)
        }
        for inhibit in drafts.inhibits where inhibit.target != nil {
            if Cycle.from(inhibit.source.value, { muted[$0] ?? [] }) {
                findings.error(
                    .ruleCycle, "rules that withhold each other's tasks would withhold both",
                    at: inhibit.source.spot)
            }
        }
    }
}

/// Whether a way leads back to where it began.
enum Cycle {
    static func from(_ start: String, _ next: (String) -> [String]) -> Bool {
        var (waiting, seen): ([String], Set<String>) = (next(start), [])
        while let name = waiting.popLast() {
            if name == start { return true }
            if seen.insert(name).inserted { waiting += next(name) }
        }
        return false
    }
}
