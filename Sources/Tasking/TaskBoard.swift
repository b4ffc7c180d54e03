public import Domain
public import Scoring

/// The open and lately closed tasks, and the decisions about them.
///
/// At most one revision of a task is told in ten seconds, unless its priority, warning or life
/// changed: what joins meanwhile is told with the next revision, so a flood of repeats does not
/// become a flood of revisions, and the last state is always told. Tasks that an inhibit or a
/// silence withholds live on the board like others, and are told when it ends.
///
/// **Owner**: the engine.
public struct TaskBoard: ~Copyable, Sendable {
    /// Tasks on the board, open and lately closed: ten times a busy day of a large city.
    public static var capacity: Int { 65_536 }
    static var tellingInterval: Interval { Interval(nanoseconds: 10_000_000_000) }

    public internal(set) var table: TaskTable
    public var recent = RecentAlerts()
    public var silences = SilenceTable()
    var scratch = ByteBuffer(capacity: 4096)
    var index: KeyIndex
    /// By the lower half of its incident's id: where a task is.
    var incidents: KeyIndex
    /// What was reported of tasks, by incident. Not on the hot path.
    var reports: [TaskID: TaskReports] = [:]
    var states: Table<TaskState>
    /// By task: what inhibits compare.
    var values: Table<SameValues>
    var used = 0
    /// Closed tasks in the order of closing: the oldest makes room for a new one.
    var closed: Table<UInt32>
    var closedHead = 0
    var closedCount = 0
    public internal(set) var openCount = 0
    var inhibitors = Inhibitors()
    /// Withheld tasks, in no order.
    var held: Table<UInt32>
    var heldCount = 0
    var reviewPlace = 0
    /// Deadlines that passed so far.
    public internal(set) var deadlinesMissed: UInt64 = 0
    /// Something that withholds has begun or ended.
    public internal(set) var needsReview = false
    /// The number of the first owner in the timer queue that stands for a task.
    var firstTimer: Int

    public init(_ table: consuming TaskTable, firstTimer: Int) {
        self.table = table
        self.firstTimer = firstTimer
        index = KeyIndex(capacity: TaskBoard.capacity)
        incidents = KeyIndex(capacity: TaskBoard.capacity)
        states = Table(capacity: TaskBoard.capacity)
        values = Table(capacity: TaskBoard.capacity)
        closed = Table(capacity: TaskBoard.capacity)
        held = Table(capacity: TaskBoard.capacity)
    }

    /// Decides what a hit means for its rule's task, and which task that is (-1: none).
    @_noAllocation @_noLocks
    public mutating func decide(
        _ hit: RuleHit, _ facts: Facts, rules: inout RuleMatcher, board: borrowing ScoreBoard,
        sources: borrowing NameTable, timers: inout TimerQueue
    ) -> (decision: Decision, task: Int) {
        let planIndex = rules.plan(hit.rule).task
        rules.restore(hit)
        guard planIndex >= 0 else {
            noteSource(hit, task: 0, rules, board.tree)
            return (.none, -1)
        }
        let plan = table.plans[planIndex]
        let hash = rules.stableHash(of: plan.key, plan.keyCount, hit.rule)
        noteSource(hit, task: hash, rules, board.tree)
        let task = index.find(hash)
        if hit.transition.isEnd { return clear(task, plan, hit, rules, board, &timers) }
        let judged = judge(plan, (hit.cell, facts.isExposed), certainty(plan, facts), board)
        if task >= 0 {
            if states[task].isOpen && states[task].life.isReopened(by: hit.time) {
                return resume(task, hit, (judged, facts), rules, board, &timers)
            }
            if states[task].isOpen && plan.repeats != .new {
                return join(task, hit, (judged, facts), rules, board, &timers)
            }
            if !states[task].isOpen && hit.time - states[task].closedAt <= plan.reopenWithin {
                return reopen(task, hit, (judged, facts), rules, board, &timers)
            }
        }
        if plan.severity == nil && judged.warning == .none { return (.belowThreshold, -1) }
        let opened = open(task, (planIndex, hash), hit, facts.slaFactor)
        guard opened >= 0 else { return (.full, -1) }
        states[opened].parts = rules.identities(in: plan.key, plan.keyCount)
        gather(opened, hit, facts, rules)
        identify(opened, sources: sources)
        renderTitle(opened, plan, rules)
        renderNote(opened, plan, rules)
        adopt(opened, hit, (judged, facts), rules)
        return conclude(opened, .opened, at: hit.time, rules, board, &timers)
    }

    /// Tells of a task, or puts it on the list of withheld ones.
    @_noAllocation @_noLocks
    mutating func conclude(
        _ task: Int, _ decision: Decision, at now: Timestamp, _ rules: borrowing RuleMatcher,
        _ board: borrowing ScoreBoard, _ timers: inout TimerQueue
    ) -> (decision: Decision, task: Int) {
        let why = withholding(task, at: now, rules, board)
        if why.isSet {
            withhold(task, why, at: now)
            setTimer(task, &timers)
            return (.withheld, task)
        }
        unlist(task)
        let isNew = states[task].revision == 0
        tell(task, at: now)
        setTimer(task, &timers)
        return (isNew ? .opened : decision, task)
    }

    /// Tells what joined a task since its last revision, that a deadline has passed, or the task
    /// again: its timer is due.
    @_noAllocation @_noLocks
    public mutating func flush(
        _ task: Int, at now: Timestamp, rules: borrowing RuleMatcher,
        board: borrowing ScoreBoard, timers: inout TimerQueue
    ) -> Decision {
        guard states[task].isOpen, states[task].withheldPlace == 0 else { return .none }
        if lapse(task, at: now, &timers) { return .closed }
        let isLate = missDeadlines(task, at: now)
        let decision: Decision = isLate || states[task].hasNews ? .updated : .reminded
        return conclude(task, decision, at: now, rules, board, &timers).decision
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
    /// The latest alert's.
    public var kind = KindID(0xFFFF)
    /// What the mode of the cell makes of deadlines.
    public var slaFactor = 1.0
    /// Whether the cell is one where the same event is worse.
    public var isExposed = false

    @_noAllocation @_noLocks
    public init(confidence: Double, status: AlertStatus, position: Position?, sequence: UInt64) {
        self.confidence = confidence
        self.status = status
        self.position = position
        self.sequence = sequence
    }
}
