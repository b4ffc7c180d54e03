import CEL
import Domain
import Scoring

/// What the conditions of one rule see: those that are judged as an alert arrives, and the others.
struct RuleScopes {
    let early: Scope
    let judged: Scope

    init(_ rule: RuleDraft, _ scope: Scope) {
        early = scope
        judged = scope.judged(rule)
    }
}

// What a rule's state is made of.
extension RuleSetCompiler {
    mutating func compileParts(_ rule: RuleDraft, _ scopes: RuleScopes, _ plan: inout RulePlan) {
        let window = compileWindows(rule, scopes.early)
        (plan.firstWindow, plan.windowCount) = (windows.count, window.count)
        windows += window
        let near = rule.neighbours.prefix(RulePlan.neighboursMax).map { neighbour($0, rule) }
        (plan.firstNeighbour, plan.neighbourCount) = (neighbours.count, near.count)
        neighbours += near
        if let draft = rule.corroboration { plan.corroboration = corroboration(draft, scopes) }
        if let draft = rule.sequence { plan.sequence = sequence(draft, scopes.early) }
        if let draft = rule.absence { plan.absence = absence(draft, rule, scopes.early) }
        plan.isFoldTarget = !rule.foldedFrom.isEmpty
    }

    private mutating func compileWindows(_ rule: RuleDraft, _ scope: Scope) -> [WindowPlan] {
        rule.windows.prefix(RulePlan.windowsMax).map { draft in
            let name = "windows.\(draft.name.value)"
            var plan = WindowPlan(draft.function, over: draft.over, pane: draft.pane)
            plan.filter = conditions.compile(
                draft.filter, .truth, in: scope, part: "\(name).where")
            let wanted: Wanted = draft.function == .distinct ? .scalar : .number
            plan.sample = conditions.compile(draft.sample, wanted, in: scope, part: "\(name).of")
            plan.per = draft.per ?? plan.per
            plan.quantile = draft.quantile
            plan.empty = draft.empty ?? 0
            plan.hasEmpty = draft.empty != nil
            return plan
        }
    }

    /// `of` is one of a few names, not a condition: it is read of other cells.
    private func neighbour(_ draft: NeighbourDraft, _ rule: RuleDraft) -> NeighbourPlan {
        var plan = NeighbourPlan(draft.function, rings: draft.rings, source: .score)
        plan.least = draft.least ?? 0
        plan.empty = draft.empty ?? 0
        plan.hasEmpty = draft.empty != nil || draft.least != nil || draft.function == .sum
        if !plan.hasEmpty {
            findings.error(
                .windowEmpty, "`\(draft.name.value)` has no value where no cell is around",
                at: draft.name.spot, hint: "empty: 0.0")
        }
        let parts = draft.of.value.split(separator: ".", maxSplits: 1).map(String.init)
        let category = Vocabulary.categories.first {
            $0.key.replacing("-", with: "_") == parts.last
        }
        switch (parts.first, category?.value) {
        case ("score", let category?): plan.category = category
        case ("warning", let category?):
            plan.source = .warning
            plan.category = category
        case ("w", _):
            plan.source = .window
            plan.window = window(parts.last ?? "", draft, rule)
        default:
            findings.error(
                .neighbourSource, "`\(draft.of.value)` is nothing that cells around have",
                at: draft.of.spot,
                hint: "score.<category>, warning.<category>, or w.<name> of a rule by [alert.cell]")
        }
        return plan
    }

    private func window(_ name: String, _ draft: NeighbourDraft, _ rule: RuleDraft) -> Int {
        guard let index = rule.windows.firstIndex(where: { $0.name.value == name }) else {
            findings.error(
                .celName, "the rule has no window `\(name)`", at: draft.of.spot,
                hint: Likeness.hint(for: name, among: rule.windows.map(\.name.value)))
            return 0
        }
        if rule.key.map(\.value) != ["alert.cell"] {
            findings.error(
                .neighbourSource, "windows of the cells around need a rule kept by the cell alone",
                at: draft.of.spot, hint: "by: [alert.cell]")
        }
        return index
    }

