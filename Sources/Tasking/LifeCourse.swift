import Domain

/// Where a life of a task stands, from all that was reported of it.
///
/// First the way to the resolution, report by report: a unit accepts, sets out, arrives, resolves;
/// skips some of it, turns it down, or the task is given to another. Then the earliest of what may
/// end it: somebody else verified the resolution, it was closed, cancelled, nobody verified it in
/// time, or nobody was on it when its condition ended.
struct LifeCourse {
    private let reports: [StageReport]
    private let life: TaskLife
    private let verifyWithin: Interval
    private var stage: TaskStage
    private var at: Timestamp
    private var by = ""

    init(_ reports: [StageReport], _ life: TaskLife, verifyWithin: Interval) {
        (self.reports, self.life, self.verifyWithin) = (reports, life, verifyWithin)
        stage = life.offeredAt == .never ? .open : .offered
        at = max(life.openedAt, life.offeredAt)
        for report in reports {
            if hasExpired(before: report.time) { break }
            step(report)
        }
    }

    /// Writes where it stands into the life.
    func write(to life: inout TaskLife, at now: Timestamp) {
        let end = ending(at: now)
        life.stage = end?.stage ?? stage
        life.stageAt = end?.at ?? at
        life.by = UnitCode(end.map(\.by) ?? by)
        life.outcome = reports.last { $0.outcome != nil }?.outcome
        life.times = times
    }

    private mutating func step(_ report: StageReport) {
        switch report.stage {
        case .accepted, .enRoute, .onScene, .resolved:
            if report.stage.progress() > stage.progress() { move(to: report) }
        case .rejected:
            let isOnIt = stage.progress() > 0 && stage != .resolved && by == report.by
            if isOnIt || (stage.isWaiting() && stage != .rejected) { move(to: report) }
        case .reassigned:
            if stage != .resolved && stage != .reassigned { move(to: report) }
        default:
            break
        }
    }

    private mutating func move(to report: StageReport) {
        (stage, by) = (report.stage, report.by)
        at = max(report.time, life.began)
    }

    private func hasExpired(before moment: Timestamp) -> Bool {
        expiry.map { moment > $0.at } ?? false
    }

    private typealias Ending = (at: Timestamp, stage: TaskStage, by: String)

    private var expiry: Ending? {
        guard life.endsWithCondition, life.overAt != .never, stage.isWaiting() else { return nil }
        return (max(life.overAt, at), .expired, "")
    }

    /// The earliest end; of several at one instant the first of this list.
    private func ending(at now: Timestamp) -> Ending? {
        var ends: [Ending] = []
        if stage == .resolved {
            ends += verifications.prefix(1).map { (max($0.time, at), .closed, $0.by) }
            let closures = reports.filter { $0.stage == .closed }
            ends += closures.prefix(1).map { (max($0.time, at), .closed, $0.by) }
            if now - at >= verifyWithin { ends.append((at + verifyWithin, .closed, "")) }
        }
        let cancels = reports.filter { $0.stage == .cancelled }
        ends += cancels.prefix(1).map { (max($0.time, life.began), .cancelled, $0.by) }
        if let expiry { ends.append(expiry) }
        return ends.enumerated().min { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }?
            .element
    }

    /// By others than resolved it.
    private var verifications: [StageReport] {
        let resolvers = reports.filter { $0.stage == .resolved }.map(\.by)
        guard !resolvers.isEmpty else { return [] }
        return reports.filter { $0.stage == .verified && !resolvers.contains($0.by) }
    }

    private var times: StageTimes {
        func first(_ stage: TaskStage) -> Timestamp {
            reports.first { $0.stage == stage }?.time ?? .never
        }
        var times = StageTimes()
        times.accepted = first(.accepted)
        times.onScene = first(.onScene)
        times.resolved = first(.resolved)
        times.verified = verifications.first?.time ?? .never
        return times
    }
}
