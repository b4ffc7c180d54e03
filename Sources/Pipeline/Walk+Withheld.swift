import Cells
public import Domain
import Scoring
public import Tasking

/// A task that is on the board but not told of, as people look at it.
public struct WithheldTask: Sendable {
    /// `id@revision` of its rule.
    public var rule: String
    /// The cell's path.
    public var cell: String
    public var title: String
    public var cause: Withholding.Cause
    /// The id of the inhibit or of the silence.
    public var by: String
    public var since: Timestamp
}

// Looking at what is withheld, and changing the silences. Not on the hot path.

extension Walk {
    /// All tasks that are withheld, by which inhibit or silence, longest first.
    public var withheld: [WithheldTask] {
        var list: [WithheldTask] = []
        for index in 0..<tasks.withheldCount { list.append(withheldTask(index)) }
        return list.sorted {
            ($0.since, $0.rule, $0.cell, $0.title) < ($1.since, $1.rule, $1.cell, $1.title)
        }
    }

    private func withheldTask(_ index: Int) -> WithheldTask {
        let task = tasks.withheldTask(index)
        let (why, since) = tasks.withholding(of: task)
        return WithheldTask(
            rule: rules.table.labels.text(tasks.rule(of: task).int),
            cell: grid.paths.name(tasks.cell(of: task).int), title: tasks.title(of: task),
            cause: why.cause, by: name(of: why), since: since)
    }

    private func name(of why: Withholding) -> String {
        let index = Int(why.index)
        switch why.cause {
        case .nothing: return ""
        case .inhibit: return tasks.table.texts.text(tasks.table.inhibits[index].name)
        case .silence: return tasks.silences.texts.text(tasks.silences.plans[index].name)
        }
    }

    /// Puts other silences in force; what they no longer withhold is told at once.
    public mutating func replaceSilences(_ silences: consuming SilenceTable, at time: Timestamp) {
        tasks.replaceSilences(silences)
        reviewWithheld(at: time)
    }
}
