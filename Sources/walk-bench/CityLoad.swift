import Cells
import Domain
import Pipeline
import Scenario

/// The messages of a simulated city, made before the clock runs.
struct CityLoad {
    private struct Event {
        var start: Int
        var body: Int
        var end: Int
        var offset: Interval
        var isAlert: Bool
    }

    private var bytes: [UInt8] = []
    private var events: [Event] = []

    /// When the city's story begins: any day will do, and always the same one.
    static let begin = Timestamp(nanoseconds: 1_780_000_000_000_000_000)
    /// Many times a busy city's, so that a run is short; incidents unfold faster to match, but
    /// slowly enough for the rules to see them hold.
    private static let alertsPerSecond = 500
    private static let speed = 5.0

    /// At least `alerts` alerts, with the heartbeats between them.
    init(alerts: Int) throws(BenchProblem) {
        var options = ScenarioOptions(seed: 7, start: Self.begin)
        options.rate = Double(Self.alertsPerSecond)
        options.speed = Self.speed
        options.duration = .seconds(Int64(alerts / Self.alertsPerSecond + 2))
        let grid = try Self.grid()
        do throws(ScenarioError) {
            for event in try ScenarioPlayer(grid: grid, options: options) { append(event) }
        } catch {
            throw BenchProblem(message: "no scenario: \(error)")
        }
    }

    private mutating func append(_ event: ScenarioEvent) {
        let start = bytes.count
        bytes += event.topic
        let body = bytes.count
        bytes += event.body
        events.append(
            Event(
                start: start, body: body, end: bytes.count, offset: event.offset,
                isAlert: event.content == .alert))
    }

    var count: Int { events.count }

    func isAlert(_ index: Int) -> Bool { events[index].isAlert }

    /// Puts a message into `letter` as a door would, without asking the heap for anything.
    func write(_ index: Int, to letter: inout Letter) {
        let event = events[index]
        letter.bytes.clear()
        letter.bytes.append(bytes.span, event.start, event.end)
        letter.head = LetterHead(
            path: .push, received: Self.begin + event.offset, topicBytes: event.body - event.start)
    }

    /// The simulated city: some 200 grids in five levels.
    static func grid() throws(BenchProblem) -> Grid {
        let plan = CityPlan(seed: 7)
        let file = GridFile(name: "the generated city", bytes: Array(plan.geoJSON().utf8))
        do throws(GridError) {
            return try GridLoader(root: plan.root).load([file])
        } catch {
            throw BenchProblem(message: "the city does not load: \(error)")
        }
    }
}
