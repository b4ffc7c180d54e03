import Domain

/// What was reported of one task: the reports of its present life, and the ids of all.
///
/// Where the task stands is worked out from all of them together, in the order of their times, so
/// late reports and those that overtake others lead to the same.
///
/// **Owner**: the task board.
struct TaskReports {
    /// More ids than this are forgotten, the oldest first: then a repeat of one is a new report.
    static let idsMax = 256
    /// Reports of a life that are kept; beyond that, such as repeat an earlier one's stage go.
    static let reportsMax = 128

    private var ids: [String] = []
    /// In the order of `StageReport.<`.
    private(set) var reports: [StageReport] = []

    /// Takes a report in, and moves the task's life to where it now stands.
    mutating func take(
        _ report: StageReport, into life: inout TaskLife, verifyWithin: Interval, at now: Timestamp
    ) -> LifeVerdict {
        if ids.contains(report.id) { return .duplicate }
        guard report.stage.isReportable else { return .refused(.notReportable) }
        reports.removeAll { !$0.belongs(to: life) }
        guard report.belongs(to: life) else {
            remember(report.id)
            return .kept
        }
        if let refusal = refusal(of: report, life) { return .refused(refusal) }
        remember(report.id)
        insert(report)
        let before = life.stage
        LifeCourse(reports, life, verifyWithin: verifyWithin).write(to: &life, at: now)
        return before == life.stage ? .kept : .moved(from: before, to: life.stage)
    }

    /// Why a report does not fit where the task stands; nil when it does.
    private func refusal(of report: StageReport, _ life: TaskLife) -> FeedbackRefusal? {
        let resolutions = reports.filter { $0.stage == .resolved }
        switch report.stage {
        case .verified:
            if resolutions.isEmpty { return .outOfTurn }
            return resolutions.contains { $0.by == report.by } ? .sameUnit : nil
        case .closed:
            return resolutions.isEmpty && !life.stage.isOver() ? .outOfTurn : nil
        case .rejected, .reassigned:
            return resolutions.contains { $0 < report } ? .outOfTurn : nil
        default:
            return nil
        }
    }

    private mutating func remember(_ id: String) {
        ids.append(id)
        if ids.count > TaskReports.idsMax { ids.removeFirst() }
    }

    private mutating func insert(_ report: StageReport) {
        reports.insert(report, at: reports.firstIndex { report < $0 } ?? reports.count)
        guard reports.count > TaskReports.reportsMax else { return }
        var seen: Set<TaskStage> = []
        let repeated = reports.firstIndex { !seen.insert($0.stage).inserted }
        if let repeated { reports.remove(at: repeated) }
    }
}
