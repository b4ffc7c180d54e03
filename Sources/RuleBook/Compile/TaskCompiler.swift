import Domain
import Scoring
import Tasking

/// A rule's task, compiled but not yet in the table.
struct CompiledTask {
    enum Piece {
        case text(String)
        case expression(Condition, decimals: Int)
    }

    var plan: TaskPlan
    var kind: String
    var department: String
    var level: String
    var title: [Piece] = []
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
        plan.firstPiece = pieces.count
        plan.pieceCount = task.title.count
        for piece in task.title {
            switch piece {
            case .text(let words): pieces.append(TemplatePiece(text: text(words)))
            case .expression(let condition, let decimals):
                pieces.append(TemplatePiece(expression: condition, decimals: decimals))
            }
        }
        plans.append(plan)
        return plans.count - 1
    }

    private mutating func text(_ words: String) -> Int {
        if let known = texts.firstIndex(of: words) { return known }
        texts.append(words)
        return texts.count - 1
    }

    func table(_ catalog: Catalog) -> TaskTable {
        TaskTable(
            plans: plans, pieces: pieces, texts: texts, matrix: catalog.priority,
            certainty: catalog.certainty)
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
        for (index, slot) in draft.key.prefix(TaskPlan.keyPartsMax).enumerated() {
            key[index] = slot.rawValue
            keyCount = index + 1
        }
        repeats = draft.repeats
        reopenWithin = draft.reopen
        closesOnClear = draft.closesOnClear
    }
}
