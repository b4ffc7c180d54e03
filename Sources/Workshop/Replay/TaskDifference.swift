import Domain

/// What becomes of a task when other rules run over the same alerts.
public struct TaskDifference: Codable, Sendable {
    public enum Change: String, Codable, CaseIterable, Sendable {
        case appears, vanishes, earlier, later, priority
    }

    public var change: Change
    public var rule: String
    public var kind: String
    public var cell: String
    public var title: String
    /// When it opens, by the new rules where it does.
    public var time: String
    /// Seconds later than by the old rules; below 0 earlier.
    public var seconds: Double?
    public var oldPriority: Int?
    public var newPriority: Int?

    /// The differences between what the old and the new rules make of the same alerts.
    ///
    /// A task is the same one when its incident is, or when both are of the same rule and cell and
    /// were open at the same time.
    public static func between(
        _ old: ReplayOutcome, _ new: ReplayOutcome
    ) -> [TaskDifference] {
        var differences: [(at: Timestamp, difference: TaskDifference)] = []
        var unmatched = Unmatched(old.tasks)
        var rest: [TaskEpisode] = []
        for task in new.tasks {
            if let same = unmatched.take(incident: task) {
                differences += compare(same, task)
            } else {
                rest.append(task)
            }
        }
        for task in rest {
            if let same = unmatched.take(overlapping: task) {
                differences += compare(same, task)
            } else {
                differences.append((task.openedAt, TaskDifference(.appears, task)))
            }
        }
        differences += unmatched.rest.map { ($0.openedAt, TaskDifference(.vanishes, $0)) }
        return differences.sorted { ($0.at, $0.difference.rule) < ($1.at, $1.difference.rule) }
            .map(\.difference)
    }

    private init(_ change: Change, _ task: TaskEpisode) {
        self.change = change
        (rule, kind, cell) = (task.rule, task.kind, task.cell)
        (title, time) = (task.title, task.opened)
        switch change {
        case .vanishes: oldPriority = task.priority
        default: newPriority = task.priority
        }
    }

    private static func compare(
        _ old: TaskEpisode, _ new: TaskEpisode
    ) -> [(at: Timestamp, difference: TaskDifference)] {
        var differences: [(at: Timestamp, difference: TaskDifference)] = []
        let moved = new.openedAt.nanoseconds - old.openedAt.nanoseconds
        if moved != 0 {
            var difference = TaskDifference(moved < 0 ? .earlier : .later, new)
            difference.seconds = Double(moved) / 1e9
            difference.oldPriority = old.priority
            differences.append((new.openedAt, difference))
        }
        if old.priority != new.priority {
            var difference = TaskDifference(.priority, new)
            difference.oldPriority = old.priority
            differences.append((new.openedAt, difference))
        }
        return differences
    }
}

/// The tasks of the old rules that no task of the new ones has been matched with.
private struct Unmatched {
    /// By rule and cell, in the order of their opening.
    private var tasks: [String: [TaskEpisode]] = [:]

    init(_ tasks: [TaskEpisode]) {
        for task in tasks { self.tasks[Unmatched.place(task), default: []].append(task) }
    }

    private static func place(_ task: TaskEpisode) -> String { "\(task.rule) \(task.cell)" }

    mutating func take(incident task: TaskEpisode) -> TaskEpisode? {
        take(task) { $0.incident == task.incident }
    }

    mutating func take(overlapping task: TaskEpisode) -> TaskEpisode? {
        take(task) { $0.overlaps(task) }
    }

    private mutating func take(
        _ task: TaskEpisode, where isSame: (TaskEpisode) -> Bool
    ) -> TaskEpisode? {
        let place = Unmatched.place(task)
        guard let index = tasks[place]?.firstIndex(where: isSame) else { return nil }
        return tasks[place]?.remove(at: index)
    }

    var rest: [TaskEpisode] { tasks.values.flatMap { $0 } }
}
