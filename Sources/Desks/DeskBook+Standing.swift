public import Domain

/// How one desk stands.
public struct DeskStanding: Sendable, Equatable {
    public var desk: String
    public var isConnected: Bool
    /// Tasks that it is to be told and that are not on their way.
    public var waiting: Int
    /// Tasks on their way, not acknowledged.
    public var underWay: Int
    public var deadLetters: Int
    /// When the oldest revision that it has not acknowledged came about; nil when it has all.
    public var oldest: Timestamp?
    /// How long ago it was last heard of.
    public var quiet: Interval
}

extension DeskBook {
    /// Goes on from what an earlier run remembered of a desk; before any task is taken in.
    public mutating func restore(_ desk: String, had: [TaskID: Int64], goneAt: Timestamp) {
        var restored = Desk(heard: goneAt)
        restored.had = had
        if desks.updateValue(restored, forKey: desk) == nil { add(desk) }
    }

    /// Forgets what desks had of tasks that nobody knows any more; after an earlier run's were
    /// taken in.
    public mutating func forgetUnknownTasks() {
        let had = desks.values.reduce(into: Set<TaskID>()) { $0.formUnion($1.had.keys) }
        for task in had where tasks[task] == nil {
            for name in names { desks[name]?.forget(task) }
            changes.append(.over(task: task))
        }
    }

    /// All desks by name. **Cost**: every task is looked at for every desk.
    public func standings(at now: Timestamp) -> [DeskStanding] {
        desks.map { name, desk in
            var standing = DeskStanding(
                desk: name, isConnected: desk.isConnected, waiting: 0,
                underWay: desk.underWay.count, deadLetters: desk.dead.count, oldest: nil,
                quiet: now - desk.heard)
            for notice in tasks.values where desk.wants(notice) {
                standing.oldest = min(standing.oldest ?? .forever, notice.time)
                if desk.underWay[notice.incident] == nil, desk.isWaiting(for: notice) {
                    standing.waiting += 1
                }
            }
            return standing
        }.sorted { $0.desk < $1.desk }
    }
}
