import Domain
import Scoring
import Tasking

/// A rule's task, compiled but not yet in the table.
struct CompiledTask {
    enum Piece {
        case text(String)
        case expression(Condition, decimals: Int, separator: String?)
    }

    var plan: TaskPlan
    var kind: String
    var department = ""
    var level = ""
    var fallback: String?
    var cap: String?
    var responses: [String] = []
    var title: [Piece] = []
    var note: [Piece] = []

    init(plan: TaskPlan, kind: String) {
        self.plan = plan
        self.kind = kind
    }

    /// The task of a rule that is gone: for what it opened, and to open no more.
    init(_ fact: TaskFact, title: String, rule: RuleID) {
        plan = TaskPlan(rule: rule, category: fact.category)
        kind = fact.kind
        (department, level) = (fact.department, fact.level)
        self.title = [.text(title)]
    }
}

/// Gathers tasks into the table's flat lists.
struct TaskCompiler {
    private var plans: [TaskPlan] = []
    private var pieces: [TemplatePiece] = []
    private var texts: [String] = []

    /// The task's place in the table.
    mutating func add(_ task: CompiledTask) -> Int {
        var plan = task.plan
        plan.kind = text(task.kind)
        plan.department = text(task.department)
        plan.level = text(task.level)
        if let fallback = task.fallback { plan.fallback = text(fallback) }
        if let cap = task.cap { plan.cap = text(cap) }
        if !task.responses.isEmpty {
            plan.responses = text(task.responses.joined(separator: ","))
        }
        (plan.firstPiece, plan.pieceCount) = add(task.title)
        (plan.firstNote, plan.noteCount) = add(task.note)
        plans.append(plan)
        return plans.count - 1
    }

    private mutating func add(_ parts: [CompiledTask.Piece]) -> (first: Int, count: Int) {
        let first = pieces.count
        for part in parts {
            switch part {
            case .text(let words): pieces.append(TemplatePiece(text: text(words)))
            case .expression(let condition, let decimals, let separator):
                var piece = TemplatePiece(expression: condition, decimals: decimals)
                if let separator { piece.separator = Int32(text(separator)) }
                pieces.append(piece)
            }
        }
        return (first, parts.count)
    }

    mutating func text(_ words: String) -> Int {
        if let known = texts.firstIndex(of: words) { return known }
        texts.append(words)
        return texts.count - 1
    }

    func table(_ catalog: Catalog, _ inhibits: [InhibitPlan]) -> TaskTable {
        TaskTable(
            plans: plans, pieces: pieces, texts: texts, matrix: catalog.priority,
            certainty: catalog.certainty, inhibits: inhibits, policy: catalog.policy)
    }
}

extension TaskPlan {
    init(_ draft: TaskDraft, rule: RuleID, category: Category) {
        self.init(rule: rule, category: category)
        severity = draft.severity
        certainty = draft.certainty
        urgency = draft.urgency
        priority = draft.priority
        acceptWithin = draft.accept
        arriveWithin = draft.arrive
        resolveWithin = draft.resolve
        repeats = draft.repeats
        remind = draft.remind
        if let escalate = draft.escalate {
            escalateRepeats = escalate.repeats
            escalateWithin = escalate.within
            escalateTo = escalate.to
        }
        reopenWithin = draft.reopen
        closesOnClear = draft.closesOnClear
    }
}
