import ArgumentParser
import Domain
import Reporting

/// The period that a report is of.
struct PeriodOptions: ParsableArguments {
    @Option(help: "How long: hour, day, week, month (default: day).")
    var period: PeriodLength?
    @Option(
        help: "The first moment, such as 2026-05-25T00:00:00Z.", transform: PeriodOptions.moment)
    var from: Timestamp?
    @Option(help: "The first moment behind it (default: now).", transform: PeriodOptions.moment)
    var to: Timestamp?

    private static func moment(_ text: String) throws -> Timestamp {
        guard let moment = Timestamp(rfc3339: text) else {
            throw ValidationError(
                "write it with its zone, such as 2026-05-25T00:00:00Z; up to the year 2262")
        }
        return moment
    }

    func validate() throws {
        if period != nil, from != nil, to != nil {
            throw ValidationError("--from and --to say how long: leave --period out")
        }
        if let from, let to, from >= to {
            throw ValidationError("--from must be before --to")
        }
    }

    /// One length from `--from` on, or up to `--to`; both together need none.
    func scope(within area: String?, now: Timestamp) throws(CommandFailure) -> ReportScope {
        let length = (period ?? .day).interval
        var scope = ReportScope(from: now - length, to: to ?? now, area: area)
        if let from {
            scope.from = from
            if to == nil { scope.to = period == nil ? now : from + length }
        } else if let to {
            scope.from = to - length
        }
        guard scope.from < scope.to else {
            throw .usage("the period begins at \(scope.from.rfc3339), which is not yet")
        }
        return scope
    }
}

/// What `--period` may say.
enum PeriodLength: String, CaseIterable, ExpressibleByArgument {
    case hour, day, week, month

    /// A month is 30 days, so that months compare.
    var interval: Interval {
        switch self {
        case .hour: .hours(1)
        case .day: .hours(24)
        case .week: .hours(7 * 24)
        case .month: .hours(30 * 24)
        }
    }
}
