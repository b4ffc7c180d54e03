import Domain
import RuleBook
import Scoring

// task ← priority row ← warning ← score ← groups ← contributions ← state ← conditions ← alerts

extension Explainer {
    mutating func explain(
        task incident: String, _ recording: Recording
    ) throws -> ExplanationTree {
        for alert in recording.alerts {
            let isFound = try step(alert) { bench in
                bench.ledger.tasks.last.map { $0.incident.hasPrefix(incident) } ?? false
            }
            if isFound { return describe(incident) }
        }
        throw NothingThere(
            text: "no task \(incident) is opened by these rules over this recording")
    }

    private mutating func describe(_ incident: String) -> ExplanationTree {
        guard
            let revision = replay.bench.ledger.revisions.last(where: {
                $0.task.incident.hasPrefix(incident)
            }), let rule = replay.bench.rule(revision.task.rule)
        else {
            return ExplanationTree("task \(incident)")
        }
        let task = revision.task
        var because = [priority(of: task)]
        if let score = score(of: task, at: revision.time) { because.append(score) }
        because.append(state(of: rule, at: revision.time))
        because.append(evidence(of: task))
        let head = "task \(task.incident), opened \(revision.time.wireText): \(task.title)"
        return ExplanationTree(head, because)
    }

    /// Which row of the matrix gave the priority.
    private func priority(of task: TaskView) -> ExplanationTree {
        let facts =
            "severity \(task.severity), urgency \(task.urgency), certainty \(task.certainty)"
        let head = "priority P\(task.priority)"
        guard let row = PriorityWords(replay.bench.catalog).row(for: task) else {
            return ExplanationTree("\(head): no row of the matrix fits \(facts)")
        }
        if row.priority != task.priority {
            return ExplanationTree(
                "\(head): as the rule says; by row \(row.number) of the matrix it would be "
                    + "P\(row.priority) (\(facts))")
        }
        return ExplanationTree(
            "\(head): row \(row.number) of the matrix, \(row.text)", [ExplanationTree(facts)])
    }

    private func score(of task: TaskView, at time: Timestamp) -> ExplanationTree? {
        guard let cell = replay.bench.cells.find(task.cell),
            let category = Category.allCases.first(where: { "\($0.word)" == task.category })
        else { return nil }
        return ScoreStory(replay.bench, cell, category, at: time).tree
    }

    /// The rule's state for the key that the task is of, with its conditions.
    private mutating func state(of rule: Int, at time: Timestamp) -> ExplanationTree {
        guard let change = changes.last(where: { $0.rule.int == rule }) else {
            return ExplanationTree("rule \(replay.bench.rules[rule].id)")
        }
        let view = replay.bench.view(change, at: time)
        return RuleStory(replay.bench.rules[rule], view, at: time).tree(as: change.transition)
    }

    private func evidence(of task: TaskView) -> ExplanationTree {
        let alerts = replay.bench.ledger.alerts
        let trees = task.evidence.alerts.map { name in
            let sketch = alerts.last { AlertWords($0.body).name == name }
            return ExplanationTree(sketch.map { AlertWords($0.body).text } ?? name)
        }
        return ExplanationTree("from \(task.evidence.count) alerts, the latest first", trees)
    }
}
