import Cells
import Domain
import Foundation
import Journal
import Lanes
import Pipeline
import Registry
import RuleBook
import Settings
import ZeroMQ

/// The server: what it is made of, started in this order and ended in the reverse.
///
///     sockets ─► intake lane ─► ring ─► journal lane ─► SQLite ─► desk lane ◄─► dispatch
///                 ▲   └──► feed                                      │
///                 └──────────────────────────────────────── feedback ┘
///     control ─► desk: loads rules aside
///
/// This is the one place where the pipeline and the journal meet.
enum Assemble {
    /// Runs the server until SIGTERM, SIGINT, or a failure of a lane.
    ///
    /// **Fails**: `CommandFailure` when cells, rules, journal or an address cannot be used.
    static func run(_ settings: Settings) throws {
        let signals = EndSignals()
        let started = Timestamp.now
        let epoch = UInt64(started.nanoseconds)
        let city = CityKeeper(settings.cells)
        let grid = try CitySource.load(settings.cells)
        var draft = try RegistryFile.draft(settings.sources.registry)
        draft.take(grid.answers(draft.questions()))
        let rules = try ServerRules.load(
            settings.rules, RegistryFile.finish(draft), hierarchies: grid.hierarchyNames)
        draft.check(kinds: rules.catalog.kinds.map(\.name))
        let registry = try RegistryFile.fitting(draft, in: settings.sources)
        var banner = Banner(settings, grid, rules: rules.rules.count)
        banner.sources = registry.sources.count
        let ring = RecordRing(byteCapacity: ringBytes)
        let stops = Stops()
        let (errands, hangUp) = (Errands<Walk>(), HangUp())
        var keeper = RuleKeeper(settings, running: rules, registry, city, grid.hierarchyNames)
        let silences = try SilenceKeeper(settings.rules.silences, keeper)
        let run = JournalRun(
            epoch: epoch, instance: settings.instance, version: Tocsin.version, started: started,
            rules: ServerRules.journaled(rules))
        let durability = Durability()
        let journal = try Assemble.journal(
            settings, run, ring, durability, (stops.journal, stops.alarm))
        keeper.past = JournalPast(
            path: settings.journal.path, cells: settings.cells, gauge: journal.gauge)

        let context = try reaching("ZeroMQ") { () throws(ZeroMQError) in try Context() }
        let sockets = try ServerSockets.open(settings, context, durability)
        banner.addresses = sockets.addresses
        let outlet = Outlet(ring: ring.writer(), instance: settings.instance, epoch: epoch)
        var parts = WalkParts(
            compiled: rules.compiled(), grid: grid,
            admission: AdmissionPolicy(settings.sources), outlet: outlet)
        parts.sources = registry.plans
        let walk = try engine(settings, parts, silences.silences, keeper, journal.gauge)
        let lane = IntakeLane(
            walk: walk, doors: sockets.doors, feed: sockets.feed, ring: ring, errands: errands)
        let links = DeskLinks(engine: EngineDoor(errands))
        let past = try DeskPast(settings.journal.path, journal.gauge)
        let office = try desks(
            DeskLane(sockets.dispatch, past, epoch: epoch, links), stops.desks, stops.alarm)
        let desk = ControlDesk(
            sockets.control, keeper, silences, settings, (errands, links.errands), hangUp)
        let intake = try intake(settings, lane, stops.intake, stops.alarm)
        let control = try control(desk, stops.control)
        silences.publishAtStart(keeper, errands)
        banner.printStart()

        signals.wait(orUntil: stops.alarm, hangUp: hangUp)
        let gauge = journal.gauge
        let tally = try end(stops, control, intake, journal, office)
        banner.printEnd(tally, durable: gauge.progress.durableSequence)
    }

    /// Ends one lane after the other, each when what feeds it has ended; gives the counters.
    private static func end(
        _ stops: Stops, _ control: consuming LaneThread<Void, ZeroMQError>,
        _ intake: consuming LaneThread<IntakeCounters, ZeroMQError>,
        _ journal: consuming JournalThread, _ office: consuming LaneThread<Void, any Error>
    ) throws(CommandFailure) -> IntakeCounters {
        stops.control.raise()
        do { try control.join() } catch { throw failed("the control socket", error) }
        stops.intake.raise()
        let tally: IntakeCounters
        do { tally = try intake.join() } catch { throw failed("the sockets", error) }
        stops.journal.raise()
        do { try journal.join() } catch { throw failed("the journal", error) }
        stops.desks.raise()
        do { try office.join() } catch { throw failed("the desks", error) }
        return tally
    }