    private mutating func corroboration(_ draft: CorroborationDraft, _ scopes: RuleScopes) -> Int {
        var plan = CorroborationPlan(
            within: draft.within, need: draft.need,
            distinct: conditions.compile(
                draft.distinct, .scalar, in: scopes.early, part: "corroborate.distinct"))
        let kept = draft.witnesses.prefix(CorroborationPlan.witnessesMax)
        (plan.firstWitness, plan.witnessCount) = (witnesses.count, kept.count)
        plan.confidence = draft.confidence
        for (name, when) in kept {
            let condition = conditions.compile(
                when, .truth, in: scopes.early, part: "corroborate.\(name.value)")
            witnesses.append(
                WitnessPlan(when: condition, name: conditions.memory.symbols.slot(name.value)))
        }
        corroborations.append(plan)
        return corroborations.count - 1
    }

    private mutating func sequence(_ draft: SequenceDraft, _ scope: Scope) -> Int {
        var plan = SequencePlan(within: draft.within)
        let kept = draft.steps.prefix(SequencePlan.stepsMax)
        plan.restartsOnLatest = draft.restartsOnLatest
        plan.runs = draft.overlaps ? drafts.catalog.limits.partialMatches : 1
        var (compiled, captured): ([StepPlan], [String]) = ([], [])
        for step in kept {
            let inner = scope.withSteps(captured[...])
            let filter = compileFilter(
                step.filter, step.words, inner, part: "sequence.\(step.name.value)")
            var stepPlan = StepPlan(
                isNot: step.isNot, filter: filter, capture: step.isNot ? -1 : captured.count)
            let kinds = step.kinds.compactMap { drafts.catalog.kind($0.value) }
            (stepPlan.firstKind, stepPlan.kindCount) = (stepKinds.count, kinds.count)
            stepKinds += kinds.map { KindID($0) }
            compiled.append(stepPlan)
            if !step.isNot, captured.count < RuleSlot.stepsMax { captured.append(step.name.value) }
        }
        (plan.firstStep, plan.stepCount) = (steps.count, compiled.count)
        steps += compiled
        sequences.append(plan)
        return sequences.count - 1
    }

    private mutating func absence(
        _ draft: AbsenceDraft, _ rule: RuleDraft, _ scope: Scope
    ) -> Int {
        var plan = AbsencePlan(
            expect: conditions.compile(
                draft.expectCondition, .duration, in: scope, part: "absence.expect"),
            missed: draft.missed, arm: draft.arm)
        plan.settle = draft.settle
        if draft.arm == .roster { plan.roster = roster(draft, rule) }
        if let fold = draft.fold {
            plan.fold = foldPlan(fold, rule)
        }
        absences.append(plan)
        return absences.count - 1
    }

    private func foldPlan(_ fold: FoldDraft, _ rule: RuleDraft) -> FoldPlan? {
        let keys = KeyCompiler(names: drafts.names, findings: findings)
        guard let by = keys.slot(fold.by) else { return nil }
        guard let into = numbers[fold.into.value] else {
            if rule.status.runs, drafts.rule(fold.into.value) != nil {
                findings.warning(
                    .foldTarget, "`\(fold.into.value)` does not run: nothing is folded",
                    at: fold.into.spot)
            }
            return nil
        }
        return FoldPlan(by: by, share: fold.share, least: fold.least, into: into)
    }

    /// The table whose rows are watched: it is joined by what the rule is kept by.
    private mutating func roster(_ draft: AbsenceDraft, _ rule: RuleDraft) -> Int {
        let joined = drafts.catalog.tables.filter { $0.join.value == rule.key.first?.value }
        let read = joined.first { draft.expect.value.contains("\($0.name.value).") }
        guard rule.key.count == 1, let table = read ?? joined.first else {
            findings.error(
                .absenceRoster, "no table of the catalog has a row for each key of the rule",
                at: draft.spot,
                hint: "by: [alert.source] with a table of sources, or arm: first-seen")
            return -1
        }
        return lookups.index(of: table)
    }
}

extension AbsenceDraft {
    /// Whether `expect` is a length of time as rule files write it.
    var isLiteral: Bool { Interval(rule: expect.value) != nil }

    /// `expect` as a condition.
    var expectCondition: Marked<String> {
        guard let literal = Interval(rule: expect.value) else { return expect }
        let seconds = Double(literal.nanoseconds) / 1e9
        return Marked("duration(\"\(seconds)s\")", expect.spot, .block)
    }
}
