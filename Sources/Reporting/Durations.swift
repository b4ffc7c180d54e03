import Domain

/// How long something took, task by task.
public struct Durations: Sendable, Equatable, Encodable {
    private var seconds: [Double] = []

    public init() {}

    public var count: Int { seconds.count }
    /// **Units**: seconds. nil where there is none.
    public var median: Double? { quantile(0.5) }
    /// **Units**: seconds. nil where there is none.
    public var ninetieth: Double? { quantile(0.9) }

    /// Nothing where it has not come to an end. Clocks of units differ from ours: what seems to end
    /// before it began took no time.
    mutating func add(from start: Timestamp, to end: Timestamp?) {
        guard let end else { return }
        seconds.append(Double(max(0, (end - start).nanoseconds)) / 1e9)
    }

    /// Between the two nearest ranks in proportion (Hyndman and Fan, type 7).
    private func quantile(_ share: Double) -> Double? {
        let sorted = seconds.sorted()
        guard let last = sorted.last else { return nil }
        let rank = share * Double(sorted.count - 1)
        let low = Int(rank)
        guard low + 1 < sorted.count else { return last }
        return sorted[low] + (sorted[low + 1] - sorted[low]) * (rank - Double(low))
    }

    private enum CodingKeys: String, CodingKey {
        case count
        case median = "median_s"
        case ninetieth = "p90_s"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(count, forKey: .count)
        try container.encodeIfPresent(median, forKey: .median)
        try container.encodeIfPresent(ninetieth, forKey: .ninetieth)
    }
}
