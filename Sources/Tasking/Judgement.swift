import Domain
import Scoring

/// The parts of a task that follow from the standing of its cell.
struct Judgement: BitwiseCopyable {
    var warning: WarningLevel
    var severity: Severity
    var certainty: Certainty
    var priority: Priority
    /// The row of the matrix that gave the priority; -1 when none did.
    var row: Int16
}

extension TaskBoard {
    @_noAllocation @_noLocks
    func certainty(_ plan: TaskPlan, _ facts: Facts) -> Certainty {
        plan.certainty ?? table.certainty.certainty(of: facts.confidence)
    }

    @_noAllocation @_noLocks
    func judge(
        _ plan: TaskPlan, _ place: (cell: CellID, isExposed: Bool), _ certainty: Certainty,
        _ board: borrowing ScoreBoard
    ) -> Judgement {
        let warning = board.standing(place.cell, plan.category).warning
        let severity = plan.severity ?? board.severity(of: warning)
        var judged = Judgement(
            warning: warning, severity: severity, certainty: certainty, priority: .p5, row: -1)
        if let priority = plan.priority {
            judged.priority = priority
        } else {
            let row = table.row(severity, plan.urgency, certainty)
            judged.row = Int16(truncatingIfNeeded: row)
            judged.priority = table.priority(row: row)
        }
        if place.isExposed {
            judged.priority = judged.priority.raised(by: table.exposureRaise)
        }
        return judged
    }

    /// Takes over a judgement; a task that has escalated is never less urgent than that made it.
    @_noAllocation @_noLocks
    mutating func take(_ judged: Judgement, for task: Int, _ plan: TaskPlan) {
        states[task].warning = judged.warning
        states[task].severity = judged.severity
        states[task].certainty = judged.certainty
        states[task].priority = judged.priority
        states[task].row = judged.row
        if states[task].isEscalated {
            if plan.escalateTo.rawValue < judged.priority.rawValue {
                states[task].priority = plan.escalateTo
                states[task].row = -1
            }
        }
    }

    /// Notes a repeat, and whether so many have come together that the task escalates.
    @_noAllocation @_noLocks
    mutating func noteRepeat(_ task: Int, _ plan: TaskPlan, at now: Timestamp) {
        if plan.escalateRepeats <= 0 || states[task].isEscalated { return }
        let most = TaskPlan.escalateRepeatsMax
        let needed = plan.escalateRepeats < most ? plan.escalateRepeats : most
        var place = 15
        while place > 0 {
            states[task].repeatTimes[place] = states[task].repeatTimes[place - 1]
            place -= 1
        }
        states[task].repeatTimes[0] = now
        let earliest = states[task].repeatTimes[needed - 1]
        if earliest.nanoseconds == .min { return }
        if now - earliest > plan.escalateWithin { return }
        states[task].isEscalated = true
        escalate(task, .repeats)
    }
}
