import Glibc
import Lanes

/// SIGTERM and SIGINT as something to wait for instead of something that happens.
///
/// Made before any thread is started, so that all of them leave the signals to the waiting one.
struct EndSignals {
    private var signals = sigset_t()

    init() {
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGTERM)
        unsafe sigaddset(&signals, SIGINT)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// Returns when one of the signals comes or `alarm` is raised.
    func wait(orUntil alarm: StopSignal) {
        while !alarm.isRaised && !came(within: 200) {}
    }

    /// Whether one of the signals came, waiting for it at most so long.
    func came(within milliseconds: Int) -> Bool {
        var limit = timespec(tv_sec: 0, tv_nsec: milliseconds * 1_000_000)
        var signals = signals
        return unsafe sigtimedwait(&signals, nil, &limit) > 0
    }
}
