/// An alert that was admitted and has its place: what the rules, scores and tasks need to know of
/// it.
public struct Sighting: Sendable, BitwiseCopyable {
    /// The journal position: 1, 2, 3 … over all accepted alerts.
    public var sequence: UInt64
    public var kind: KindID
    public var source: SourceID
    public var cell: CellID
    /// Event time, held at `received` when the device's clock runs ahead.
    public var time: Timestamp
    public var received: Timestamp
    public var path: IngestPath
    public var status: AlertStatus
    /// Where it was sensed; nil when only its cell is known.
    public var position: Position?

    public init() {
        sequence = 0
        (kind, source, cell) = (.none, .none, .none)
        (time, received) = (.never, .never)
        (path, status, position) = (.push, .actual, nil)
    }
}
