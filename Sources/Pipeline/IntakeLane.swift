import Domain
public import Lanes
public import ZeroMQ

/// The thread of the walk: receives, walks, sends, and once a second says how it stands.
///
/// Takes nothing in while the journal's ring is short of room: a push publisher then waits, and
/// nothing is dropped here.
public struct IntakeLane: Lane, ~Copyable {
    public var walk: Walk
    private var doors: Doors
    var feed: Socket
    private var letter = Letter()
    private var poller = Poller()
    private var watchesStop = false
    private let ring: RecordRing
    /// What other threads ask to be done with the walk.
    private let errands: Errands<Walk>
    let startedAt = Doors.clock()
    private var nextReport = Timestamp(nanoseconds: .min)
    /// When messages were last looked for.
    private var listenedAt = Doors.clock()

    /// Room that one turn's outputs may need: the largest letter, and a task revision for every hit
    /// of its alerts.
    private static let roomBytes = 8 * 1024 * 1024
    private static let lettersPerTurn = 64
    /// Publishers that wait or are lost for longer than this may seem silent without being so.
    private static let standstillMax = Interval.seconds(10)

    public init(
        walk: consuming Walk, doors: consuming Doors, feed: consuming Socket, ring: RecordRing,
        errands: Errands<Walk>
    ) {
        self.walk = walk
        self.doors = doors
        self.feed = feed
        self.ring = ring
        self.errands = errands
        _ = poller.watch(self.doors.broadcast)
        _ = poller.watch(self.doors.push)
        _ = poller.watch(self.doors.acknowledged.socket)
    }

    /// Receives and walks up to `lettersPerTurn` letters; gives how many.
    public mutating func turn() throws(ZeroMQError) -> Int {
        noteStandstill()
        var taken = 0
        while taken < IntakeLane.lettersPerTurn, hasRoom() {
            guard try doors.receive(into: &letter) else { break }
            walk.take(letter)
            if letter.head.path == .acknowledged {
                doors.acknowledged.answer(walk.answer(to: letter), after: walk.recordsWritten)
            }
            try sendFeed()
            taken += 1
        }
        try doors.acknowledged.sendAnswers()
        try keepTime()
        return taken
    }

    private func hasRoom() -> Bool {
        ring.byteCapacity - ring.backlogBytes > IntakeLane.roomBytes
    }

    /// Tells the walk when nothing was taken in for a while: the journal's ring was full, or the
    /// process stood still.
    private mutating func noteStandstill() {
        guard hasRoom() else { return }
        let now = Doors.clock()
        if now - listenedAt > IntakeLane.standstillMax {
            walk.noteGap(at: now)
            walk.record(.gap, "{}", at: now)
        }
        listenedAt = now
    }

    /// Fires what is due though no alert came, does what others ask, and reports once a second.
    private mutating func keepTime() throws(ZeroMQError) {
        guard hasRoom() else { return }
        _ = errands.carryOut(on: &walk)
        let now = Doors.clock()
        walk.advance(to: now)
        try sendFeed()
        if now >= nextReport {
            nextReport = now + .seconds(1)
            try report(at: now)
        }
    }

    /// Sleeps until a door has something, a timer is due, or `stop` is raised.
    public mutating func park(atMost duration: Duration, until stop: StopSignal) {
        if !watchesStop {
            _ = poller.watch(descriptor: stop.fileDescriptor)
            watchesStop = true
        }
        let (seconds, attoseconds) = duration.components
        let limit = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        let due = (walk.nextTimer - Doors.clock()).nanoseconds / 1_000_000
        let wait = doors.acknowledged.owesAnswers ? 1 : max(1, min(limit, due))
        do throws(ZeroMQError) {
            _ = try poller.wait(atMostMilliseconds: Int(wait))
        } catch {
            stop.wait(atMost: .milliseconds(wait))
        }
    }

    /// Walks what has reached this process, until nothing has come for `quiet`; at most `limit` in
    /// all.
    public mutating func drain(quiet: Duration, limit: Duration) throws(ZeroMQError) {
        let clock = ContinuousClock()
        let end = clock.now + limit
        var lastWork = clock.now
        while clock.now < end, clock.now - lastWork < quiet {
            if try turn() > 0 {
                lastWork = clock.now
            } else {
                _ = try poller.wait(atMostMilliseconds: 10)
            }
        }
        while clock.now < end, doors.acknowledged.owesAnswers {
            try doors.acknowledged.sendAnswers()
            _ = try poller.wait(atMostMilliseconds: 1)
        }
        try report(at: Doors.clock())
    }
}
