import Domain

/// One task's life, as far as the recording goes.
public struct TaskEpisode: Codable, Sendable {
    public var incident: String
    public var rule: String
    public var kind: String
    public var cell: String
    public var title: String
    /// Event time.
    public var opened: String
    /// Nil while it is open.
    public var closed: String?
    /// The most urgent it was: 1 to 5.
    public var priority: Int
    public var repeats: Int
    public var revisions: Int
    var openedAt: Timestamp = Timestamp(nanoseconds: 0)
    var closedAt: Timestamp?

    private enum CodingKeys: String, CodingKey {
        case incident, rule, kind, cell, title, opened, closed, priority, repeats, revisions
    }

    init(_ first: Ledger.Revision) {
        incident = first.task.incident
        rule = first.task.rule
        kind = first.task.kind
        cell = first.task.cell
        title = first.task.title
        opened = first.time.wireText
        priority = first.task.priority
        repeats = first.task.repeats
        revisions = 0
        openedAt = first.time
    }

    mutating func add(_ revision: Ledger.Revision) {
        revisions += 1
        priority = min(priority, revision.task.priority)
        repeats = revision.task.repeats
        closedAt = revision.task.isOpen ? nil : revision.time
        closed = closedAt?.wireText
    }

    /// The tasks behind revisions, in the order of their opening.
    static func gather(_ revisions: [Ledger.Revision]) -> [TaskEpisode] {
        var episodes: [TaskEpisode] = []
        var places: [String: Int] = [:]
        for revision in revisions {
            let incident = revision.task.incident
            if places[incident] == nil {
                places[incident] = episodes.count
                episodes.append(TaskEpisode(revision))
            }
            if let place = places[incident] { episodes[place].add(revision) }
        }
        return episodes
    }

    /// Whether both were open at some time, when `end` is when the recording ends.
    func overlaps(_ other: TaskEpisode) -> Bool {
        let far = Timestamp(nanoseconds: .max)
        return openedAt <= other.closedAt ?? far && other.openedAt <= closedAt ?? far
    }
}
