public import Domain

/// The figures of some tasks.
///
/// All but `openNow` are of the tasks that were opened within the period, up to now.
public struct TaskFigures: Sendable, Equatable {
    public private(set) var opened = 0
    /// Of those opened.
    public private(set) var stillOpen = 0
    /// Whenever they were opened.
    public private(set) var openNow = 0
    public private(set) var priorities: [Priority: Int] = [:]
    public private(set) var categories: [Category: Int] = [:]
    public private(set) var stages: [TaskStage: Int] = [:]
    public private(set) var repeats = 0
    /// Tasks that an alert came back to, or opened again.
    public private(set) var repeated = 0
    public private(set) var reopened = 0
    public private(set) var escalations = 0
    public private(set) var missed: [EscalationReason: Int] = [:]
    /// From the first telling on.
    public private(set) var accept = Durations()
    public private(set) var arrive = Durations()
    public private(set) var resolve = Durations()
    /// From the resolution on.
    public private(set) var verify = Durations()
    public private(set) var outcomes: [FeedbackOutcome: Int] = [:]
    public private(set) var precision = Precision()
    public private(set) var satisfactionCount = 0
    private var satisfactionSum = 0

    public init() {}

    /// nil where none was opened.
    public var repeatRate: Double? { opened > 0 ? Double(repeated) / Double(opened) : nil }
    /// nil where nobody said.
    public var satisfaction: Double? {
        satisfactionCount > 0 ? Double(satisfactionSum) / Double(satisfactionCount) : nil
    }
    public var missedAll: Int { missed.values.reduce(0, +) }

    /// - Parameter isOfPeriod: whether it was opened within the period.
    mutating func add(_ task: ReportedTask, isOfPeriod: Bool) {
        if task.isOpen { openNow += 1 }
        guard isOfPeriod else { return }
        opened += 1
        if task.isOpen { stillOpen += 1 }
        priorities[task.priority, default: 0] += 1
        categories[task.category, default: 0] += 1
        stages[task.stage, default: 0] += 1
        addTroubles(of: task)
        addTimes(of: task)
        addReports(of: task)
    }

    private mutating func addTroubles(of task: ReportedTask) {
        repeats += task.repeats
        if task.repeats > 0 || task.reopenings > 0 { repeated += 1 }
        if task.reopenings > 0 { reopened += 1 }
        escalations += task.escalations
        for deadline in task.missed { missed[deadline, default: 0] += 1 }
    }

    private mutating func addTimes(of task: ReportedTask) {
        accept.add(from: task.opened, to: task.accepted)
        arrive.add(from: task.opened, to: task.arrived)
        resolve.add(from: task.opened, to: task.resolved)
        if let resolved = task.resolved { verify.add(from: resolved, to: task.verified) }
    }

    private mutating func addReports(of task: ReportedTask) {
        if let outcome = task.outcome {
            outcomes[outcome, default: 0] += 1
            precision.add(outcome)
        }
        satisfactionCount += task.satisfaction.count
        satisfactionSum += task.satisfaction.reduce(0, +)
    }
}
