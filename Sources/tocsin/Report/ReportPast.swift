import Domain
import Foundation
import Journal
import Reporting

/// The tasks of a journal, as reports count them.
struct ReportPast {
    private let path: String
    private let reader: JournalReader

    /// **Fails**: with exit code 2 when there is no journal.
    init(path: String) throws(CommandFailure) {
        self.path = path
        guard FileManager.default.fileExists(atPath: path) else {
            throw .unavailable("there is no journal \(path); name it with --journal FILE")
        }
        do {
            reader = try JournalReader(path: path)
        } catch {
            throw Self.unreadable(path, error)
        }
    }

    func tasks(_ scope: ReportScope) throws(CommandFailure) -> [ReportedTask] {
        do {
            return try reader.courses(openedFrom: scope.from, before: scope.to)
                .map { ReportedTask($0) }
        } catch {
            throw Self.unreadable(path, error)
        }
    }

    private static func unreadable(_ path: String, _ failure: any Error) -> CommandFailure {
        .unavailable(
            "cannot read the journal \(path): \(failure); is it one that `tocsin run` wrote?")
    }
}

extension ReportedTask {
    init(_ course: JournaledCourse) {
        self.init(
            cell: course.cell, category: course.category, priority: course.priority,
            opened: course.opened)
        (isOpen, isDrill) = (course.isOpen, course.status != .actual)
        (stage, kind, department) = (course.stage, course.kind, course.department)
        rule = course.rule ?? ""
        sources = Self.sources(of: course.alerts)
        (repeats, reopenings) = (course.repeats, course.reopenings)
        escalations = course.escalations
        missed = course.escalationReasons.filter { $0 != .repeats && $0 != .severity }
        (accepted, arrived) = (course.accepted, course.arrived)
        (resolved, verified) = (course.resolved, course.verified)
        (outcome, satisfaction) = (course.outcome, course.satisfaction)
    }

    /// An alert is told as `source#id`; a source's name has no `#`.
    private static func sources(of alerts: [String]) -> [String] {
        Set(alerts.map { String($0.prefix { $0 != "#" }) }).sorted()
    }
}
