public import Domain

/// The names of the latest alerts that some rule took in, for evidence: `source#id`.
///
/// A ring: an alert is forgotten when as many others as it has places have come after it.
public struct RecentAlerts: ~Copyable, Sendable {
    struct Entry: BitwiseCopyable {
        var sequence: UInt64
        var source: SourceID
        var length: UInt8
        var id: [64 of UInt8]
    }
    var entries: Table<Entry>
    static var places: Int { 65_536 }

    public init() { entries = Table(capacity: RecentAlerts.places) }

    @_noAllocation @_noLocks
    static func place(_ sequence: UInt64) -> Int { Int(truncatingIfNeeded: sequence & 65_535) }

    @_noAllocation @_noLocks
    public mutating func remember(_ sighting: Sighting, id alert: borrowing Alert) {
        let place = RecentAlerts.place(sighting.sequence)
        entries[place].sequence = sighting.sequence
        entries[place].source = sighting.source
        let length = alert.id.count < 64 ? alert.id.count : 64
        entries[place].length = UInt8(truncatingIfNeeded: length)
        var offset = 0
        while offset < length {
            entries[place].id[offset] = alert.texts[alert.id.first + offset]
            offset += 1
        }
    }

    @_noAllocation @_noLocks
    func holds(_ sequence: UInt64) -> Bool {
        sequence != 0 && entries[RecentAlerts.place(sequence)].sequence == sequence
    }

    /// Mixes an alert's source and id into a hash.
    @_noAllocation @_noLocks
    func combine(
        _ sequence: UInt64, sources: borrowing NameTable, into hash: inout StableHash
    ) {
        guard holds(sequence) else { return hash.combine(sequence) }
        let place = RecentAlerts.place(sequence)
        let source = entries[place].source.int
        var offset = 0
        while offset < sources.texts.length(source) {
            hash.combine(UInt64(sources.texts.byte(source, offset)))
            offset += 1
        }
        offset = 0
        while offset < Int(entries[place].length) {
            hash.combine(UInt64(entries[place].id[offset]))
            offset += 1
        }
    }

    /// Writes `source#id`; nothing when the alert is forgotten.
    @_noAllocation @_noLocks
    func write(
        _ sequence: UInt64, sources: borrowing NameTable, into buffer: inout ByteBuffer
    ) {
        let place = RecentAlerts.place(sequence)
        buffer.append(sources.texts, entries[place].source.int)
        buffer.append(0x23)
        var offset = 0
        while offset < Int(entries[place].length) {
            buffer.append(entries[place].id[offset])
            offset += 1
        }
    }
}
