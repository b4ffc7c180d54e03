public import Domain
public import Scoring

/// What to do when an alert belongs to a task that is already open.
public enum RepeatPolicy: UInt8, Sendable, BitwiseCopyable {
    case update, ignore, new
}

/// A part of a title: literal text, or the value of an expression.
public struct TemplatePiece: Sendable, BitwiseCopyable {
    /// Index into `TaskTable.texts`, or -1 for an expression.
    public var text: Int32
    public var expression: Condition
    /// Decimals for a double; -1 writes as many as needed, three at most.
    public var decimals: Int8
    /// Index into `TaskTable.texts` of what stands between the elements of a list; -1 for others.
    public var separator: Int32 = -1

    public init(text: Int) {
        self.text = Int32(truncatingIfNeeded: text)
        expression = .none
        decimals = -1
    }
    public init(expression: Condition, decimals: Int = -1) {
        text = -1
        self.expression = expression
        self.decimals = Int8(truncatingIfNeeded: decimals)
    }
}

/// What a rule file says about the task a rule opens.
public struct TaskPlan: Sendable, BitwiseCopyable {
    public static let keyPartsMax = 4
    /// The most repeats that can be asked for before a task escalates.
    public static let escalateRepeatsMax = 16

    public var rule: RuleID
    public var category: Category
    /// Indices into `TaskTable.texts`.
    public var kind = 0
    public var department = 0
    public var level = 0
    /// Range in `TaskTable.pieces`.
    public var firstPiece = 0
    public var pieceCount = 0
    /// nil: from the warning level of the cell's category.
    public var severity: Severity?
    /// nil: from the confidence of the evidence.
    public var certainty: Certainty?
    public var urgency = Urgency.expected
    /// nil: from the catalog's matrix.
    public var priority: Priority?
    public var acceptWithin: Interval?
    public var arriveWithin: Interval?
    public var resolveWithin: Interval?
    /// Slots whose values identify the task together with the rule; `RuleSlot` raw values.
    public var key: [4 of UInt8] = .init(repeating: 0)
    public var keyCount = 0
    /// Range in `TaskTable.pieces` of the note below the title.
    public var firstNote = 0
    public var noteCount = 0
    /// Index into `TaskTable.texts` of the CAP category; -1: none is said.
    public var cap = -1
    /// Index into `TaskTable.texts` of the CAP responses, separated by commas; -1: none are said.
    public var responses = -1
    /// Index into `TaskTable.texts` of who answers when the department does not; -1: nobody.
    public var fallback = -1
    /// An open task is told of again after so long without a change; zero: never.
    public var remind = Interval.zero
    /// So many repeats within `escalateWithin` raise the priority to `escalateTo`; 0: never.
    public var escalateRepeats = 0
    public var escalateWithin = Interval.zero
    public var escalateTo = Priority.p1
    /// What to do with a repeat.
    public var repeats = RepeatPolicy.update
    /// How long after closing a repeat reopens the same task; zero: never.
    public var reopenWithin = Interval.zero
    public var closesOnClear = false

    public init(rule: RuleID, category: Category) {
        self.rule = rule
        self.category = category
    }
}

/// One row of the priority matrix: the first row that fits gives the priority.
public struct PriorityRow: Sendable, BitwiseCopyable {
    /// Bit `rawValue` set: that severity fits. All bits set: any does.
    public var severities: UInt8 = 0xFF
    public var urgencies: UInt8 = 0xFF
    public var certainties: UInt8 = 0xFF
    public var priority: Priority

    public init(_ priority: Priority) { self.priority = priority }

    @_noAllocation @_noLocks
    func fits(_ severity: Severity, _ urgency: Urgency, _ certainty: Certainty) -> Bool {
        (severities >> severity.rawValue) & (urgencies >> urgency.rawValue)
            & (certainties >> certainty.rawValue) & 1 == 1
    }
}

/// Everything the rule files and the catalog say about tasks, compiled and immutable.
public struct TaskTable: ~Copyable, Sendable {
    public let plans: Table<TaskPlan>
    public let planCount: Int
    public let pieces: Table<TemplatePiece>
    public let texts: TextList
    public let matrix: Table<PriorityRow>
    public let matrixCount: Int
    /// Confidence from which a certainty holds, in the order observed, likely, possible.
    public let certainty: CertaintyScale
    public let inhibits: Table<InhibitPlan>
    public let inhibitCount: Int
    /// The slots whose values any of the inhibits compares, each once.
    public let sameSlots: Table<UInt8>
    public let sameSlotCount: Int
    public let policy: TaskPolicy
    /// `policy.verifyWithin`, and by how many steps an exposed cell's tasks are more urgent.
    let verifyWithin: Interval
    let exposureRaise: UInt8

    /// Slots that all inhibits together may compare.
    public static let sameSlotsMax = 16

    public init(
        plans: [TaskPlan], pieces: [TemplatePiece], texts: [String],
        matrix: [PriorityRow], certainty: CertaintyScale, inhibits: [InhibitPlan] = [],
        policy: TaskPolicy = TaskPolicy()
    ) {
        self.policy = policy
        verifyWithin = policy.verifyWithin
        exposureRaise = policy.exposure?.raise ?? 0
        self.inhibits = Table(copying: inhibits)
        inhibitCount = inhibits.count
        let same = TaskTable.slots(of: inhibits)
        sameSlots = Table(copying: same)
        sameSlotCount = same.count
        self.plans = Table(copying: plans)
        self.pieces = Table(copying: pieces)
        self.matrix = Table(copying: matrix)
        planCount = plans.count
        matrixCount = matrix.count
        self.texts = TextList(texts)
        self.certainty = certainty
    }

    private static func slots(of inhibits: [InhibitPlan]) -> [UInt8] {
        var slots: [UInt8] = []
        for plan in inhibits {
            for place in 0..<plan.sameCount where !slots.contains(plan.same[place]) {
                slots.append(plan.same[place])
            }
        }
        precondition(slots.count <= sameSlotsMax, "inhibits compare more than 16 different names")
        return slots
    }

    /// The first row of the matrix that fits, from 0; -1 when none does.
    @_noAllocation @_noLocks
    public func row(_ severity: Severity, _ urgency: Urgency, _ certainty: Certainty) -> Int {
        var row = 0
        while row < matrixCount {
            if matrix[row].fits(severity, urgency, certainty) { return row }
            row += 1
        }
        return -1
    }

    /// The priority of a row; P5 when no row fitted.
    @_noAllocation @_noLocks
    public func priority(row: Int) -> Priority { row < 0 ? .p5 : matrix[row].priority }
}

/// Confidence to CAP certainty.
public struct CertaintyScale: Sendable, BitwiseCopyable {
    public var observed = 0.90
    public var likely = 0.50
    public var possible = 0.05

    public init() {}

    @_noAllocation @_noLocks
    public func certainty(of confidence: Double) -> Certainty {
        if confidence >= observed { return .observed }
        if confidence >= likely { return .likely }
        if confidence >= possible { return .possible }
        return confidence >= 0 ? .unlikely : .unknown
    }
}
