import CLinux
import Glibc
import Synchronization

/// How many of a ring's records are on disk, told by the lane that writes them to the one that made
/// them, which says when somebody waits for that.
///
/// Records are counted from 1 in the order of the ring, as `RingWriter.committed` does.
public final class Durability: Sendable {
    private let wantedRecords = Atomic<UInt64>(0)
    private let durableRecords = Atomic<UInt64>(0)
    /// Readable while somebody waits and the writing lane may be asleep.
    private let bell: Int32

    /// **Fails**: traps when the process has no descriptor left; that is at start.
    public init() {
        bell = linux_event_open()
        precondition(bell >= 0, "no descriptor for a bell: errno \(errno)")
    }

    deinit { close(bell) }

    /// Records that a power cut does not take any more. Pairs with the release in `note`.
    public var durable: UInt64 { durableRecords.load(ordering: .acquiring) }

    /// Whether somebody waits for records that are not durable yet.
    public var isWanted: Bool {
        wantedRecords.load(ordering: .acquiring) > durableRecords.load(ordering: .relaxed)
    }

    /// Asks for everything up to a record to be made durable soon. From the lane that makes them.
    public func want(_ records: UInt64) {
        let before = wantedRecords.load(ordering: .relaxed)
        guard records > before else { return }
        let wasWaiting = before > durable
        wantedRecords.store(records, ordering: .releasing)
        // Who waits already has rung.
        if wasWaiting { return }
        let code = linux_event_raise(bell)
        precondition(code == 0, "a bell did not ring: errno \(code)")
    }

    /// Says that everything up to a record is durable. From the lane that writes them.
    public func note(durable records: UInt64) {
        durableRecords.store(records, ordering: .releasing)
    }

    /// Returns when somebody waits, when `stop` is raised, when `duration` has passed, or a little
    /// early.
    public func awaitWish(atMost duration: Duration, until stop: StopSignal) {
        linux_event_clear(bell)
        if isWanted { return }
        linux_event_wait_either(bell, stop.fileDescriptor, duration.nanosecondsClamped)
    }
}
