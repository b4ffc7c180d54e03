/// How many tasks new rules may make: `+5% tasks`, `-10% tasks` or `+20 P1 tasks`, as against the
/// old ones; `300 tasks` in all.
public struct TaskBudget: Sendable {
    private enum Bound { case percent, more, absolute }

    public let text: String
    private let bound: Bound
    private let number: Double
    /// Only tasks of this priority count.
    private let priority: Int?

    /// Nil when the text is no budget.
    public init?(_ text: String) {
        let words = text.split(separator: " ").map(String.init)
        guard (1...3).contains(words.count), words.count == 1 || words.last == "tasks" else {
            return nil
        }
        let hasSign = words[0].hasPrefix("+") || words[0].hasPrefix("-")
        let isPercent = words[0].hasSuffix("%")
        let digits = isPercent ? String(words[0].dropLast()) : words[0]
        guard let number = Double(digits), number.isFinite else { return nil }
        if isPercent && !hasSign { return nil }
        priority = words.count == 3 ? TaskBudget.priority(words[1]) : nil
        if words.count == 3, priority == nil { return nil }
        bound = isPercent ? .percent : hasSign ? .more : .absolute
        (self.text, self.number) = (text, number)
    }

    private static func priority(_ word: String) -> Int? {
        guard word.hasPrefix("P"), let number = Int(word.dropFirst()), (1...5).contains(number)
        else { return nil }
        return number
    }

    /// Whether it can be judged without old rules.
    public var isAbsolute: Bool { bound == .absolute }

    /// The verdict in words.
    func judge(_ new: ReplayOutcome, old: ReplayOutcome?) -> (isKept: Bool, text: String) {
        let (count, before) = (counted(new), old.map(counted) ?? 0)
        let most =
            switch bound {
            case .percent: Double(before) * (1 + number / 100)
            case .more: Double(before) + number
            case .absolute: number
            }
        let isKept = Double(count) <= most + 1e-9
        let words = isKept ? "kept" : "exceeded"
        return (isKept, "budget \(text): \(count), at most \(most.plainText): \(words)")
    }

    private func counted(_ outcome: ReplayOutcome) -> Int {
        outcome.tasks.count { priority == nil || $0.priority == priority }
    }
}
