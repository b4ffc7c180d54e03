public import Domain

// Scores whose cells are others than before, because the grid is. Not on the hot path.

extension ScoreBoard {
    /// Takes over what another board holds, over other cells: all evidence goes to one cell each,
    /// where it meets that of the same rule. `recommit` judges it.
    public mutating func takeOver(
        _ old: borrowing ScoreBoard, _ renumbering: Renumbering, _ cells: CellRenumbering
    ) {
        for number in cells.heirs.indices {
            for category in Category.allCases {
                let from = old.index(CellID(number), category)
                takeOver(from, of: old, renumbering, cells)
                guard cells.isSame[number] else { continue }
                let to = index(cells.heirs[number], category)
                states[to].standing = old.states[from].standing
                told[toldIndex(cells.heirs[number], category)] =
                    old.told[old.toldIndex(CellID(number), category)]
            }
        }
        evicted &+= old.evicted
    }

    private mutating func takeOver(
        _ from: Int, of old: borrowing ScoreBoard, _ renumbering: Renumbering,
        _ cells: CellRenumbering
    ) {
        let (cell, category) = (CellID(from / 5), ScoreBoard.category(from % 5))
        var link = old.states[from].head
        while link != 0 {
            let contribution = old.pool[Int(link) - 1]
            link = contribution.next
            let rule = renumbering.rule(contribution.rule)
            guard rule != .none else { continue }
            let place = cells.place(of: cell, alert: contribution.latest)
            merge(contribution, of: rule, into: index(place, category), category)
        }
    }

    private mutating func merge(
        _ contribution: Contribution, of rule: RuleID, into state: Int, _ category: Category
    ) {
        let plan = ScorePlan(
            rule: rule, identity: contribution.plan, category: category, points: .none,
            confidence: .none, halfLife: contribution.worth.halfLife, group: contribution.group)
        let entry = self.contribution(state, plan)
        guard entry >= 0 else {
            evicted &+= 1
            return
        }
        let isFirst = pool[entry].alerts == 0
        pool[entry].alerts &+= contribution.alerts
        pool[entry].latest = max(pool[entry].latest, contribution.latest)
        if isFirst {
            pool[entry].worth = contribution.worth
            (pool[entry].first, pool[entry].last) = (contribution.first, contribution.last)
        } else {
            pool[entry].worth.take(contribution.worth)
            pool[entry].first = min(pool[entry].first, contribution.first)
            pool[entry].last = max(pool[entry].last, contribution.last)
        }
    }

    /// Judges a category of a cell anew where anything stands there or below; those below come
    /// first. Gives what the feed should hear.
    public mutating func recommit(
        _ cell: CellID, _ category: Category, at now: Timestamp, timers: inout TimerQueue
    ) -> ScoreChange? {
        let head = states[index(cell, category)].head
        let told = told[toldIndex(cell, category)]
        let isBlank = head == 0 && told.score == .zero && tree.isLeaf(cell)
        if isBlank { return nil }
        return commit(cell, category, at: now, timers: &timers)
    }

    /// The end of what the feed was told of a cell that is not there any more.
    public func farewell(_ cell: CellID, _ category: Category, at now: Timestamp) -> ScoreChange? {
        let told = told[toldIndex(cell, category)]
        if told.score == .zero && told.warning == .none { return nil }
        return ScoreChange(
            cell: cell, category: category, from: told, to: Standing(.zero, .none), time: now)
    }
}
