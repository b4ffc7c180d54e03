import Foundation

/// Nanoseconds an alert.
struct StageFigures: Encodable {
    struct Cost: Encodable {
        var median: Double
        var mean: Double

        init(_ samples: [Double]) {
            median = middle(samples)
            // Without the hundredth part in which the machine did something else.
            let kept = samples.sorted().prefix(samples.count * 99 / 100)
            mean = kept.reduce(0, +) / Double(max(1, kept.count))
        }
    }

    var whole = Cost([])
    /// By the names of the stages.
    var stages: [String: Cost] = [:]
}

/// The figures as text or as JSON.
struct WalkReport: Encodable {
    var alertsCounted: Int
    var allocations: Int
    var tasksOpened: UInt64
    var taskRevisions: UInt64
    var stages: StageFigures?
    var ruleCount: RuleCountFigures?
    var rollUp: RollUpFigures?

    init(_ run: AllocationRun) {
        alertsCounted = run.counted
        allocations = run.allocations
        tasksOpened = run.tasksOpened
        taskRevisions = run.taskRevisions
    }

    var text: String {
        var lines = [
            """
            \(allocations) heap allocations in \(alertsCounted) alerts, which opened \(tasksOpened) \
            tasks and caused \(taskRevisions) revisions
            """
        ]
        if let stages {
            lines.append(line("whole walk", stages.whole))
            for stage in Stage.allCases {
                if let cost = stages.stages["\(stage)"] { lines.append(line("  \(stage)", cost)) }
            }
        }
        if let ruleCount {
            lines.append(
                String(
                    format: "an alert that no rule is for: %.0f ns with %d rules, "
                        + "with %d rules %.3f times that",
                    ruleCount.nanosecondsWithFew, ruleCount.fewRules, ruleCount.manyRules,
                    ruleCount.ratio))
        }
        if let rollUp {
            lines.append(
                String(
                    format: "evidence rolled up through %d cells: %.0f ns for %.1f cells judged, "
                        + "%.2f times a small town's; %.0f bytes a cell, five categories live",
                    rollUp.cells, rollUp.nanoseconds, rollUp.committed, rollUp.ratioToSmall,
                    rollUp.bytesPerCell))
        }
        return lines.joined(separator: "\n")
    }

    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        do {
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        } catch {
            fatalError("figures without a JSON form: \(error)")
        }
    }

    private func line(_ name: String, _ cost: StageFigures.Cost) -> String {
        let name = name.padding(toLength: 12, withPad: " ", startingAt: 0)
        return name + String(format: " median %5.0f ns, mean %5.0f ns", cost.median, cost.mean)
    }
}
