import Domain

/// Where the sightings of a key's witnesses stand in its words.
///
///     | leaves | counts, a byte a witness | 8 sightings of witness 0 | 8 of witness 1 | …
///     sighting: | identity of its distinct value | confidence | time |
enum SightingLayout {
    @_noAllocation @_noLocks
    static func words(_ witnesses: Int) -> Int { 2 + witnesses * 24 }

    @_noAllocation @_noLocks
    static func first(_ start: Int, _ witness: Int) -> Int { start + 2 + witness * 24 }
}

/// A witness has seen something.
struct WitnessSighting: BitwiseCopyable {
    var identity: UInt64
    var confidence: Double
    var time: Int64

    /// Whether this one is always worth at least as much as `other`: of the same value, as late and
    /// as sure.
    @_noAllocation @_noLocks
    func outdoes(_ other: WitnessSighting) -> Bool {
        if identity != other.identity { return false }
        return time >= other.time && confidence >= other.confidence
    }

    /// An order without ties, the oldest first.
    @_noAllocation @_noLocks
    func precedes(_ other: WitnessSighting) -> Bool {
        if time != other.time { return time < other.time }
        if confidence != other.confidence { return confidence < other.confidence }
        return identity < other.identity
    }
}

// Of each witness the latest eight sightings are kept that no other outdoes: a device that repeats
// itself takes one place and does not push out what another device has seen.

extension StateStore {
    @_noAllocation @_noLocks
    mutating func resetSightings(_ start: Int) {
        set(start, .max)
        words[start + 1] = 0
    }

    @_noAllocation @_noLocks
    func sightingCount(_ start: Int, _ witness: Int) -> Int {
        Int(words[start + 1] &>> UInt64(witness * 8) & 0xFF)
    }

    @_noAllocation @_noLocks
    private mutating func setCount(_ start: Int, _ witness: Int, _ count: Int) {
        let shift = UInt64(witness * 8)
        words[start + 1] &= ~(0xFF &<< shift)
        words[start + 1] |= UInt64(count) &<< shift
    }

    @_noAllocation @_noLocks
    func sighting(_ start: Int, _ witness: Int, _ index: Int) -> WitnessSighting {
        let place = SightingLayout.first(start, witness) + index * 3
        return WitnessSighting(
            identity: words[place], confidence: double(place + 1), time: time(place + 2))
    }

    @_noAllocation @_noLocks
    private mutating func setSighting(
        _ start: Int, _ witness: Int, _ index: Int, _ sighting: WitnessSighting
    ) {
        let place = SightingLayout.first(start, witness) + index * 3
        words[place] = sighting.identity
        words[place + 1] = sighting.confidence.bitPattern
        set(place + 2, sighting.time)
    }

    /// Takes in what a witness has seen; what is not later than `edge` has left.
    @_noAllocation @_noLocks
    mutating func addSighting(
        _ fresh: WitnessSighting, _ start: Int, _ witness: Int, edge: Int64
    ) {
        guard fresh.time > edge else { return }
        if isOutdone(fresh, start, witness) { return }
        var kept = 0
        var index = 0
        let count = sightingCount(start, witness)
        while index < count {
            let old = sighting(start, witness, index)
            if old.time > edge && !fresh.outdoes(old) {
                setSighting(start, witness, kept, old)
                kept += 1
            }
            index += 1
        }
        if kept == CorroborationPlan.ring {
            evicted &+= 1
            replaceOldest(fresh, start, witness)
        } else {
            setSighting(start, witness, kept, fresh)
            kept += 1
        }
        setCount(start, witness, kept)
    }

    @_noAllocation @_noLocks
    private func isOutdone(_ fresh: WitnessSighting, _ start: Int, _ witness: Int) -> Bool {
        let count = sightingCount(start, witness)
        var index = 0
        while index < count {
            if sighting(start, witness, index).outdoes(fresh) { return true }
            index += 1
        }
        return false
    }

    @_noAllocation @_noLocks
    private mutating func replaceOldest(
        _ fresh: WitnessSighting, _ start: Int, _ witness: Int
    ) {
        var oldest = 0
        var index = 1
        while index < CorroborationPlan.ring {
            if sighting(start, witness, index).precedes(sighting(start, witness, oldest)) {
                oldest = index
            }
            index += 1
        }
        if fresh.precedes(sighting(start, witness, oldest)) { return }
        setSighting(start, witness, oldest, fresh)
    }
}
