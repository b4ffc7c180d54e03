import Domain
import Scoring
import Tasking

// Stage 7: hits → decisions about tasks.
//
// Says no with `merged` (joined to a task that was just told of), `ignored` (the rule ignores
// repeats), `belowThreshold` (the cell stands below every warning), `none` (the rule has no task),
// `full`, `withheld` (an inhibit or a silence keeps it from being told).

extension Walk {
    @_noAllocation @_noLocks
    package mutating func prioritize() {
        var hit = 0
        while hit < hits.count {
            decide(hits[hit])
            hit += 1
        }
    }

    @_noAllocation @_noLocks
    private mutating func decide(_ hit: RuleHit) {
        let (decision, task) = tasks.decide(
            hit, facts(hit), rules: &rules, board: board, sources: admission.names,
            timers: &timers)
        switch decision {
        case .opened: counters.tasksOpened &+= 1
        case .closed: counters.tasksClosed &+= 1
        case .full: counters.evicted &+= 1
        case .updated, .reopened, .reminded, .merged, .ignored, .belowThreshold, .withheld,
            .none:
            break
        }
        announcements.append(decision, task, hit.time)
    }

    /// What the evidence says of itself.
    @_noAllocation @_noLocks
    private mutating func facts(_ hit: RuleHit) -> Facts {
        rules.mode = mode(of: hit.cell)
        rules.restore(hit)
        var facts = Facts(
            confidence: rules.confidence(hit), status: sighting.status,
            position: sighting.position, sequence: sighting.sequence)
        facts.kind = sighting.kind
        facts.isExposed = ground.isExposed(hit.cell)
        facts.slaFactor = rules.table.modes[rules.mode].slaFactor
        return facts
    }
}