    /// What ends each lane; `alarm` is raised by one that fails.
    private struct Stops {
        let intake = StopSignal()
        let journal = StopSignal()
        let desks = StopSignal()
        let control = StopSignal()
        let alarm = StopSignal()
    }

    /// Room for half a minute of 20,000 alerts a second while the disk stands still.
    private static let ringBytes = 256 * 1024 * 1024
    /// Messages under way when the server is told to end are waited for so long after the last one
    /// …
    private static let quiet = Duration.milliseconds(250)
    /// … and at most so long in all.
    private static let drainLimit = Duration.seconds(10)

    private static func journal(
        _ settings: Settings, _ run: JournalRun, _ ring: RecordRing, _ durability: Durability,
        _ stops: (end: StopSignal, alarm: StopSignal)
    ) throws(CommandFailure) -> JournalThread {
        let keep = settings.journal.keep
        let journal = JournalSettings(
            path: settings.journal.path, keep: keep == .zero ? nil : keep)
        try makeFolder(of: settings.journal.path)
        return try reaching("the journal \(settings.journal.path)") {
            () throws(JournalFailure) in
            try JournalThread(
                journal, run: run, from: ring, until: stops.end, alarm: stops.alarm,
                durability: durability)
        }
    }

    /// Makes the folder that the journal is to lie in, where that one alone is missing: the default
    /// `var` of a fresh directory, but not the whole of a mistyped path.
    private static func makeFolder(of journal: String) throws(CommandFailure) {
        let folder = URL(filePath: journal).deletingLastPathComponent()
        if FileManager.default.fileExists(atPath: folder.path) { return }
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        } catch {
            throw .unavailable(
                "cannot use the journal \(journal): \(error.localizedDescription)")
        }
    }

    /// Starts the lane of the walk; it ends with what had reached it walked, and gives its
    /// counters.
    private static func intake(
        _ settings: Settings, _ lane: consuming IntakeLane, _ stop: StopSignal, _ alarm: StopSignal
    ) throws(CommandFailure) -> LaneThread<IntakeCounters, ZeroMQError> {
        let handover = Handover(lane)
        let idle = settings.intakeLane.policy
        return try reaching("a thread") { () throws(LaneThreadError) in
            try LaneThread(named: "intake", on: settings.intakeLane.cpu) {
                () throws(ZeroMQError) in
                do throws(ZeroMQError) {
                    var lane = handover.take()
                    try lane.run(until: stop, idle: idle)
                    try lane.drain(quiet: quiet, limit: drainLimit)
                    return lane.walk.tally()
                } catch {
                    alarm.raise()
                    throw error
                }
            }
        }
    }

    /// Starts the lane that tells desks their tasks. It ends last: what the journal then has is
    /// told.
    private static func desks(
        _ lane: consuming DeskLane, _ stop: StopSignal, _ alarm: StopSignal
    ) throws(CommandFailure) -> LaneThread<Void, any Error> {
        let handover = Handover(lane)
        return try reaching("a thread") { () throws(LaneThreadError) in
            try LaneThread(named: "desks") { () throws(any Error) in
                do {
                    var lane = handover.take()
                    try lane.run(until: stop)
                } catch {
                    alarm.raise()
                    throw error
                }
            }
        }
    }

    /// Starts the desk that answers commands.
    private static func control(
        _ desk: consuming ControlDesk, _ stop: StopSignal
    ) throws(CommandFailure) -> LaneThread<Void, ZeroMQError> {
        let handover = Handover(desk)
        return try reaching("a thread") { () throws(LaneThreadError) in
            try LaneThread(named: "control") { () throws(ZeroMQError) in
                var desk = handover.take()
                try desk.run(until: stop)
            }
        }
    }

    /// Runs `body` and says in words what could not be used when it fails.
    static func reaching<Result: ~Copyable, Failure: Error>(
        _ what: String, _ body: () throws(Failure) -> Result
    ) throws(CommandFailure) -> Result {
        do {
            return try body()
        } catch {
            throw failed(what, error)
        }
    }

    private static func failed(_ what: String, _ error: any Error) -> CommandFailure {
        .unavailable("cannot use \(what): \(error)")
    }
}

extension LaneSettings {
    var policy: IdlePolicy {
        switch idle {
        case .busy: .busy
        case .balanced: .balanced
        case .thrifty: .thrifty
        }
    }
}

extension AdmissionPolicy {
    init(_ sources: SourcePolicy) {
        self.init()
        allowed = sources.allow
        backfill = sources.backfill
        refusesUnregistered = sources.unregistered == .refuse
        ratePerSource = Double(sources.rateMax)
        sourcesMax = sources.countMax
    }
}
