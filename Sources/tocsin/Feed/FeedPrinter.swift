/// Scores and tasks as lines for people.
struct FeedPrinter {
    let palette: Palette

    /// `14:03:10 ████▌     45.2 yellow  public-safety      NYC/3/311/  was 12.0 none`
    func lines(_ score: FeedScore) -> [String] {
        let body = score.data
        let figure = padded("", to: 5 - oneDecimal(body.score).count) + oneDecimal(body.score)
        let level = "\(bar(body.score, width: 10)) \(figure) \(padded(body.warning, to: 6))"
        let was = "was \(oneDecimal(body.previous.score)) \(body.previous.warning)"
        return [
            "\(clock(score.time)) \(palette.warning(body.warning, level)) "
                + "\(padded(body.category, to: 18)) \(body.cell)  \(palette.faint(was))"
        ]
    }

    /// A headline, then the reasons as a tree.
    func lines(_ task: FeedTask) -> [String] {
        let body = task.data
        var branches = ["why    \(body.reason)"]
        branches.append(
            "score  \(oneDecimal(body.score)) in \(body.category), \(body.severity), "
                + "\(body.certainty)")
        branches += body.factors.map(line)
        branches.append("from   \(evidence(body.evidence))")
        branches.append("to     \(assignment(body, task.time))")
        branches.append("task   \(body.incident)#\(body.revision)")
        let last = branches.count - 1
        return [headline(task)]
            + branches.enumerated().map { "         \($0 == last ? "└" : "├") \($1)" }
    }

    /// `14:03:10 P1 red    gas-leak  Gas leak: 34 % at Riverside 3  NYC/3/311/`
    func headline(_ task: FeedTask) -> String {
        let body = task.data
        let mark = palette.warning(
            body.warning, "P\(body.priority) \(padded(body.warning, to: 6))")
        let drill = body.status == "actual" ? "" : " [\(body.status)]"
        let operation = body.operation == "open" ? "" : " (\(body.operation))"
        return "\(clock(task.time)) \(mark) \(palette.strong(body.title))\(operation)\(drill)  "
            + palette.faint("\(body.kind), \(body.cell)")
    }

    private func line(_ factor: FeedTask.Factor) -> String {
        let points = padded("+\(oneDecimal(factor.points))", to: 6)
        return "\(points) \(factor.rule), \(factor.alerts) alert\(factor.alerts == 1 ? "" : "s")"
    }

    private func evidence(_ evidence: FeedTask.Evidence) -> String {
        let rest = evidence.count - evidence.alerts.count
        return evidence.alerts.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }

    private func assignment(_ body: FeedTask.Body, _ time: String) -> String {
        let accept = body.acceptBy.map { ", accept by \(moment($0, after: time))" } ?? ""
        let resolve = body.resolveBy.map { ", resolve by \(moment($0, after: time))" } ?? ""
        return "\(body.assign.department) (\(body.assign.level) \(body.assign.cell))"
            + accept + resolve
    }

    /// A later moment, with its date where that is another day.
    private func moment(_ later: String, after time: String) -> String {
        let day = later.prefix(10)
        return day == time.prefix(10) ? clock(later) : "\(day) \(clock(later))"
    }

    /// The time of day of an RFC 3339 stamp.
    private func clock(_ time: String) -> String { String(time.dropFirst(11).prefix(8)) }
}
