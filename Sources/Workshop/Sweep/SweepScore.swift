import Domain

/// How well a rule's raised states met the labelled windows.
public struct SweepScore: Encodable, Sendable {
    public var choice: ParameterChoice
    /// Raised states.
    public var raised: Int
    /// Of them, those that met a window.
    public var right: Int
    public var windows: Int
    /// Of them, those that were met.
    public var found: Int
    /// How long before a window's end the rule was first raised in it: the median over those found.
    /// **Units**: seconds.
    public var leadSeconds: Double?

    /// Of what was raised, how much was right; 1 when nothing was raised.
    public var precision: Double { raised == 0 ? 1 : Double(right) / Double(raised) }
    /// Of what was to be found, how much was found.
    public var recall: Double { windows == 0 ? 1 : Double(found) / Double(windows) }
    public var f1: Double {
        let sum = precision + recall
        return sum == 0 ? 0 : 2 * precision * recall / sum
    }

    private enum CodingKeys: String, CodingKey {
        case choice, raised, right, windows, found, leadSeconds, precision, recall, f1
    }

    init(_ choice: ParameterChoice, _ intervals: [RaisedInterval], _ windows: [LabelledWindow]) {
        self.choice = choice
        raised = intervals.count
        right = intervals.count { interval in windows.contains { $0.meets(interval) } }
        self.windows = windows.count
        var leads: [Double] = []
        for window in windows {
            let starts = intervals.filter { window.meets($0) }.map(\.start)
            guard let first = starts.min() else { continue }
            let start = max(first, window.start)
            leads.append(Double(window.end.nanoseconds - start.nanoseconds) / 1e9)
        }
        found = leads.count
        leadSeconds = SweepScore.median(leads)
    }

    private static func median(_ numbers: [Double]) -> Double? {
        let sorted = numbers.sorted()
        guard !sorted.isEmpty else { return nil }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(choice, forKey: .choice)
        try container.encode(raised, forKey: .raised)
        try container.encode(right, forKey: .right)
        try container.encode(windows, forKey: .windows)
        try container.encode(found, forKey: .found)
        try container.encodeIfPresent(leadSeconds, forKey: .leadSeconds)
        try container.encode(precision, forKey: .precision)
        try container.encode(recall, forKey: .recall)
        try container.encode(f1, forKey: .f1)
    }
}
