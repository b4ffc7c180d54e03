public import Domain
import Lanes
import Tasking

/// An engine that lives through what its journal holds before it goes on: the same alerts with the
/// same times give the same scores, windows and tasks.
///
/// What it decides on the way was told and journaled then, and is dropped; but what followed from
/// the very last alert may not have reached the journal, and is kept.
///
/// **Owner**: whoever starts the server.
public struct Recovery: ~Copyable, Sendable {
    private var walk: Owned<Walk>
    /// Where the engine speaks from the end on.
    private let outlet: Outlet
    private var records: RingReader
    private var letter = Letter()
    /// By source: the topic of its alerts.
    private var topics: [String: [UInt8]] = [:]
    private var lastOutputs: [[UInt8]] = []
    /// How many alerts were taken in again.
    public private(set) var alerts = 0
    /// How many of them are refused now: their cell is gone, say, or their kind.
    public private(set) var refused = 0

    private static let ringBytes = 16 * 1024 * 1024

    /// The outlet of `parts` stays closed until the end.
    public init(_ parts: consuming WalkParts) {
        let ring = RecordRing(byteCapacity: Recovery.ringBytes)
        records = ring.reader()
        var parts = parts
        var outlet = Outlet(ring: ring.writer(), instance: "recovery", epoch: 1)
        swap(&outlet, &parts.outlet)
        self.outlet = outlet
        walk = Owned(Walk(parts))
    }

    /// Takes an alert as it once came in; earlier ones come first.
    public mutating func take(
        _ body: Span<UInt8>, from source: String, on path: IngestPath, received: Timestamp
    ) {
        lastOutputs.removeAll(keepingCapacity: true)
        let before = walk.value.sequence
        letter.compose(topic(of: source), body, path, received)
        walk.value.take(letter)
        alerts += 1
        if walk.value.sequence == before { refused += 1 }
        forget()
    }

    private mutating func topic(of source: String) -> [UInt8] {
        if let topic = topics[source] { return topic }
        let topic = Array("alert/v1/json/\(source)/".utf8)
        topics[source] = topic
        return topic
    }

    /// Switches a part of the city to another mode, as somebody once did.
    public mutating func switchMode(named name: String, area: String, at time: Timestamp) {
        guard let mode = walk.value.mode(named: name), let cell = walk.value.cell(named: area)
        else { return }
        walk.value.advance(to: time)
        walk.value.switchMode(mode, area: cell, at: time)
        forget()
    }

    /// Takes what dispatch once reported of a task.
    public mutating func take(_ feedback: Feedback, at time: Timestamp) {
        _ = walk.value.take(feedback, at: time)
        forget()
    }

    /// Notes that a desk once took a task in.
    public mutating func offer(_ task: TaskID, at time: Timestamp) {
        walk.value.offer(task, at: time)
        forget()
    }

    /// Lets the clock reach a moment that the engine of the past has lived to see.
    public mutating func advance(to time: Timestamp) {
        walk.value.advance(to: time)
        forget()
    }

    /// Nothing was taken in for a while before `time`: who was not heard of may have spoken.
    public mutating func noteGap(at time: Timestamp) {
        walk.value.noteGap(at: time)
        forget()
    }

    /// Lets `body` do something to the engine before it goes on, such as put silences in force.
    public mutating func withWalk<Result>(_ body: (inout Walk) -> Result) -> Result {
        defer { forget() }
        return body(&walk.value)
    }

    private mutating func forget() {
        let sequence = walk.value.sequence
        walk.value.outlet.clearFeed()
        _ = records.drain(atMost: .max) { record in
            guard record[0] == JournalRecordKind.task.rawValue,
                record.integer(at: 8) == sequence
            else { return }
            lastOutputs.append(record.indices.map { record[$0] })
        }
    }

    /// The tasks that followed from the last alert: where the journal has not got them, they have
    /// to be told still.
    public var unsettled: [UnsettledTask] { lastOutputs.map(UnsettledTask.init) }

    /// The engine, which speaks from now on.
    ///
    /// - Parameters:
    ///   - revisions: by incident the latest that the journal has, which no other may bear.
    ///   - missing: of `unsettled`, those that the journal has not got.
    public consuming func finish(
        after revisions: [TaskID: UInt32], missing: [UnsettledTask]
    ) -> Walk {
        let outlet = outlet
        var walk = walk.take()
        walk.goOn(outlet, after: revisions)
        for task in missing { walk.outlet.retell(task.record) }
        return walk
    }
}

/// A revision of a task that may not have been journaled.
public struct UnsettledTask: Sendable {
    let record: [UInt8]
    public let incident: TaskID
    public let revision: UInt32

    fileprivate init(_ record: [UInt8]) {
        self.record = record
        let span = record.span
        incident = TaskID(
            high: span.integer(at: JournalHead.byteCount),
            low: span.integer(at: JournalHead.byteCount + 8))
        revision = UInt32(
            truncatingIfNeeded: span.integer(at: JournalHead.byteCount + 16))
    }
}

extension Span<UInt8> {
    /// Eight bytes, least significant first.
    fileprivate func integer(at place: Int) -> UInt64 {
        (0..<8).reduce(UInt64(0)) { $0 | UInt64(self[place + $1]) << UInt64(8 * $1) }
    }
}

extension Walk {
    /// Leaves the past behind: counts from zero, and tells the new journal who everybody is.
    fileprivate mutating func goOn(_ outlet: consuming Outlet, after revisions: [TaskID: UInt32]) {
        self.outlet = outlet
        counters = IntakeCounters()
        sourcesRecorded = 0
        tasks.raiseRevisions(to: revisions)
    }
}

extension Outlet {
    /// Puts a record of an earlier engine into this one's journal.
    fileprivate mutating func retell(_ record: [UInt8]) {
        guard ring.reserve(record.count) else { return }
        ring.write(record.span, from: 0, to: record.count)
        ring.commit()
    }
}

extension Letter {
    fileprivate mutating func compose(
        _ topic: [UInt8], _ body: Span<UInt8>, _ path: IngestPath, _ received: Timestamp
    ) {
        bytes.clear()
        bytes.append(topic.span, 0, topic.count)
        head = LetterHead(path: path, received: received, topicBytes: bytes.count)
        bytes.append(body, 0, body.count)
        isMalformed = false
    }
}
