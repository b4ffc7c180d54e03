public import Domain

/// Which tasks a report is about.
public struct ReportScope: Sendable, Equatable {
    public var from: Timestamp
    /// The first moment behind the period.
    public var to: Timestamp
    /// A cell path that ends in `/`; nil for the whole city.
    public var area: String?

    public init(from: Timestamp, to: Timestamp, area: String? = nil) {
        (self.from, self.to, self.area) = (from, to, area)
    }

    func covers(_ task: ReportedTask) -> Bool { area.map { task.cell.hasPrefix($0) } ?? true }
    func hasOpened(_ task: ReportedTask) -> Bool { task.opened >= from && task.opened < to }
}

/// What became of the tasks of a period: in all, and told apart.
public struct PeriodReport: Sendable, Equatable {
    public let scope: ReportScope
    public private(set) var total = TaskFigures()
    /// Tasks of an exercise: nowhere else.
    public private(set) var drills = TaskFigures()
    public let groups: [ReportGroup]

    public init(of tasks: [ReportedTask], _ scope: ReportScope, by groupings: [Grouping]) {
        self.scope = scope
        var drafts = groupings.map(GroupDraft.init)
        for task in tasks where scope.covers(task) {
            let isOfPeriod = scope.hasOpened(task)
            if task.isDrill {
                drills.add(task, isOfPeriod: isOfPeriod)
            } else if isOfPeriod || task.isOpen {
                total.add(task, isOfPeriod: isOfPeriod)
                for place in drafts.indices { drafts[place].add(task, isOfPeriod: isOfPeriod) }
            }
        }
        groups = drafts.map(\.finished)
    }
}

/// The figures of a period, told apart by one thing.
public struct ReportGroup: Sendable, Equatable, Encodable {
    /// What by: `rule`, `street`.
    public let by: String
    /// The most tasks first.
    public let rows: [ReportRow]
}

public struct ReportRow: Sendable, Equatable, Encodable {
    /// `-` where tasks have none.
    public let name: String
    public let figures: TaskFigures
}

private struct GroupDraft {
    let grouping: Grouping
    var figures: [String: TaskFigures] = [:]

    init(_ grouping: Grouping) { self.grouping = grouping }

    mutating func add(_ task: ReportedTask, isOfPeriod: Bool) {
        for name in grouping.names(of: task) {
            figures[name.isEmpty ? "-" : name, default: TaskFigures()]
                .add(task, isOfPeriod: isOfPeriod)
        }
    }

    var finished: ReportGroup {
        let rows = figures.map { ReportRow(name: $0.key, figures: $0.value) }
        return ReportGroup(
            by: grouping.word,
            rows: rows.sorted {
                ($1.figures.opened, $0.name) < ($0.figures.opened, $1.name)
            })
    }
}
