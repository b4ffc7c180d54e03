import Domain

/// The alerts of late, by the hash of (source, id, state): what makes a repeat a `duplicate`.
///
/// Buckets of four; a newcomer pushes out its bucket's oldest. With 2 million places a repeat is
/// known for about a million alerts after the first, and the work is one cache line.
struct SeenAlerts: ~Copyable, Sendable {
    struct Bucket: BitwiseCopyable {
        var hashes: [4 of UInt64]
    }
    private var buckets = Table<Bucket>(capacity: 1 << 19)

    /// Whether the alert was noted of late.
    @_noAllocation @_noLocks
    func contains(_ hash: UInt64) -> Bool {
        let mark = hash | 1
        let bucket = buckets[SeenAlerts.place(hash)].hashes
        return bucket[0] == mark || bucket[1] == mark || bucket[2] == mark || bucket[3] == mark
    }

    @_noAllocation @_noLocks
    private static func place(_ hash: UInt64) -> Int {
        Int(truncatingIfNeeded: hash >> 40) & ((1 << 19) - 1)
    }

    /// Notes an alert that was not noted.
    @_noAllocation @_noLocks
    mutating func insert(_ hash: UInt64) {
        let mark = hash | 1
        let place = SeenAlerts.place(hash)
        let bucket = buckets[place].hashes
        buckets[place].hashes[3] = bucket[2]
        buckets[place].hashes[2] = bucket[1]
        buckets[place].hashes[1] = bucket[0]
        buckets[place].hashes[0] = mark
    }
}

extension Admission {
    /// What an alert is known by: its source, id and state.
    @_noAllocation @_noLocks
    func mark(of alert: borrowing Alert, _ source: SourceID) -> UInt64 {
        var hash = StableHash(seed: UInt64(source.index) << 8 | UInt64(alert.state.rawValue))
        hash.combine(alert.texts, alert.id.first, alert.id.end)
        return hash.value
    }
}
