public import Synchronization

/// The writing end of a `RecordRing`, for code that may neither allocate nor lock.
///
///     guard ring.reserve(MemoryLayout<Header>.size + text.count) else { … the policy … }
///     ring.write(header)
///     ring.write(text, from: 0, to: text.count)
///     ring.commit()
///
/// **Owner**: one lane.
@safe
public struct RingWriter: ~Copyable {
    @usableFromInline let control: UnsafeMutablePointer<RingControl>
    @usableFromInline let data: UnsafeMutableRawPointer
    @usableFromInline let capacity: Int
    /// Where the next record's header goes, in bytes since the start.
    @usableFromInline var tail = 0
    /// The reader's position when last looked at.
    @usableFromInline var headSeen = 0
    /// Places of the open record: its header, the next byte to write, the end of what was reserved.
    /// All 0 when none is open.
    @usableFromInline var header = 0
    @usableFromInline var cursor = 0
    @usableFromInline var limit = 0
    /// Records published so far.
    @usableFromInline var published: UInt64 = 0
    /// Keeps the mapping; annotated code cannot touch a reference and need not.
    private let ring: RecordRing

    /// In the place of a byte count: the next record starts at place 0. In this file, because the
    /// compiler checks annotated code a file at a time in debug builds.
    @inlinable
    static var wrapMark: UInt64 { .max }

    init(_ ring: RecordRing) {
        unsafe control = ring.control
        unsafe data = ring.data
        capacity = ring.byteCapacity
        self.ring = ring
    }

    /// Opens a record of at most `byteCount` bytes. False when the ring is full, which is counted.
    ///
    /// **Fails**: traps on more than `RecordRing.recordBytesMax`, or when a record is open.
    @inlinable @_noAllocation @_noLocks
    public mutating func reserve(_ byteCount: Int) -> Bool {
        precondition(limit == 0 && byteCount >= 0 && byteCount <= capacity / 2 - 8)
        let place = tail & (capacity - 1)
        let needed = 8 + ((byteCount + 7) & ~7)
        let contiguous = capacity - place
        let skipped = contiguous < needed ? contiguous : 0
        guard hasRoom(skipped + needed) else {
            unsafe control.pointee.refusals.wrappingAdd(1, ordering: .relaxed)
            return false
        }
        if skipped > 0 {
            unsafe (data + place).storeBytes(of: Self.wrapMark, as: UInt64.self)
            tail += skipped
        }
        header = skipped > 0 ? 0 : place
        cursor = header + 8
        limit = cursor + byteCount
        return true
    }

    @inlinable @_noAllocation @_noLocks
    mutating func hasRoom(_ byteCount: Int) -> Bool {
        if tail + byteCount - headSeen <= capacity { return true }
        headSeen = unsafe control.pointee.head.load(ordering: .acquiring)
        return tail + byteCount - headSeen <= capacity
    }

    /// Appends the bytes of `value`, padding included, to the open record.
    ///
    /// **Fails**: traps past the end of what was reserved.
    @inlinable
    public mutating func write<Value: BitwiseCopyable>(_ value: Value) {
        precondition(limit - cursor >= MemoryLayout<Value>.size)
        unsafe (data + cursor).storeBytes(of: value, as: Value.self)
        cursor += MemoryLayout<Value>.size
    }

    /// Appends `bytes[from..<to]` to the open record.
    ///
    /// **Fails**: traps past the end of what was reserved, or out of the bounds of `bytes`.
    @inlinable @_noAllocation @_noLocks
    public mutating func write(_ bytes: Span<UInt8>, from: Int, to: Int) {
        let byteCount = bytes.count  // Inside the condition, it would be captured and counted.
        precondition(from >= 0 && from <= to && to <= byteCount && limit - cursor >= to - from)
        // Checked once above, so that in release this loop is one memcpy.
        var index = from
        while index < to {
            unsafe (data + cursor + (index - from)).storeBytes(of: bytes[index], as: UInt8.self)
            index += 1
        }
        cursor += to - from
    }

    /// Publishes the open record, as long as what was written to it.
    @inlinable @_noAllocation @_noLocks
    public mutating func commit() {
        precondition(limit > 0)
        let byteCount = cursor - header - 8
        unsafe (data + header).storeBytes(of: UInt64(byteCount), as: UInt64.self)
        tail += 8 + ((byteCount + 7) & ~7)
        limit = 0
        published &+= 1
        unsafe control.pointee.tail.store(tail, ordering: .releasing)
    }

    /// How many records were published: what the reading end has counted when all are read.
    public var committed: UInt64 { published }

    /// Whether records of so many bytes in all find room now, whatever is skipped at the end of the
    /// ring for them. Unlike `reserve`, a no is not counted.
    public mutating func hasRoomForRecords(_ byteCount: Int) -> Bool {
        hasRoom(2 * byteCount)
    }

    /// Writes a record of one value. False when the ring is full, which is counted.
    @inlinable
    public mutating func append<Value: BitwiseCopyable>(_ value: Value) -> Bool {
        guard reserve(MemoryLayout<Value>.size) else { return false }
        write(value)
        commit()
        return true
    }

    /// Writes a record of one value followed by `bytes[from..<to]`. False when the ring is full.
    @inlinable
    public mutating func append<Header: BitwiseCopyable>(
        _ header: Header, _ bytes: Span<UInt8>, from: Int, to: Int
    ) -> Bool {
        guard reserve(MemoryLayout<Header>.size + to - from) else { return false }
        write(header)
        write(bytes, from: from, to: to)
        commit()
        return true
    }
}

// Movable to the lane that will own it: one writer, and the pointers live as long as it does.
extension RingWriter: @unchecked Sendable {}
