public import Domain

/// What one rule adds to one category of one cell.
struct Contribution: BitwiseCopyable {
    /// Next in the category's list, sorted by group and plan; index + 1, 0 ends it.
    var next: UInt32
    var plan: UInt32
    var group: UInt32
    var rule: RuleID
    /// The points at `at`; they fall from there with the half-life.
    var points: MilliPoints
    var at: Timestamp
    var halfLife: Interval
    /// Alerts since the contribution appeared, with their times.
    var alerts: UInt32
    var first: Timestamp
    var last: Timestamp

    @_noAllocation @_noLocks
    func points(at now: Timestamp) -> MilliPoints {
        Decay.decayed(points, after: now - at, halfLife: halfLife)
    }
}

/// The state of one category of one cell.
struct CategoryState: BitwiseCopyable {
    var head: UInt32  // contribution + 1
    var standing: Standing
    /// What the feed was last told.
    var told: Standing
}

/// Evidence on its way into the board.
public struct Evidence: Sendable, BitwiseCopyable {
    public var points: MilliPoints
    public var time: Timestamp

    @_noAllocation @_noLocks
    public init(points: MilliPoints, time: Timestamp) {
        self.points = points
        self.time = time
    }
}

/// The scores of all cells in five categories.
///
/// A rule's contribution is a leaky maximum: it rises at once and falls with its half-life, so
/// repeats of the same evidence don't pump it up. The largest of a group counts; groups combine by
/// noisy-or, `100·(1 − Π(1 − s/100))`. All in whole numbers and in a fixed order: the same bits for
/// any order of arrival.
public struct ScoreBoard: ~Copyable, Sendable {
    var states: Table<CategoryState>
    var pool: Table<Contribution>
    var free: UInt32 = 0
    var used = 0
    let warnings: WarningScale
    /// The number of the first owner in the timer queue that stands for a cell's category.
    let firstTimer: Int
    public private(set) var evicted: UInt64 = 0

    /// Below a tenth of a point a contribution is gone.
    static var floorMilliPoints: Int32 { 100 }
    /// The feed hears of a score when it has moved by a point.
    static var tellingStep: Int32 { 1000 }

    public init(cells: Int, limits: RuleLimits, warnings: WarningScale, firstTimer: Int) {
        states = Table(capacity: max(1, cells) * Category.count)
        pool = Table(capacity: limits.contributions)
        self.warnings = warnings
        self.firstTimer = firstTimer
    }

    @_noAllocation @_noLocks
    func index(_ cell: CellID, _ category: Category) -> Int {
        cell.int * 5 + Int(category.rawValue)
    }

    /// The standing as last committed.
    @_noAllocation @_noLocks
    public func standing(_ cell: CellID, _ category: Category) -> Standing {
        states[index(cell, category)].standing
    }

    /// The CAP severity that goes with a warning level.
    @_noAllocation @_noLocks
    public func severity(of level: WarningLevel) -> Severity {
        warnings.severity[Int(level.rawValue)]
    }

    /// The score as it has decayed by `now`.
    @_noAllocation @_noLocks
    public func score(_ cell: CellID, _ category: Category, at now: Timestamp) -> MilliPoints {
        combined(index(cell, category), at: now)
    }

    /// Takes evidence in; `commit` makes it count.
    @_noAllocation @_noLocks
    public mutating func add(
        _ evidence: Evidence, by plan: ScorePlan, in cell: CellID
    ) {
        let entry = contribution(index(cell, plan.category), plan)
        guard entry >= 0 else {
            evicted &+= 1
            return
        }
        let standing = pool[entry]
        if standing.alerts == 0 { pool[entry].first = evidence.time }
        pool[entry].alerts = standing.alerts &+ 1
        if evidence.time > standing.last { pool[entry].last = evidence.time }
        let at = evidence.time > standing.at ? evidence.time : standing.at
        let fresh = Decay.decayed(
            evidence.points, after: at - evidence.time, halfLife: plan.halfLife)
        let old = standing.points(at: at)
        if fresh.value >= old.value {
            pool[entry].points = fresh
            pool[entry].at = at
        }
    }

    /// Judges a cell's category anew at `now` and sets the timer for its next change by decay.
    ///
    /// Gives the change when the warning level moved or the score has moved by a point since the
    /// last telling.
    @_noAllocation @_noLocks
    public mutating func commit(
        _ cell: CellID, _ category: Category, at now: Timestamp, timers: inout TimerQueue
    ) -> ScoreChange? {
        let state = index(cell, category)
        sweep(state, at: now)
        let score = combined(state, at: now)
        let level = warnings.level(at: score, from: states[state].standing.warning)
        let standing = Standing(score, level)
        states[state].standing = standing
        setTimer(state, standing, now, &timers)
        let told = states[state].told
        let moved = score.value - told.score.value
        let silent = moved < ScoreBoard.tellingStep && moved > 0 - ScoreBoard.tellingStep
        if silent && level == told.warning && !(score.value == 0 && told.score.value > 0) {
            return nil
        }
        states[state].told = standing
        return ScoreChange(cell: cell, category: category, from: told, to: standing, time: now)
    }
}

