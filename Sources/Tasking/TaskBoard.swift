public import Domain
public import Scoring

/// The open and lately closed tasks, and the decisions about them.
///
/// At most one revision of a task is told in ten seconds, unless its priority, warning or life
/// changed: what joins meanwhile is told with the next revision, so a flood of repeats does not
/// become a flood of revisions, and the last state is always told.
///
/// **Owner**: the engine.
public struct TaskBoard: ~Copyable, Sendable {
    /// Tasks on the board, open and lately closed: ten times a busy day of a large city.
    public static var capacity: Int { 65_536 }
    static var tellingInterval: Interval { Interval(nanoseconds: 10_000_000_000) }

    public let table: TaskTable
    public var recent = RecentAlerts()
    var scratch = ByteBuffer(capacity: 4096)
    var index: KeyIndex
    var states: Table<TaskState>
    var used = 0
    /// Closed tasks in the order of closing: the oldest makes room for a new one.
    var closed: Table<UInt32>
    var closedHead = 0
    var closedCount = 0
    public internal(set) var openCount = 0
    /// The number of the first owner in the timer queue that stands for a task.
    let firstTimer: Int

    public init(_ table: consuming TaskTable, firstTimer: Int) {
        self.table = table
        self.firstTimer = firstTimer
        index = KeyIndex(capacity: TaskBoard.capacity)
        states = Table(capacity: TaskBoard.capacity)
        closed = Table(capacity: TaskBoard.capacity)
    }

    /// Decides what a hit means for its rule's task, and which task that is (-1: none).
    @_noAllocation @_noLocks
    public mutating func decide(
        _ hit: RuleHit, _ facts: Facts, rules: inout RuleMatcher, board: borrowing ScoreBoard,
        sources: borrowing NameTable, timers: inout TimerQueue
    ) -> (decision: Decision, task: Int) {
        let planIndex = rules.plan(hit.rule).task
        guard planIndex >= 0 else { return (.none, -1) }
        rules.restore(hit)
        let plan = table.plans[planIndex]
        let hash = rules.stableHash(of: plan.key, plan.keyCount, hit.rule)
        let task = index.find(hash)
        if hit.transition.isEnd { return clear(task, plan, hit, &timers) }
        let judged = judge(plan, hit, facts, board)
        if task >= 0 {
            if states[task].isOpen && plan.repeats != .new {
                return join(task, plan, hit, (judged, facts), &timers)
            }
            if !states[task].isOpen && hit.time - states[task].closedAt <= plan.reopenWithin {
                return reopen(task, hit, judged, facts)
            }
        }
        if plan.severity == nil && judged.warning == .none { return (.belowThreshold, -1) }
        let opened = open(task, (planIndex, hash), hit, judged.warning)
        guard opened >= 0 else { return (.full, -1) }
        gather(opened, hit, facts, rules)
        identify(opened, sources: sources)
        renderTitle(opened, plan, rules)
        adopt(opened, judged, facts)
        tell(opened, at: hit.time)
        return (.opened, opened)
    }

    /// Tells what joined a task since its last revision: the task's timer is due.
    @_noAllocation @_noLocks
    public mutating func flush(_ task: Int, at now: Timestamp) -> Decision {
        guard states[task].isOpen, states[task].hasNews else { return .none }
        tell(task, at: now)
        return .updated
    }
}

/// What is known of the evidence behind a hit.
public struct Facts: Sendable, BitwiseCopyable {
    /// **Range**: 0 to 1; NaN when the evidence came without.
    public var confidence: Double
    public var status: AlertStatus
    public var position: Position?
    /// Journal position of the alert; 0 at a timer.
    public var sequence: UInt64

    @_noAllocation @_noLocks
    public init(confidence: Double, status: AlertStatus, position: Position?, sequence: UInt64) {
        self.confidence = confidence
        self.status = status
        self.position = position
        self.sequence = sequence
    }
}
