import Domain
import GRDB
import Glibc
import Lanes

/// Drains the ring into the journal, one transaction for all that waits.
///
/// The ring is the only buffer: a record stays in it until its transaction begins. When the ring is
/// full in spite of that, the engine's policy decides and `RecordRing.refusals` counts.
struct JournalLane: Lane, ~Copyable {
    private var store: JournalStore
    private var reader: RingReader
    private let settings: JournalSettings
    private let gauge: JournalGauge
    private let durability: Durability
    private var lastCommit = ContinuousClock.now
    private var lastTrim = ContinuousClock.now
    private var isTrimming: Bool
    private var lastSequence: UInt64 = 0

    /// Bounds one transaction, so that durability is reported in the middle of a long backlog too.
    private static let recordsMax = 32_768
    /// Old rows go in small steps, so often that each round finds little.
    private static let trimEvery = Duration.seconds(60)

    init(
        _ store: JournalStore, _ settings: JournalSettings, from ring: RecordRing,
        gauge: JournalGauge, _ durability: Durability
    ) {
        self.durability = durability
        self.store = store
        self.settings = settings
        self.gauge = gauge
        reader = ring.reader()
        // A restart may find more than a round's worth of old rows.
        isTrimming = settings.keep != nil
    }

    mutating func turn() throws(JournalFailure) -> Int {
        let waiting = reader.backlogBytes
        let now = ContinuousClock.now
        guard waiting > 0 else { return try trim(now) }
        let isDue = waiting >= settings.commitBytes || now - lastCommit >= settings.commitEvery
        // What came while a commit was under way goes into the next one together.
        guard isDue || durability.isWanted else { return 0 }
        lastCommit = now
        return try commit()
    }

    mutating func park(atMost duration: Duration, until stop: StopSignal) {
        durability.awaitWish(atMost: duration, until: stop)
    }

    /// Commits all that waits, writes the end of the run and empties SQLite's log.
    mutating func close() throws(JournalFailure) {
        while reader.backlogBytes > 0 { _ = try commit() }
        try JournalFailure.during(.close) {
            try store.close(at: wallClock(), lastSequence: lastSequence)
        }
    }

    private mutating func commit() throws(JournalFailure) -> Int {
        let database = store.database
        var alertBytes = 0
        let count = try JournalFailure.during(.commit) {
            try database.write { db in
                let count = try reader.drain(atMost: Self.recordsMax) { record throws in
                    let head = try RecordHead(record, at: 0)
                    try store.write(head, record, to: db)
                    lastSequence = max(lastSequence, head.sequence)
                    alertBytes += head.kind == .alert ? head.byteCount : 0
                }
                try store.flush(to: db)
                return count
            }
        }
        gauge.add(records: count, alertBytes: alertBytes, durableSequence: lastSequence)
        durability.note(durable: gauge.progress.records)
        return count
    }

    private mutating func trim(_ now: ContinuousClock.Instant) throws(JournalFailure) -> Int {
        guard let keep = settings.keep else { return 0 }
        if !isTrimming && now - lastTrim < Self.trimEvery { return 0 }
        lastTrim = now
        isTrimming = try JournalFailure.during(.commit) {
            try store.trim(before: wallClock() - keep)
        }
        return isTrimming ? 1 : 0
    }
}

private func wallClock() -> Timestamp {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
}
