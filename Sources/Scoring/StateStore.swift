import Domain

/// What rules remember of alerts, key by key: the samples of windows and the sightings of
/// witnesses, in one pool of words.
///
/// A key's words stay its own: a rule that is out of room gives its oldest key's words to a new
/// one. Layouts as in `StateLayout`.
struct StateStore: ~Copyable, Sendable {
    var words: Table<UInt64>
    private var used: Int
    /// Values and sightings given up because there was no room for them.
    var evicted: UInt64 = 0

    /// A record made of one sample, on its way into a pane.
    static var sample: Int { 0 }
    /// A record of a window looked at from outside.
    static var view: Int { 16 }

    init(limits: RuleLimits) {
        // A pane takes 2 words for a count, 6 for a sum, 10 for a deviation; most count.
        words = Table(capacity: limits.panes * 4)
        used = 32
    }

    /// Takes room for a key; nil when there is none.
    @_noAllocation @_noLocks
    mutating func take(_ count: Int) -> Int? {
        guard used + count <= words.capacity else { return nil }
        let start = used
        used += count
        return start
    }

    @_noAllocation @_noLocks
    func double(_ place: Int) -> Double { Double(bitPattern: words[place]) }

    @_noAllocation @_noLocks
    func time(_ place: Int) -> Int64 { Int64(bitPattern: words[place]) }

    @_noAllocation @_noLocks
    mutating func set(_ place: Int, _ time: Int64) { words[place] = UInt64(bitPattern: time) }

    @_noAllocation @_noLocks
    func wide(_ place: Int) -> WideInteger {
        var number = WideInteger()
        var word = 0
        while word < 4 {
            number.words[word] = words[place + word]
            word += 1
        }
        return number
    }

    @_noAllocation @_noLocks
    mutating func set(_ place: Int, _ number: WideInteger) {
        var word = 0
        while word < 4 {
            words[place + word] = number.words[word]
            word += 1
        }
    }
}

/// When a sample was taken and the moment at which it is judged, never earlier.
struct SampleTimes: BitwiseCopyable {
    var sample: Timestamp
    var now: Timestamp
}

// Any window, whatever it keeps.
extension StateStore {
    /// When the oldest sample leaves the window; `.max` when it has none.
    @_noAllocation @_noLocks
    func leaves(_ place: WindowPlace) -> Int64 { time(place.header) }

    /// Empties a window.
    @_noAllocation @_noLocks
    mutating func reset(_ plan: WindowPlan, _ place: WindowPlace) {
        switch plan.function {
        case .distinct, .quantile: break
        default:
            // A fresh window's panes are zero, and no page of them is touched before it is needed.
            _ = gather(plan, place, floor: .max, into: place.record(), .emptying)
        }
        set(place.header, .max)
        words[place.header + 1] = 0
        set(place.header + 2, .min)
        words[place.header + 3] = 0
    }

    /// The window at `now`, and whether it holds a sample.
    @_noAllocation @_noLocks
    mutating func read(_ plan: WindowPlan, _ place: WindowPlace, _ now: Timestamp) -> Reading {
        switch plan.function {
        case .distinct, .quantile:
            let kept = keptSamples(plan, place, now)
            set(place.header, kept.leaves)
            words[place.header + 3] = UInt64(kept.count)
            return reading(plan, place, kept)
        default:
            advance(plan, place, floor: StateStore.floor(now.nanoseconds, plan))
            return reading(plan, record: place.record())
        }
    }

    /// The window as it stands at `now`, nothing changed: for others than its own key's rule.
    @_noAllocation @_noLocks
    mutating func view(_ plan: WindowPlan, _ place: WindowPlace, _ now: Timestamp) -> Reading {
        switch plan.function {
        case .distinct, .quantile: return reading(plan, place, keptSamples(plan, place, now))
        default:
            let floor = StateStore.floor(now.nanoseconds, plan)
            guard hasLeft(plan, place, floor: floor) else {
                return reading(plan, record: place.record())
            }
            _ = gather(plan, place, floor: floor, into: StateStore.view, .looking)
            return reading(plan, record: StateStore.view)
        }
    }
}