extension ScoreBoard {
    /// The groups' largest contributions, combined by noisy-or in the order of the groups.
    @_noAllocation @_noLocks
    func combined(_ state: Int, at now: Timestamp) -> MilliPoints {
        var remaining: UInt64 = 1 << 32
        var group: UInt32 = 0
        var largest: Int32 = 0
        var link = states[state].head
        while link != 0 {
            let entry = Int(link) - 1
            if pool[entry].group != group {
                remaining = ScoreBoard.reduced(remaining, by: largest)
                group = pool[entry].group
                largest = 0
            }
            let points = pool[entry].points(at: now).value
            if points > largest { largest = points }
            link = pool[entry].next
        }
        remaining = ScoreBoard.reduced(remaining, by: largest)
        let score = (((1 << 32) &- remaining) &* 100_000 &+ (1 << 31)) &>> 32
        return MilliPoints(Int32(truncatingIfNeeded: score))
    }

    /// `remaining · (1 − points/100)`, in fractions of 2^32.
    @_noAllocation @_noLocks
    static func reduced(_ remaining: UInt64, by points: Int32) -> UInt64 {
        remaining &* UInt64(100_000 &- Int64(points)) / 100_000
    }

    /// Finds the plan's contribution in the list, or links a new one in its place; -1 when there is
    /// no room.
    @_noAllocation @_noLocks
    mutating func contribution(_ state: Int, _ score: ScorePlan) -> Int {
        var previous = -1
        var link = states[state].head
        while link != 0 {
            let entry = Int(link) - 1
            if pool[entry].plan == score.identity { return entry }
            let later = pool[entry].group > score.group
            let samePlace = pool[entry].group == score.group && pool[entry].plan > score.identity
            if later || samePlace { break }
            previous = entry
            link = pool[entry].next
        }
        let entry = take()
        guard entry >= 0 else { return -1 }
        pool[entry] = Contribution(
            next: link, plan: score.identity, group: score.group,
            rule: score.rule, points: MilliPoints(0), at: Timestamp(nanoseconds: .min),
            halfLife: score.halfLife, alerts: 0, first: Timestamp(nanoseconds: .min),
            last: Timestamp(nanoseconds: .min))
        let this = UInt32(truncatingIfNeeded: entry + 1)
        if previous < 0 { states[state].head = this } else { pool[previous].next = this }
        return entry
    }

    @_noAllocation @_noLocks
    mutating func take() -> Int {
        if free != 0 {
            let entry = Int(free) - 1
            free = pool[entry].next
            return entry
        }
        guard used < pool.capacity else { return -1 }
        used += 1
        return used - 1
    }

    /// Unlinks contributions that have decayed to nothing.
    @_noAllocation @_noLocks
    mutating func sweep(_ state: Int, at now: Timestamp) {
        var previous = -1
        var link = states[state].head
        while link != 0 {
            let entry = Int(link) - 1
            let next = pool[entry].next
            if pool[entry].points(at: now).value < ScoreBoard.floorMilliPoints {
                if previous < 0 { states[state].head = next } else { pool[previous].next = next }
                pool[entry].next = free
                free = link
            } else {
                previous = entry
            }
            link = next
        }
    }

    /// The next moment at which decay alone changes what the feed should hear: a warning level
    /// left, another five points gone, or nothing left.
    @_noAllocation @_noLocks
    mutating func setTimer(
        _ state: Int, _ standing: Standing, _ now: Timestamp, _ timers: inout TimerQueue
    ) {
        guard states[state].head != 0 else {
            timers.cancel(firstTimer + state)
            return
        }
        let step = standing.score.value - 5000
        let leave = warnings.clear[Int(standing.warning.rawValue)] - 1
        var target = step > leave ? step : leave
        // At this score every contribution is below the floor and is swept away.
        if target < ScoreBoard.floorMilliPoints { target = ScoreBoard.floorMilliPoints - 1 }
        timers.set(firstTimer + state, due: crossing(state, target, now))
    }

    /// The first moment, to a millisecond, at which the decaying score is at or below `target`; at
    /// the latest when the smallest contribution is gone.
    @_noAllocation @_noLocks
    func crossing(_ state: Int, _ target: Int32, _ now: Timestamp) -> Timestamp {
        var low: Int64 = 1
        var high: Int64 = longestHalfLife(state).nanoseconds / 1_000_000 * 10 + 1
        while low < high {
            let middle = low + (high - low) / 2
            let score = combined(state, at: now + Interval(nanoseconds: middle &* 1_000_000))
            if score.value <= target { high = middle } else { low = middle + 1 }
        }
        return now + Interval(nanoseconds: low &* 1_000_000)
    }

    @_noAllocation @_noLocks
    func longestHalfLife(_ state: Int) -> Interval {
        var longest = Interval(nanoseconds: 0)
        var link = states[state].head
        while link != 0 {
            let entry = Int(link) - 1
            if pool[entry].halfLife > longest { longest = pool[entry].halfLife }
            link = pool[entry].next
        }
        return longest
    }
}
