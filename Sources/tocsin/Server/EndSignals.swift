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
        while !alarm.isRaised {
            var limit = timespec(tv_sec: 0, tv_nsec: 200_000_000)
            var signals = signals
            if unsafe sigtimedwait(&signals, nil, &limit) > 0 { return }
        }
    }
}
