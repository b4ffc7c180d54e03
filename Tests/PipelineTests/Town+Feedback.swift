import Domain
import Foundation
import Pipeline
import Testing

extension Town {
    /// The latest revision of a task that was told since the last call.
    mutating func latest() throws -> [String: Any] {
        try #require(try told().tasks.last)
    }

    /// Reports on the task of an order, `seconds` after the start.
    mutating func report(
        _ stage: TaskStage, _ task: [String: Any], by unit: String = "E-1", at seconds: Double,
        received: Double? = nil, id: String? = nil,
        _ change: (inout Feedback) -> Void = { _ in }
    ) throws -> FeedbackAnswer {
        let time = Town.start + .milliseconds(Int64(seconds * 1000))
        var feedback = Feedback(
            id: id ?? "\(unit) \(stage) \(seconds)", task: try Town.incident(task),
            revision: UInt32(task["revision"] as? Int ?? 0), time: time, stage: stage, by: unit)
        change(&feedback)
        let delay = Interval.milliseconds(Int64(((received ?? seconds) - seconds) * 1000))
        return walk.take(feedback, at: time + delay)
    }

    static func incident(_ task: [String: Any]) throws -> TaskID {
        let digits = try #require(task["incident"] as? String)
        return TaskID(
            high: try #require(UInt64(digits.prefix(16), radix: 16)),
            low: try #require(UInt64(digits.suffix(16), radix: 16)))
    }

    /// A rule that stands raised while a cell smokes, with parts of its task.
    static func smoking(_ task: String = "", dedupe: String = "") -> String {
        """
        rules:
        - id: fire
          title: Fire
          status: active
          revision: 1
          match: {kind: smoke}
          by: [alert.cell]
          windows:
            n: {fn: count, over: 1m}
            top: {fn: max, over: 1m, of: alert.value, empty: 0.0}
          raise: {when: w.n >= 1}
          clear: {when: w.n == 0}
          score:
            public-safety: {points: '90.0 * w.top', confidence: '0.95', half_life: 10m}
          task:
            kind: fire
            title: 'fire in ${cell.name}'
            cap: {urgency: Immediate}
            dedupe: {key: [alert.cell]\(dedupe)}
            close_on: clear
        \(task)
        """
    }
}

extension [String: Any] {
    func text(_ name: String) -> String { self[name] as? String ?? "" }
    func member(_ name: String) -> [String: Any] { self[name] as? [String: Any] ?? [:] }
    /// Of a time within a minute of the town's start, the minute and the second.
    func moment(_ name: String) -> String { String(text(name).dropFirst(14).prefix(5)) }
}
