import Domain

/// What the witnesses of a key amount to at one moment.
struct Corroboration: BitwiseCopyable {
    /// Bit `i` set: witness `i` counts.
    var witnesses: UInt8 = 0
    var count = 0
    var confidence = 0.0
    /// When the next sighting leaves; `.max` when there is none.
    var leaves = Int64.max
}

/// Witnesses paired with values that each has seen, no value twice.
struct WitnessPairing: BitwiseCopyable {
    /// Bit `i` set: witness `i` has a value.
    var witnesses: UInt8 = 0
    var values: [8 of UInt64] = .init(repeating: 0)

    @_noAllocation @_noLocks
    init() {}

    /// The witness that has `value`, or -1.
    @_noAllocation @_noLocks
    func holder(of value: UInt64) -> Int {
        var witness = 0
        while witness < CorroborationPlan.witnessesMax {
            if witnesses >> UInt8(witness) & 1 == 1 && values[witness] == value { return witness }
            witness += 1
        }
        return -1
    }

    @_noAllocation @_noLocks
    mutating func pair(_ witness: Int, with value: UInt64) {
        witnesses |= 1 &<< UInt8(witness)
        values[witness] = value
    }
}

// Which witnesses count: as many as can be paired with values of their own, those first in the
// file where there is a choice. The pairing grows along augmenting paths, one witness at a time in
// the order of the file; a witness that has a value keeps one, so the choice does not depend on who
// saw what first.

extension StateStore {
    /// Weighs the sightings later than `edge`.
    @_noAllocation @_noLocks
    func weigh(_ plan: CorroborationPlan, _ start: Int, _ now: Timestamp) -> Corroboration {
        let edge = now.nanoseconds &- plan.within.nanoseconds
        var result = Corroboration()
        var pairing = WitnessPairing()
        var tally = ConfidenceTally(plan.confidence)
        var witness = 0
        while witness < plan.witnessCount {
            let (best, oldest) = survey(start, witness, edge: edge)
            if oldest != .max {
                let leaves = oldest &+ plan.within.nanoseconds
                if leaves < result.leaves { result.leaves = leaves }
                var tried: UInt8 = 0
                if augment(&pairing, start, witness, edge: edge, &tried) {
                    tally.add(best)
                    result.count += 1
                }
            }
            witness += 1
        }
        result.witnesses = pairing.witnesses
        result.confidence = tally.value()
        return result
    }

    /// A witness's most confident sighting and the time of its oldest, `.max` without any.
    @_noAllocation @_noLocks
    private func survey(
        _ start: Int, _ witness: Int, edge: Int64
    ) -> (best: Double, oldest: Int64) {
        var best = 0.0
        var oldest = Int64.max
        let count = sightingCount(start, witness)
        var index = 0
        while index < count {
            let sighting = sighting(start, witness, index)
            if sighting.time > edge {
                if sighting.confidence > best { best = sighting.confidence }
                if sighting.time < oldest { oldest = sighting.time }
            }
            index += 1
        }
        return (best, oldest)
    }

    /// Finds a value for a witness, moving others to another of theirs where need be.
    ///
    /// **Cost**: each witness is asked once.
    @_noAllocation @_noLocks
    private func augment(
        _ pairing: inout WitnessPairing, _ start: Int, _ witness: Int, edge: Int64,
        _ tried: inout UInt8
    ) -> Bool {
        tried |= 1 &<< UInt8(witness)
        let count = sightingCount(start, witness)
        var index = 0
        while index < count {
            let sighting = sighting(start, witness, index)
            if sighting.time > edge {
                let holder = pairing.holder(of: sighting.identity)
                if holder < 0 {
                    pairing.pair(witness, with: sighting.identity)
                    return true
                }
                if tried >> UInt8(holder) & 1 == 0 {
                    if augment(&pairing, start, holder, edge: edge, &tried) {
                        pairing.pair(witness, with: sighting.identity)
                        return true
                    }
                }
            }
            index += 1
        }
        return false
    }
}

/// Confidences on their way to one, in the order of the file.
struct ConfidenceTally: BitwiseCopyable {
    private let function: ConfidenceFunction
    private var result: Double
    private var count = 0.0

    @_noAllocation @_noLocks
    init(_ function: ConfidenceFunction) {
        self.function = function
        result = function == .noisyOr ? 1 : 0
    }

    @_noAllocation @_noLocks
    mutating func add(_ confidence: Double) {
        switch function {
        case .noisyOr: result *= 1 - confidence
        case .max: if confidence > result { result = confidence }
        case .min: if count == 0 || confidence < result { result = confidence }
        case .average: result += confidence
        }
        count += 1
    }

    /// 0 without any.
    @_noAllocation @_noLocks
    func value() -> Double {
        guard count > 0 else { return 0 }
        switch function {
        case .noisyOr: return 1 - result
        case .max, .min: return result
        case .average: return result / count
        }
    }
}
