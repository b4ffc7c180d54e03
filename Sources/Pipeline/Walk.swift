import Cells
public import Domain
import Scoring
import Tasking
import Wire

/// The engine: every stage's state, owned by one lane, and the walk of an alert through it.
///
/// It is a pure function of what it is given: the same letters with the same times of receipt, over
/// the same rules and grid, give the same bytes on the feed and in the journal.
///
/// The stages are open to the package so that each can be measured by itself.
public struct Walk: ~Copyable, Sendable {
    var alert = Alert()
    var sighting = Sighting()
    public internal(set) var counters = IntakeCounters()

    var kinds: KindTable
    var admission: Admission
    let grid: Grid
    var symbols: WalkSymbols
    var rules: RuleMatcher
    var hits = HitList()
    var board: ScoreBoard
    /// The cells around the one whose evidence spreads.
    var surroundings: Surroundings
    /// The cells that the alert at hand is evidence for, where it is not one alone.
    var extent = Extent()
    /// The cells that its position may lie in.
    var shares = CellShares()
    /// The leaves that its area touches.
    var touched: CellList
    /// By cell: the mode that it is in.
    var modes: Table<UInt8>
    var modeWatch: ModeWatch
    var changes = ChangeList()
    var tasks: TaskBoard
    var batch = BatchCursor()
    var announcements = AnnouncementList()
    public var outlet: Outlet
    /// What became of the letter's alerts, where the sender is answered.
    var verdicts = VerdictList()
    var timers: TimerQueue
    var owners: TimerOwners
    var watermark: Watermark
    /// Alerts that wait for the watermark.
    var buffer: ReorderBuffer
    /// Deadlines of rules judged in the order of event time, by key; they wait for the watermark.
    var deadlines: TimerQueue
    /// Rosters are armed at the first moment that is known.
    var isListening = false
    /// The cell of each row of the catalog's tables, by its place.
    var rosterCells: Table<UInt32>
    /// By task plan: the depth in the tree of the level that answers; -1 is the cell itself.
    var assignedLevels: Table<Int32>
    /// What else the grid says of where tasks go.
    var ground: TaskGround
    /// Strings that senders added and no rule names, kept so far.
    var factStrings = 0
    /// Copies what is taken in, while another engine catches up with this one.
    var tee: LetterTee?
    /// How many sources the journal knows by name.
    var sourcesRecorded = 0
    /// The journal position of the latest accepted alert.
    public internal(set) var sequence: UInt64 = 0
    /// The latest moment the engine has lived through.
    var now = Timestamp(nanoseconds: .min)

    /// Takes one alert of a letter, `bytes[start..<end]`, the whole way.
    @_noAllocation @_noLocks
    mutating func walk(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ topic: Topic, _ letter: LetterHead
    ) {
        counters.received[Int(letter.path.rawValue)] &+= 1
        do throws(Refusal) {
            try decode(bytes, start, end)
            try admit(bytes, topic, letter)
        } catch {
            if error.code != .duplicate { admission.noteRefusal(bytes, topic) }
            return refuse(error)
        }
        do throws(Refusal) { try locate() } catch { return refuse(error) }
        accept(letter)
        rules.mode = mode(of: sighting.cell)
        if isInTime() {
            match()
            waitInOrder(letter)
            score()
            prioritize()
        } else {
            passOver()
        }
        dispatch(bytes, start, end)
        release()
    }

    /// Fires every timer that is due by `time`, each with its own due time as now, in their order,
    /// and releases what waited for the watermark as the clock takes it on.
    ///
    /// Called before each letter and when there is none, so what fires does not depend on when it
    /// is called.
    @_noAllocation @_noLocks
    public mutating func advance(to time: Timestamp) {
        if !isListening { noteGap(at: time) }
        if isSetBack(time) { restartClock(at: time) }
        while true {
            let due = timers.earliest()
            let turn = nextTurn(by: time)
            if turn <= due && turn <= time {
                pass(turn)
                release()
            } else {
                if due > time { break }
                fire(timers.pop(dueBy: due), at: due)
            }
        }
        pass(time)
    }

    /// Lets the clock reach a moment.
    @_noAllocation @_noLocks
    mutating func pass(_ moment: Timestamp) {
        if moment > now { now = moment }
        watermark.advance(to: moment)
    }

    @_noAllocation @_noLocks
    package mutating func refuse(_ refusal: Refusal) {
        counters.rejected[Int(refusal.code.rawValue)] &+= 1
        lastRefusal = refusal
    }

    /// Why the latest refused alert was refused; for answers and for tests.
    public internal(set) var lastRefusal: Refusal?

    @_noAllocation @_noLocks
    package mutating func accept(_ letter: LetterHead) {
        counters.accepted[Int(letter.path.rawValue)] &+= 1
        counters.droppedFields &+= UInt64(alert.droppedFields)
        admission.seen.insert(admission.latestMark)
        admission.states[sighting.source.int].accepted &+= 1
        admission.states[sighting.source.int].lastReceived = sighting.received
        sequence &+= 1
        sighting.sequence = sequence
        sighting.path = letter.path
    }

    /// What a timer set in motion goes the same way as an alert, from the score on.
    @_noAllocation @_noLocks
    mutating func fire(_ owner: Int, at due: Timestamp) {
        if due > now { now = due }
        hits.clear()
        changes.clear()
        announcements.clear()
        extent.clear()
        switch owners.kind(owner) {
        case .key:
            sighting = rules.sighting(owner)
            fillContext(cell: sighting.cell, at: due)
            rules.fire(key: owner, at: due, board: board, timers: &timers, hits: &hits)
            score()
            prioritize()
        case .score:
            decay(owner, at: due)
        case .mode:
            watchModes(at: due)
        case .review:
            tasks.askForReview()
        case .task:
            let task = owner - owners.firstTask
            let decision = tasks.flush(
                task, at: due, rules: rules, board: board, timers: &timers)
            if decision == .closed { counters.tasksClosed &+= 1 }
            announcements.append(decision, task, due)
        }
        dispatchOutputs(at: due)
    }
}
