public import Domain

extension ScoreBoard {
    /// Whether evidence waits for `commitNext`.
    @inlinable public var hasTouched: Bool { touchedCount() > 0 }

    @_noAllocation @_noLocks @usableFromInline
    func touchedCount() -> Int { touched.count }

    /// Marks a category whose timer is due: `owner` as the timer queue knows it.
    @_noAllocation @_noLocks
    public mutating func touch(timer owner: Int) { _ = touched.insert(owner - firstTimer) }

    /// Judges one touched category anew, children before their parents; a parent is touched when a
    /// child is told. Gives what the feed should hear.
    @_noAllocation @_noLocks
    public mutating func commitNext(
        at now: Timestamp, timers: inout TimerQueue
    ) -> ScoreChange? {
        let state = touched.pop()
        guard state >= 0 else { return nil }
        let cell = CellID(state / 5)
        let category = ScoreBoard.category(state % 5)
        let change = commit(cell, category, at: now, timers: &timers)
        if let change { pass(change) }
        return change
    }

    /// Judges a cell's category anew at `now` and sets the timer for its next change by decay.
    ///
    /// Gives the change when the warning level moved, the score has moved by a point since the last
    /// telling, or a parent was told of as worse than its worst child now is.
    @_noAllocation @_noLocks
    public mutating func commit(
        _ cell: CellID, _ category: Category, at now: Timestamp, timers: inout TimerQueue
    ) -> ScoreChange? {
        let state = index(cell, category)
        let own = sweep(state, at: now)
        let below = children(cell, category)
        let score = below.score(own: own)
        let level = level(score, own, below, isLeaf: tree.isLeaf(cell), state)
        let standing = Standing(score, level)
        states[state].standing = standing
        states[state].bar = below.bar()
        setTimer(state, standing, below, now, &timers)
        let toldIndex = toldIndex(cell, category)
        let told = told[toldIndex]
        let moved = score.value - told.score.value
        let silent = moved < ScoreBoard.tellingStep && moved > 0 - ScoreBoard.tellingStep
        let worst = own.value > below.worstScore() ? own.value : below.worstScore()
        let isAbove = told.score.value > worst && moved < 0 && !tree.isLeaf(cell)
        let isOver = score.value == 0 && told.score.value > 0
        if silent && level == told.warning && !isOver && !isAbove { return nil }
        self.told[toldIndex] = standing
        return ScoreChange(cell: cell, category: category, from: told, to: standing, time: now)
    }

    /// A parent is never at a higher level than its worst child.
    @_noAllocation @_noLocks
    private func level(
        _ score: MilliPoints, _ own: MilliPoints, _ below: RollUp, isLeaf: Bool, _ state: Int
    ) -> WarningLevel {
        let current = states[state].standing.warning
        let level = warnings.level(at: score, from: current)
        if isLeaf { return level }
        let ownLevel = warnings.level(at: own, from: current)
        let worst = ownLevel.rawValue > below.warning.rawValue ? ownLevel : below.warning
        return level.rawValue < worst.rawValue ? level : worst
    }

    /// Lets the parent of a cell know of a change that was told.
    @_noAllocation @_noLocks
    private mutating func pass(_ change: ScoreChange) {
        let parent = tree.parent(of: change.cell)
        guard parent.index != .max else { return }
        let state = index(parent, change.category)
        let bar = states[state].bar
        let isBelow = change.score.value <= bar && change.previousScore.value < bar
        if isBelow && change.warning == change.previousWarning { return }
        _ = touched.insert(state)
    }

    @_noAllocation @_noLocks
    static func category(_ index: Int) -> Category {
        switch index {
        case 0: .politicalSecurity
        case 1: .publicOrder
        case 2: .socialConflict
        case 3: .publicSafety
        default: .cyberSecurity
        }
    }
}

extension ScoreBoard {
    /// The children's standings as last told; of a leaf, nothing.
    @_noAllocation @_noLocks
    func children(_ cell: CellID, _ category: Category) -> RollUp {
        var rollUp = RollUp(rollUp[Int(category.rawValue)])
        let shift = Int(category.rawValue) * tree.count
        var place = tree.firstChildPlace(of: cell)
        let end = place + tree.childCount(of: cell)
        while place < end {
            rollUp.add(told[shift + place], weight: tree.weight(at: place))
            place += 1
        }
        return rollUp
    }

    /// The score as it has decayed by `now`, and with it those of all cells below.
    ///
    /// **Cost**: the whole subtree; what a stage needs of a cell with children is `quotable`.
    @_noAllocation @_noLocks
    public func score(_ cell: CellID, _ category: Category, at now: Timestamp) -> MilliPoints {
        var rollUp = RollUp(rollUp[Int(category.rawValue)])
        var child = CellID(cell.int + 1)
        let end = tree.end(of: cell)
        while child.int < end {
            let score = score(child, category, at: now)
            rollUp.add(Standing(score, .none), weight: tree.weight(at: tree.place(of: child)))
            child = CellID(tree.end(of: child))
        }
        return rollUp.score(own: combined(index(cell, category), at: now))
    }

    /// The score as it has decayed by `now`, over the children's standings as last told.
    @_noAllocation @_noLocks
    public func quotable(_ cell: CellID, _ category: Category, at now: Timestamp) -> MilliPoints {
        children(cell, category).score(own: combined(index(cell, category), at: now))
    }
}
