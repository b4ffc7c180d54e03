import Domain
import Scoring

// Stage 6: hits → score and warning changes in the five categories.
//
// Each hit's rule says how many points it adds to which category of the cell; what was touched is
// judged anew. Says no with `unchanged`: a change that the feed need not hear of is not in the
// list.

extension Walk {
    @_noAllocation @_noLocks
    package mutating func score() {
        var hit = 0
        while hit < hits.count {
            if !hits[hit].transition.isEnd { addEvidence(hits[hit]) }
            hit += 1
        }
        hit = 0
        while hit < hits.count {
            if !hits[hit].transition.isEnd { commit(hits[hit]) }
            hit += 1
        }
    }

    /// Puts what the rule's expressions give into the board; a failing one adds nothing and is
    /// counted.
    @_noAllocation @_noLocks
    private mutating func addEvidence(_ hit: RuleHit) {
        rules.restore(hit)
        let rule = rules.plan(hit.rule)
        var index = rule.firstScore
        while index < rule.firstScore + rule.scoreCount {
            let plan = rules.table.scores[index]
            if let number = rules.number(plan.points, for: hit.rule) {
                if let points = MilliPoints(points: number) {
                    let evidence = Evidence(points: points, time: hit.time)
                    board.add(evidence, by: plan, in: hit.cell)
                }
            }
            index += 1
        }
    }

    /// Judges the categories that the hit's rule adds to.
    @_noAllocation @_noLocks
    private mutating func commit(_ hit: RuleHit) {
        let rule = rules.plan(hit.rule)
        var index = rule.firstScore
        while index < rule.firstScore + rule.scoreCount {
            note(
                board.commit(
                    hit.cell, rules.table.scores[index].category, at: hit.time, timers: &timers))
            index += 1
        }
    }

    /// A cell's category has decayed to where it changes.
    @_noAllocation @_noLocks
    mutating func decay(_ state: Int, at due: Timestamp) {
        let cell = CellID(state / Category.count)
        note(board.commit(cell, Walk.category(state % Category.count), at: due, timers: &timers))
    }

    @_noAllocation @_noLocks
    private mutating func note(_ change: ScoreChange?) {
        guard let change else { return }
        counters.scoreChanges &+= 1
        if change.warning != change.previousWarning { counters.warningChanges &+= 1 }
        changes.append(change)
    }
}
