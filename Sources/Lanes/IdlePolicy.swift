import CLinux
import Glibc

/// What a lane does between turns that found no work: spin, then yield, then park.
public struct IdlePolicy: Sendable, Equatable {
    /// Turns that are followed by nothing but a hint to the core.
    public var spins: Int
    /// Turns after those that offer the core to another thread.
    public var yields: Int
    /// How long to sleep at most after that, each time. Work that comes meanwhile waits so long,
    /// unless the lane parks on what brings it.
    public var park: Duration

    public init(spins: Int, yields: Int, park: Duration) {
        self.spins = spins
        self.yields = yields
        self.park = park
    }

    /// Never sleeps: lowest latency, for a lane with a core of its own.
    public static let busy = IdlePolicy(spins: .max, yields: 0, park: .zero)
    /// Bridges the gaps of a steady stream, sleeps in a pause.
    public static let balanced = IdlePolicy(spins: 200, yields: 20, park: .milliseconds(1))
    /// Sleeps at once: for lanes that wake on their sockets, and machines with few cores.
    public static let thrifty = IdlePolicy(spins: 0, yields: 0, park: .milliseconds(10))
}

/// What to do after a turn without work.
enum IdleStep: Equatable { case spin, yield, park }

/// How many turns in a row found no work, read through a policy.
struct IdleCount {
    let policy: IdlePolicy
    private var spins = 0
    private var yields = 0

    init(policy: IdlePolicy) { self.policy = policy }

    mutating func reset() {
        spins = 0
        yields = 0
    }

    mutating func next() -> IdleStep {
        if spins < policy.spins {
            // A policy that never sleeps must not count itself out of its range.
            spins += policy.spins == .max ? 0 : 1
            return .spin
        }
        if yields < policy.yields {
            yields += 1
            return .yield
        }
        return .park
    }
}

func spinHint() { linux_spin_hint() }

func yieldCore() { sched_yield() }
