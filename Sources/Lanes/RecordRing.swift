import Glibc
public import Synchronization

/// A bounded queue of byte records from one lane to one other, in memory mapped once.
///
///     control page   tail (writer's line) | head (reader's line) | refusals
///     data           [ byteCount: UInt64 | payload | pad to 8 ] [ ... ] [ wrap mark ] ...
///
/// `tail` and `head` count bytes since the start and never wrap; `& mask` makes a place of them. A
/// record never lies across the end: a mark says that the next one starts over at place 0.
///
/// Orders: the writer's release of `tail` pairs with the reader's acquire (payloads are there to be
/// read); the reader's release of `head` pairs with the writer's acquire (payloads have been read
/// and may be overwritten). Each side keeps the last value it saw of the other's and looks again
/// only when that one does not suffice, so that the two lines seldom change cores.
///
/// When it is full, `RingWriter.reserve` says no and counts; what is given up then is the caller's
/// policy. Pages that were never reached cost no memory.
@safe
public final class RecordRing: @unchecked Sendable {
    // Unchecked: both pointers are constant, the control page holds atomics only, and the data
    // bytes are touched by the one writer and the one reader under the orders above.
    let control: UnsafeMutablePointer<RingControl>
    let data: UnsafeMutableRawPointer
    /// A power of two.
    public let byteCapacity: Int

    private let hasWriter = Atomic<Bool>(false)
    private let hasReader = Atomic<Bool>(false)

    /// Maps a ring of at least `byteCapacity` bytes, headers included (8 bytes a record).
    ///
    /// **Fails**: traps when the kernel refuses the mapping; that is at start.
    public init(byteCapacity: Int) {
        var capacity = Self.byteCapacityMin
        while capacity < byteCapacity { capacity *= 2 }
        self.byteCapacity = capacity
        let pages = unsafe mmap(
            nil, Self.controlBytes + capacity, PROT_READ | PROT_WRITE,
            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        guard let pages = unsafe pages, unsafe pages != MAP_FAILED else {
            fatalError("cannot map a ring of \(capacity) bytes: errno \(errno)")
        }
        unsafe control = pages.bindMemory(to: RingControl.self, capacity: 1)
        unsafe control.initialize(to: RingControl())
        unsafe data = pages + Self.controlBytes
    }

    deinit { unsafe munmap(UnsafeMutableRawPointer(control), Self.controlBytes + byteCapacity) }

    /// A page, so that the data starts on one.
    static let controlBytes = 4096
    static let byteCapacityMin = 4096
    static let headerBytes = 8

    /// The longest record: half the ring, so that it fits an empty one wherever it starts.
    public var recordBytesMax: Int { byteCapacity / 2 - Self.headerBytes }

    /// Records that found no room so far. From any lane.
    public var refusals: Int { unsafe Int(control.pointee.refusals.load(ordering: .relaxed)) }

    /// Bytes written and not yet read, headers included. From any lane; a moment old.
    public var backlogBytes: Int {
        // Head first: it only grows, so that the difference is never negative.
        let head = unsafe control.pointee.head.load(ordering: .relaxed)
        return unsafe max(0, control.pointee.tail.load(ordering: .relaxed) - head)
    }

    /// The one writing end; traps the second time.
    public func writer() -> RingWriter {
        precondition(!hasWriter.exchange(true, ordering: .relaxed), "a ring has one writer")
        return RingWriter(self)
    }

    /// The one reading end; traps the second time.
    public func reader() -> RingReader {
        precondition(!hasReader.exchange(true, ordering: .relaxed), "a ring has one reader")
        return RingReader(self)
    }
}

/// What the two ends share. Two lines apart: cores fetch lines in pairs.
@usableFromInline
struct RingControl: ~Copyable {
    /// Bytes published. **Owner**: the writer.
    @usableFromInline let tail = Atomic<Int>(0)
    private let afterTail = [15 of Int](repeating: 0)
    /// Bytes consumed. **Owner**: the reader.
    @usableFromInline let head = Atomic<Int>(0)
    private let afterHead = [15 of Int](repeating: 0)
    /// Records refused for want of room. **Owner**: the writer.
    @usableFromInline let refusals = Atomic<Int>(0)
}
