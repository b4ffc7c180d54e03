public import Domain

/// A stretch of the journal's alerts: positions of one run, and when they came in.
public struct AlertRange: Sendable, Equatable {
    public var run: Int64
    /// nil where the positions on both sides do not say it.
    public var positions: ClosedRange<UInt64>?
    public var from: Timestamp
    public var to: Timestamp

    init(run: Int64, _ first: UInt64, _ last: UInt64, from: Timestamp, to: Timestamp) {
        self.run = run
        // Rows that were damaged may name an end before their start.
        positions = first <= last ? first...last : nil
        self.from = from
        self.to = to
    }
}
