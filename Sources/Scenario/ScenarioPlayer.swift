public import Cells
import Domain

/// Plays a scenario: messages in time order, made one by one as they are asked for.
///
/// Incidents are planned at the start, some hundred reports each; everyday readings and heartbeats
/// are not, so that a day costs no more memory than a minute. The same grid and options give the
/// same bytes.
public struct ScenarioPlayer: Sequence, IteratorProtocol, Sendable {
    public let options: ScenarioOptions
    /// The story, in time order, up to the end of the duration.
    public let phases: [IncidentPhase]
    /// In the order in which the incidents begin.
    public let truth: [IncidentTruth]

    private let town: Town
    private let plan: IncidentPlan
    private let writer: EventWriter
    private var played = 0
    private var everyday: EverydayReadings
    private var sequences: [String: UInt64] = [:]
    private var heartbeats = HeartbeatQueue()

    /// **Fails**: when the grid has no shapes to place anything in, or an option makes no sense.
    public init(grid: borrowing Grid, options: ScenarioOptions) throws(ScenarioError) {
        guard options.rate >= 0, options.rate.isFinite else { throw .badOption("rate") }
        guard options.speed > 0, options.speed.isFinite else { throw .badOption("speed") }
        guard options.heartbeat > .zero else { throw .badOption("heartbeat") }
        town = Town(grid)
        guard !town.places.isEmpty else { throw .noPlaces }
        if let sensors = options.sensors {
            guard sensors > 0 else { throw .badOption("sensors") }
            let most = Fleet.most(in: town)
            guard sensors <= most else { throw .tooManySensors(most: most) }
        }
        self.options = options
        plan = IncidentPlan(town, options)
        phases = plan.phases.filter { $0.offset < options.duration }
        truth = plan.truth
        writer = EventWriter(start: options.start)
        everyday = EverydayReadings(
            town, rate: options.rate, seed: options.seed, sensors: options.sensors)
    }

    /// The next message, nil when the duration is over.
    public mutating func next() -> ScenarioEvent? {
        let incident = played < plan.reports.count ? plan.reports[played].offset : .never
        let reading = Interval(seconds: everyday.next)
        let heartbeat = heartbeats.first?.due ?? .never
        let due = Swift.min(incident, reading, heartbeat)
        guard due < options.duration else { return nil }
        if due == heartbeat { return beat() }
        if due == incident {
            played += 1
            return event(due, plan.reports[played - 1].report)
        }
        return event(due, everyday.take { plan.isBusy($0, at: due) })
    }

    private mutating func event(_ offset: Interval, _ report: Report) -> ScenarioEvent {
        let source = report.device.source
        let sequence = (sequences[source] ?? 0) + 1
        sequences[source] = sequence
        if sequence == 1 { heartbeats.add(source, due: offset.adding(options.heartbeat)) }
        let place = town.places[report.device.place]
        return writer.alert(offset, source, sequence, report, at: place)
    }

    private mutating func beat() -> ScenarioEvent? {
        guard let (due, source) = heartbeats.take() else { return nil }
        heartbeats.add(source, due: due.adding(options.heartbeat))
        return writer.heartbeat(due, source, sequences[source] ?? 0)
    }
}

/// Who says next that it is alive: all wait equally long, so the first come is the first due.
private struct HeartbeatQueue: Sendable {
    private var waiting: [(due: Interval, source: String)] = []
    private var head = 0

    var first: (due: Interval, source: String)? { head < waiting.count ? waiting[head] : nil }

    mutating func add(_ source: String, due: Interval) { waiting.append((due, source)) }

    mutating func take() -> (due: Interval, source: String)? {
        guard let first else { return nil }
        head += 1
        if head > waiting.count / 2, head > 256 {
            waiting.removeFirst(head)
            head = 0
        }
        return first
    }
}

extension Interval {
    /// After everything that is due.
    static let never = Interval(nanoseconds: .max)

    /// **Range**: what does not fit is `never`.
    init(seconds: Double) {
        let nanoseconds = (seconds * 1e9).rounded()
        self = nanoseconds < 9e18 ? Interval(nanoseconds: Int64(nanoseconds)) : .never
    }

    func adding(_ other: Interval) -> Interval {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(other.nanoseconds)
        return overflow ? .never : Interval(nanoseconds: sum)
    }
}
