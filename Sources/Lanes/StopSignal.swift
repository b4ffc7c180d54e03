import CLinux
import Glibc
import Synchronization

/// One request to stop, seen by every lane, also by those asleep.
///
/// It is raised once and stays so. The flag costs a running lane one load; the descriptor wakes a
/// parked one.
public final class StopSignal: Sendable {
    /// Readable from the moment the signal is raised: poll it, never read it.
    public let fileDescriptor: Int32
    private let raised = Atomic<Bool>(false)

    /// **Fails**: traps when the process has no descriptor left; that is at start.
    public init() {
        fileDescriptor = linux_event_open()
        precondition(fileDescriptor >= 0, "no descriptor for a stop signal: errno \(errno)")
    }

    deinit { close(fileDescriptor) }

    /// Pairs with the release in `raise`: who sees the signal also sees what was written before it.
    public var isRaised: Bool { raised.load(ordering: .acquiring) }

    public func raise() {
        raised.store(true, ordering: .releasing)
        let code = linux_event_raise(fileDescriptor)
        precondition(code == 0, "a stop signal did not get through: errno \(code)")
    }

    /// Returns when the signal is raised, when `duration` has passed, or a little early.
    public func wait(atMost duration: Duration) {
        linux_event_wait(fileDescriptor, duration.nanosecondsClamped)
    }
}

extension Duration {
    /// **Range**: 0 to 292 years.
    var nanosecondsClamped: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        if overflow { return seconds < 0 ? 0 : .max }
        return max(0, whole.addingReportingOverflow(attoseconds / 1_000_000_000).partialValue)
    }
}
