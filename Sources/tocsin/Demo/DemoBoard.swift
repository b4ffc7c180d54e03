import Domain
import Scenario

/// What a demonstration has seen of the feed.
struct DemoBoard {
    struct Standing {
        var score = 0.0
        var warning = "none"
    }

    /// A task at its latest revision, and when its first one came.
    struct SeenTask {
        var latest: FeedTask
        let opened: FeedTask
        /// From the first alert that counted to the task's arrival here.
        let delay: Duration
    }

    /// Scores by cell path; five each, in the order of `Category`.
    private(set) var cells: [String: [Standing]] = [:]
    private(set) var tasks: [SeenTask] = []
    private var indexes: [String: Int] = [:]

    mutating func take(_ change: FeedScore) {
        let body = change.data
        guard let category = Category.allCases.first(where: { "\($0.word)" == body.category })
        else {
            return
        }
        var standings = cells[body.cell] ?? Array(repeating: Standing(), count: Category.count)
        standings[Int(category.rawValue)] = Standing(score: body.score, warning: body.warning)
        cells[body.cell] = standings
    }

    /// Takes a revision; true when it is a task's first.
    mutating func take(_ task: FeedTask, at arrival: Timestamp) -> Bool {
        if let index = indexes[task.data.incident] {
            tasks[index].latest = task
            return false
        }
        indexes[task.data.incident] = tasks.count
        let first = task.data.factors.compactMap { Timestamp(rfc3339: $0.first) }.min()
        let delay = arrival - (first ?? arrival)
        tasks.append(
            SeenTask(latest: task, opened: task, delay: .nanoseconds(max(0, delay.nanoseconds))))
        return true
    }

    /// Cells at a warning level, the worst first.
    var warned: [(path: String, standings: [Standing])] {
        cells.filter { $0.value.contains { $0.warning != "none" } }
            .map { ($0.key, $0.value, $0.value.map(\.score).max() ?? 0) }
            .sorted { ($1.2, $0.0) < ($0.2, $1.0) }
            .map { ($0.0, $0.1) }
    }

    var medianDelay: Duration? {
        let delays = tasks.map(\.delay).sorted()
        return delays.isEmpty ? nil : delays[delays.count / 2]
    }

    /// The first task about an incident: of its category, in its cell or one above it, after it
    /// began.
    func task(about incident: IncidentTruth) -> SeenTask? {
        tasks.first { task in
            let body = task.opened.data
            let time = Timestamp(rfc3339: task.opened.time) ?? .never
            return body.category == "\(incident.category.word)"
                && (incident.cell + "/").hasPrefix(body.cell) && time >= incident.start
        }
    }
}
