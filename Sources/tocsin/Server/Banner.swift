import Cells
import Domain
import Settings

/// What the server says of itself when it starts and when it ends.
struct Banner {
    private let settings: Settings
    private let cells: Int
    private let rules: Int
    /// The code of the city's root.
    private let root: String
    /// How many are registered.
    var sources = 0
    var addresses = ServerSockets.Addresses()

    init(_ settings: Settings, _ grid: borrowing Grid, rules: Int) {
        self.settings = settings
        cells = grid.count
        root = grid.code(of: CellID(0))
        self.rules = rules
    }

    func printStart() {
        let city = settings.cells.files.isEmpty ? "a generated city" : root
        StandardError.say(
            """
            tocsin \(Tocsin.version), instance \(settings.instance): \
            \(cells) cells of \(city), \(rules) rules\(sources > 0 ? ", \(sources) registered sources" : "")
              ingest.broadcast     \(addresses.broadcast)
              ingest.push          \(addresses.push)
              ingest.acknowledged  \(addresses.acknowledged)
              feed                 \(addresses.feed)
              dispatch             \(addresses.dispatch)
              control              \(addresses.control)
              journal              \(settings.journal.path)
            Ready. Ctrl-C ends it; `tocsin tail` shows what it decides.
            """)
    }

    func printEnd(_ tally: IntakeCounters, durable: UInt64) {
        let accepted = (0..<IngestPath.count).reduce(UInt64(0)) { $0 + tally.accepted[$1] }
        let rejected = (0..<Reject.count).reduce(UInt64(0)) { $0 + tally.rejected[$1] }
        StandardError.say(
            """
            Ended: \(accepted) alerts accepted, \(rejected) rejected, \(tally.lost) lost on the way; \
            \(tally.tasksOpened) tasks opened; journal complete up to \(durable).
            """)
    }
}
