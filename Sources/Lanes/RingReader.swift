import Synchronization

/// The reading end of a `RecordRing`.
///
/// **Owner**: one lane.
@safe
public struct RingReader: ~Copyable {
    private let control: UnsafeMutablePointer<RingControl>
    private let data: UnsafeMutableRawPointer
    private let capacity: Int
    private var head = 0
    /// The writer's position when last looked at.
    private var tailSeen = 0
    /// Keeps the mapping.
    private let ring: RecordRing

    init(_ ring: RecordRing) {
        unsafe control = ring.control
        unsafe data = ring.data
        capacity = ring.byteCapacity
        self.ring = ring
    }

    /// Hands up to `recordsMax` records to `body`, oldest first, and returns how many.
    ///
    /// A record starts on a multiple of 8 and is valid only inside `body`. Room is given back to
    /// the writer at the end; after a throw the record that threw comes again.
    public mutating func drain<Failure: Error>(
        atMost recordsMax: Int, _ body: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        var count = 0
        defer { if count > 0 { release() } }
        while count < recordsMax, hasRecord() {
            let byteCount = skipWrap()
            let place = head & (capacity - 1) + RecordRing.headerBytes
            let bytes = unsafe (data + place).assumingMemoryBound(to: UInt8.self)
            try unsafe body(UnsafeBufferPointer(start: bytes, count: byteCount).span)
            head += RecordRing.headerBytes + (byteCount + 7) & ~7
            count += 1
        }
        return count
    }

    /// Bytes that wait, headers included.
    public var backlogBytes: Int {
        unsafe control.pointee.tail.load(ordering: .acquiring) - head
    }

    private mutating func hasRecord() -> Bool {
        if head < tailSeen { return true }
        tailSeen = unsafe control.pointee.tail.load(ordering: .acquiring)
        return head < tailSeen
    }

    /// Moves over a wrap mark and returns the byte count of the record there. The writer publishes
    /// a mark only together with the record behind it.
    private mutating func skipWrap() -> Int {
        let place = head & (capacity - 1)
        let word = unsafe data.load(fromByteOffset: place, as: UInt64.self)
        if word != RingWriter.wrapMark { return Int(word) }
        head += capacity - place
        return unsafe Int(data.load(as: UInt64.self))
    }

    private func release() { unsafe control.pointee.head.store(head, ordering: .releasing) }
}

extension RingReader: @unchecked Sendable {}
