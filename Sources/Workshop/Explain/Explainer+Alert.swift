import Domain
import RuleBook
import Scoring

extension Explainer {
    /// What one alert did: where it was put, which rules it was for, what became of them.
    mutating func explain(
        alert name: String, _ recording: Recording
    ) throws -> ExplanationTree {
        guard let place = recording.alerts.firstIndex(where: { $0.name == name || $0.id == name })
        else { throw NothingThere(text: "the recording holds no alert \(name)") }
        for alert in recording.alerts[..<place] { try replay.take(alert) }
        let alert = recording.alerts[place]
        try replay.bench.advance(to: alert.received)
        _ = replay.bench.takeTransitions()
        let (accepted, revisions) = (
            replay.bench.ledger.alertCount, replay.bench.ledger.revisions.count
        )
        try replay.take(alert)
        let words = AlertWords(alert.body)
        let head = "\(words.text), received \(alert.received.wireText)"
        guard replay.bench.ledger.alertCount > accepted, let taken = replay.bench.ledger.alerts.last
        else {
            let reasons = replay.refused.keys.sorted().joined(separator: ", ")
            return ExplanationTree(head, [ExplanationTree("refused at the door (\(reasons))")])
        }
        var because = [ExplanationTree("in \(replay.bench.cells.path(taken.cell))")]
        let changes = replay.bench.takeTransitions()
        for (number, rule) in replay.bench.rules.enumerated() where rule.kinds.contains(words.kind)
        {
            because.append(describe(number, taken, changes))
        }
        for revision in replay.bench.ledger.revisions.dropFirst(revisions) {
            because.append(
                ExplanationTree(
                    "\(revision.task.operation) task \(revision.task.incident), "
                        + "P\(revision.task.priority): \(revision.task.title)"))
        }
        return ExplanationTree(head, because)
    }

    /// What a rule made of the alert that was taken last.
    private mutating func describe(
        _ number: Int, _ alert: Ledger.Alert, _ changes: [NotedTransition]
    ) -> ExplanationTree {
        let rule = replay.bench.rules[number]
        let values = replay.bench.latestValues()
        if let filter = rule.conditions.first(where: { $0.part == "where" }) {
            let evaluated = rule.trace(filter, over: values)
            if !evaluated.isTrue {
                return ExplanationTree(
                    "not for \(rule.id)", [ExplanationTree("where", evaluated)])
            }
        }
        let view = replay.bench.viewOfLatest(number, at: alert.time)
        let change = changes.last { $0.rule.int == number }
        return RuleStory(rule, view, at: alert.time).tree(as: change?.transition)
    }

    /// What stands in a cell: scores with their parts, open tasks.
    mutating func explain(
        cell name: String, at time: Timestamp, _ recording: Recording
    ) throws -> ExplanationTree {
        guard let cell = replay.bench.cells.find(name) else {
            throw NothingThere(text: "the grid has no cell \(name)")
        }
        try live(to: time, recording) { _, _ in }
        var because: [ExplanationTree] = []
        for category in Category.allCases
        where replay.bench.standing(cell, category, at: time).score.points > 0 {
            because.append(ScoreStory(replay.bench, cell, category, at: time).tree)
        }
        let path = replay.bench.cells.path(cell)
        for task in replay.bench.ledger.tasks
        where task.isOpen && TaskView.isSameCell(task.cell, path) {
            because.append(
                ExplanationTree("open task \(task.incident), P\(task.priority): \(task.title)"))
        }
        if because.isEmpty { because = [ExplanationTree("nothing: every score is 0")] }
        return ExplanationTree("\(path) at \(time.wireText)", because)
    }
}
