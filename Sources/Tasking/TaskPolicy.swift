public import Domain

/// What the catalog says of all tasks alike.
public struct TaskPolicy: Sendable {
    /// A resolved task that nobody verifies is closed after so long: whoever verifies works at the
    /// latest in the same shift of the next day.
    public var verifyWithin = Interval.hours(24)
    /// By severity the name of the least level that answers; nil: that of the task's kind.
    public var answering: [5 of String?] = .init(repeating: nil)
    public var exposure: ExposurePlan?

    public init() {}
}

/// Cells where the same event is worse, because of who lives there.
public struct ExposurePlan: Sendable, BitwiseCopyable {
    /// From so many inhabitants on; nil: no number does.
    public var population: Int?
    /// From this vulnerability on; nil: none does. **Range**: 0 to 1.
    public var vulnerability: Double?
    /// By so many steps a task's priority is more urgent there.
    public var raise: UInt8 = 1

    public init() {}

    /// Whether a cell is such a one.
    public func holds(population: Int, vulnerability: Double) -> Bool {
        if let least = self.population, population >= least { return true }
        guard let least = self.vulnerability else { return false }
        return vulnerability >= least
    }
}
