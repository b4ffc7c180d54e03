import Desks
import Domain

/// How the desks stand: the answer to the control request `desks`.
struct DesksReport: Codable, Sendable {
    struct Entry: Codable, Sendable {
        var desk: String
        var connected: Bool
        /// Tasks that it is to be told and that are not on their way.
        var waiting: Int
        /// Tasks sent and not acknowledged.
        var underWay: Int
        var deadLetters: Int
        /// Of the oldest task that it has not acknowledged; nil when it has all.
        var oldestSeconds: Int?
        /// Since it was last heard of.
        var quietSeconds: Int

        enum CodingKeys: String, CodingKey {
            case desk, connected, waiting
            case underWay = "under_way"
            case deadLetters = "dead_letters"
            case oldestSeconds = "oldest_unacknowledged_s"
            case quietSeconds = "quiet_s"
        }
    }

    var desks: [Entry]
    /// Open tasks, and closed ones that a desk does not know of yet.
    var tasks: Int
    /// Since the start.
    var deadLetters: UInt64
    var feedback: Int
    /// Messages refused, by code.
    var refused: [String: Int]

    enum CodingKeys: String, CodingKey {
        case desks, tasks, feedback, refused
        case deadLetters = "dead_letters"
    }
}

extension DesksReport {
    init(_ lane: borrowing DeskLane) {
        desks = lane.book.standings(at: .monotonic).map(Entry.init)
        (tasks, deadLetters) = (lane.book.taskCount, lane.book.deadLetters)
        (feedback, refused) = (lane.feedbackTaken, lane.refusals)
    }

    /// A table for people.
    var lines: [String] {
        if desks.isEmpty { return ["no desk has subscribed; \(grouped(tasks)) tasks are open"] }
        let width = max(4, desks.map(\.desk.count).max() ?? 0)
        let titles = ["state", "waiting", "under way", "dead letters", "oldest", "quiet"]
        return [Self.row("desk", titles, width)]
            + desks.map { Self.row($0.desk, $0.columns, width) }
    }

    private static func row(_ name: String, _ columns: [String], _ width: Int) -> String {
        columns.reduce(padded(name, to: width)) { line, column in
            line + padded("", to: 14 - column.count) + column
        }
    }
}

extension DesksReport.Entry {
    fileprivate init(_ standing: DeskStanding) {
        self.init(
            desk: standing.desk, connected: standing.isConnected, waiting: standing.waiting,
            underWay: standing.underWay, deadLetters: standing.deadLetters,
            oldestSeconds: standing.oldest.map { Self.seconds(Timestamp.now - $0) },
            quietSeconds: Self.seconds(standing.quiet))
    }

    private static func seconds(_ interval: Interval) -> Int {
        Int(max(.zero, interval).nanoseconds / 1_000_000_000)
    }

    fileprivate var columns: [String] {
        [
            connected ? "connected" : "away", grouped(waiting), grouped(underWay),
            grouped(deadLetters), oldestSeconds.map { "\(grouped($0)) s" } ?? "-",
            "\(grouped(quietSeconds)) s",
        ]
    }
}
