public import Domain

/// What a scenario is made of.
public struct ScenarioOptions: Sendable {
    public var seed: UInt64
    /// The moment of offset 0; every alert's `time` counts from it.
    public var start: Timestamp
    /// When the messages end, even in the middle of an incident that takes longer.
    public var duration = Interval.minutes(30)
    /// Everyday alerts a second, whatever `speed` is.
    public var rate = 20.0
    /// How many sensors stand in the city, more where more people are, each speaking in its turn;
    /// nil: any place may have any.
    public var sensors: Int?
    /// How many times faster than life incidents unfold. **Range**: above 0.
    public var speed = 1.0
    /// One incident for each entry, in this order over the duration; an entry may come again.
    public var incidents = IncidentKind.allCases
    /// How often a source that has spoken says that it is alive.
    public var heartbeat = Interval.seconds(5)

    public init(seed: UInt64, start: Timestamp) {
        self.seed = seed
        self.start = start
    }
}

/// One message to send.
public struct ScenarioEvent: Sendable, Hashable {
    public enum Content: Sendable, Hashable { case alert, heartbeat }

    /// When to send it, from the start.
    public var offset: Interval
    public var content: Content
    public var source: String
    /// Of the alert, or of the source's last alert; from 1 without a gap.
    public var sequence: UInt64
    /// The first frame, `alert/v1/json/<source>/`.
    public var topic: [UInt8]
    /// The second frame, a CloudEvents JSON event.
    public var body: [UInt8]
}

/// One line of an incident's story.
public struct IncidentPhase: Sendable, Hashable {
    public var offset: Interval
    /// Begins with the time of day in UTC: `14:03:10 gas leak in Willow Street 2-5: 12 %LEL and
    /// rising`.
    public var text: String
}

/// What really happened: for measuring what was found.
public struct IncidentTruth: Sendable, Hashable {
    /// `gas-leak-1`: the kind and its number in the scenario.
    public var id: String
    public var kind: IncidentKind
    public var category: Category
    /// Full path of the cell where it began.
    public var cell: String
    public var start: Timestamp
    public var end: Timestamp
}

/// Why a scenario cannot be played.
public enum ScenarioError: Error, Sendable, Hashable {
    /// The grid has no leaf with a shape.
    case noPlaces
    /// `rate` is negative or not finite, or `speed` or `heartbeat` is not above 0.
    case badOption(String)
    /// More sensors than there are places for.
    case tooManySensors(most: Int)
}
