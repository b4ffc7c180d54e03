import Cells
import Domain
import Scoring
import Tasking

// Stage 6: hits → score and warning changes in the five categories.
//
// Each hit's rule says how many points it adds to which category of the cell, and how much of it
// spreads to the cells around; what was touched is judged anew, and with it the cells above. Says
// no with `unchanged`: a change that the feed need not hear of is not in the list.

extension Walk {
    @_noAllocation @_noLocks
    package mutating func score() {
        var latest = Timestamp(nanoseconds: .min)
        var hit = 0
        while hit < hits.count {
            if !hits[hit].transition.isEnd {
                addEvidence(hits[hit])
                if hits[hit].time > latest { latest = hits[hit].time }
            }
            hit += 1
        }
        commitTouched(at: latest)
    }

    /// Puts what the rule's expressions give into the board; a failing one adds nothing and is
    /// counted.
    @_noAllocation @_noLocks
    private mutating func addEvidence(_ hit: RuleHit) {
        rules.mode = mode(of: hit.cell)
        rules.restore(hit)
        let rule = rules.plan(hit.rule)
        let alerts = alertsBehind(hit)
        var index = rule.firstScore
        while index < rule.firstScore + rule.scoreCount {
            let plan = rules.table.scores[index]
            if let number = rules.number(plan.points, for: hit.rule) {
                if let points = MilliPoints(points: number) {
                    let evidence = Evidence(points: points, time: hit.time, alerts: alerts)
                    addOverExtent(evidence, by: plan, in: hit.cell)
                }
            }
            index += 1
        }
    }

    /// The alert that refreshed a state, or where one begins all that its key remembers.
    @_noAllocation @_noLocks
    private func alertsBehind(_ hit: RuleHit) -> [6 of UInt64] {
        if hit.key != .max && hit.transition != .refreshed {
            return rules.recentAlerts(Int(hit.key))
        }
        var alerts = [6 of UInt64](repeating: 0)
        alerts[0] = sighting.sequence
        return alerts
    }

    /// What the alert at hand gives goes to every cell that it is evidence for, to each its share.
    @_noAllocation @_noLocks
    private mutating func addOverExtent(
        _ evidence: Evidence, by plan: ScorePlan, in cell: CellID
    ) {
        if extent.count == 0 || cell != sighting.cell { return add(evidence, by: plan, in: cell) }
        var at = 0
        while at < extent.count {
            var part = evidence
            let value = Double(evidence.points.value) * extent.share(at) + 0.5
            part.points = MilliPoints(Int32(value))
            add(part, by: plan, in: extent.cell(at))
            at += 1
        }
    }

    @_noAllocation @_noLocks
    private mutating func add(_ evidence: Evidence, by plan: ScorePlan, in cell: CellID) {
        let isDropped = tasks.silences.dropsScores(
            of: plan.rule, plan.category, sighting.kind, (cell, evidence.time), board.tree)
        if isDropped { return }
        board.add(evidence, by: plan, in: cell)
        if plan.spread.rings == 0 { return }
        surroundings.gather(cell, rings: plan.spread.rings, in: grid)
        var place = 0
        while place < surroundings.count {
            if let (lent, share) = plan.spread(evidence, to: surroundings.ring(place)) {
                board.add(share, by: lent, in: surroundings.cell(place))
            }
            place += 1
        }
    }

    /// A cell's category has decayed to where it changes.
    @_noAllocation @_noLocks
    mutating func decay(_ owner: Int, at due: Timestamp) {
        board.touch(timer: owner)
        commitTouched(at: due)
    }

    /// Judges everything that was touched, children before their parents.
    @_noAllocation @_noLocks
    private mutating func commitTouched(at time: Timestamp) {
        while board.hasTouched { note(board.commitNext(at: time, timers: &timers)) }
    }

    @_noAllocation @_noLocks
    private mutating func note(_ change: ScoreChange?) {
        guard let change else { return }
        counters.scoreChanges &+= 1
        if change.warning != change.previousWarning { counters.warningChanges &+= 1 }
        changes.append(change)
    }
}
