import CEL
import Domain
import Scoring
import Tasking

// What a rule does: scores and tasks, also of rules that are gone.
extension RuleSetCompiler {
    mutating func compileScores(_ rule: RuleDraft, _ scope: Scope, _ plan: inout RulePlan) {
        let first = scores.count
        for (index, draft) in rule.scores.prefix(RulePlan.scoresMax).enumerated() {
            let name = "score.\(draft.category.word)"
            var score = ScorePlan(
                rule: plan.id,
                identity: StableName.hash("\(rule.id.value)|\(draft.category.word)|\(index)"),
                category: draft.category,
                points: conditions.compile(
                    draft.points, .number, in: scope, part: "\(name).points"),
                confidence: conditions.compile(
                    draft.confidence, .number, in: scope, part: "\(name).confidence"),
                halfLife: draft.halfLife, group: StableName.hash(draft.group))
            score.spread = draft.spread
            scores.append(score)
        }
        (plan.firstScore, plan.scoreCount) = (first, scores.count - first)
    }

    mutating func compileTask(
        _ rule: RuleDraft, _ id: RuleID, _ scope: Scope
    ) -> CompiledTask? {
        guard let draft = rule.task, let score = rule.scores.first else { return nil }
        var task = CompiledTask(
            plan: TaskPlan(draft, rule: id, category: score.category), kind: draft.kind.value)
        if let owner = drafts.catalog.responsibility(draft.kind.value) {
            (task.department, task.level) = (owner.department, owner.level)
            task.fallback = owner.fallback
        }
        task.cap = draft.cap?.rawValue
        task.responses = draft.responses
        var keys = KeyCompiler(names: drafts.names, findings: findings)
        keys.isFoldTarget = !rule.foldedFrom.isEmpty
        keys.steps = rule.sequence?.captures ?? []
        let fallback = rule.foldedFrom.isEmpty ? "alert.cell" : "fold.key"
        let slots = keys.slots(draft.key ?? [Marked(fallback, draft.spot)])
        (task.plan.key, task.plan.keyCount) = (slots.keyParts, slots.count)
        task.title = pieces(draft.title, scope, "task.title")
        if let note = draft.note { task.note = pieces(note, scope, "task.note") }
        return task
    }

    private mutating func pieces(
        _ text: Marked<String>, _ scope: Scope, _ part: String
    ) -> [CompiledTask.Piece] {
        var pieces: [CompiledTask.Piece] = []
        for piece in Template(text, findings).pieces {
            switch piece {
            case .text(let words): pieces.append(.text(words))
            case .expression(let inner):
                let condition = conditions.compile(
                    inner.source, at: inner.offset, of: text,
                    inner.separator == nil ? .text : .list, in: scope, part: part)
                pieces.append(
                    .expression(
                        condition, decimals: inner.decimals ?? -1, separator: inner.separator))
            }
        }
        return pieces
    }

    /// Rules that ran before and run no more: they take nothing, but what they did can be quoted.
    mutating func addGone(_ before: [RuleFact]) {
        for fact in before where numbers[fact.id] == nil {
            guard !gone.contains(where: { $0.id == fact.id }) else { continue }
            var plan = RulePlan(id: RuleID(plans[0].count))
            plan.isRetired = true
            (plan.hash, plan.stateHash) = (fact.hash, fact.stateHash)
            (plan.firstScore, plan.scoreCount) = (scores.count, fact.scores.count)
            scores += fact.scores.map { ScorePlan($0, rule: plan.id) }
            if let task = fact.task {
                plan.task = tasks.add(CompiledTask(task, title: fact.title, rule: plan.id))
            }
            for mode in plans.indices { plans[mode].append(plan) }
            var retired = fact
            retired.status = .retired
            gone.append(retired)
        }
    }
}

/// 32 bits of a name that are the same in every process; 0xFFFFFFFF is the group of what spreads.
enum StableName {
    static func hash(_ name: String) -> UInt32 { UInt32(truncatingIfNeeded: wide(name) >> 33) }

    /// All 64 bits.
    static func wide(_ name: String) -> UInt64 {
        var hash = StableHash()
        let utf8 = Array(name.utf8)
        hash.combine(utf8.span, 0, utf8.count)
        return hash.value
    }
}

extension ScorePlan {
    /// A score of a rule that is gone: what it added falls, and nothing is added.
    init(_ fact: ScoreFact, rule: RuleID) {
        self.init(
            rule: rule, identity: fact.identity, category: fact.category, points: .none,
            confidence: .none, halfLife: fact.halfLife, group: fact.group)
    }
}

extension ScoreFact {
    init(_ plan: ScorePlan) {
        identity = plan.identity
        category = plan.category
        group = plan.group
        halfLife = plan.halfLife
    }
}
