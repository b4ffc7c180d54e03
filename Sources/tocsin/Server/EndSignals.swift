import Glibc
import Lanes

/// SIGTERM, SIGINT and SIGHUP as something to wait for instead of something that happens.
///
/// Made before any thread is started, so that all of them leave the signals to the waiting one.
struct EndSignals {
    private var signals = sigset_t()

    init() {
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGTERM)
        unsafe sigaddset(&signals, SIGINT)
        unsafe sigaddset(&signals, SIGHUP)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// Returns when SIGTERM or SIGINT comes or `alarm` is raised; `hangUp` is told of SIGHUP.
    func wait(orUntil alarm: StopSignal, hangUp: HangUp) {
        while !alarm.isRaised {
            switch next(within: 200) {
            case SIGHUP: hangUp.raise()
            case SIGTERM, SIGINT: return
            default: break
            }
        }
    }

    /// Whether a signal came that ends a command, waiting for it at most so long.
    func came(within milliseconds: Int) -> Bool {
        [SIGTERM, SIGINT, SIGHUP].contains(next(within: milliseconds))
    }

    /// The signal that came, waiting for it at most so long; 0 or less for none.
    private func next(within milliseconds: Int) -> Int32 {
        var limit = timespec(tv_sec: 0, tv_nsec: milliseconds * 1_000_000)
        var signals = signals
        return unsafe sigtimedwait(&signals, nil, &limit)
    }
}
