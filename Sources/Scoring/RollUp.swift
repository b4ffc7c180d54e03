import Domain

/// The standings of a cell's children on their way into its own.
///
/// A cell's own evidence counts as one more child while there is any; in a weighted mean it weighs
/// as much as all children together, because it is about the whole cell. Every mean is rounded
/// down, so none is above the worst child.
struct RollUp: BitwiseCopyable {
    let plan: RollUpPlan
    /// The worst scores seen, worst first: as many as the plan's mean takes.
    private var worst: [16 of Int32] = .init(repeating: 0)
    private var kept = 0
    private var sum: UInt64 = 0
    private var carry: UInt64 = 0
    private var weight: UInt64 = 0
    /// The highest level of a child.
    private(set) var warning = WarningLevel.none

    @_noAllocation @_noLocks
    init(_ plan: RollUpPlan) { self.plan = plan }

    /// How many of the worst count. **Range**: 1 to 16.
    @_noAllocation @_noLocks
    private func worstMax() -> Int {
        if plan.method != .topMean { return 1 }
        return plan.count < 1 ? 1 : (plan.count > 16 ? 16 : plan.count)
    }

    @_noAllocation @_noLocks
    mutating func add(_ standing: Standing, weight child: UInt32) {
        if standing.warning.rawValue > warning.rawValue { warning = standing.warning }
        weight &+= UInt64(child)
        weigh(standing.score.value, UInt64(child))
        keep(standing.score.value)
    }

    /// 128 bits hold what a million cells of four thousand million people can weigh.
    @_noAllocation @_noLocks
    private mutating func weigh(_ score: Int32, _ weight: UInt64) {
        let product = UInt64(truncatingIfNeeded: score).multipliedFullWidth(by: weight)
        let (low, overflow) = sum.addingReportingOverflow(product.low)
        sum = low
        carry &+= product.high &+ (overflow ? 1 : 0)
    }

    @_noAllocation @_noLocks
    private mutating func keep(_ score: Int32) {
        let most = worstMax()
        var place = kept
        if kept == most {
            if score <= worst[most - 1] { return }
            place = most - 1
        } else {
            kept += 1
        }
        while place > 0 && worst[place - 1] < score {
            worst[place] = worst[place - 1]
            place -= 1
        }
        worst[place] = score
    }

    /// A child whose score stays below this changes nothing; -1 where any child's does.
    @_noAllocation @_noLocks
    func bar() -> Int32 {
        if plan.method == .weightedMean { return -1 }
        return kept < worstMax() ? -1 : worst[kept - 1]
    }

    /// Whether there is no child: the cell is a leaf.
    @_noAllocation @_noLocks
    func isEmpty() -> Bool { kept == 0 }

    /// The worst child's score.
    @_noAllocation @_noLocks
    func worstScore() -> Int32 { kept == 0 ? 0 : worst[0] }

    /// The children's standings and the cell's own evidence, made one.
    @_noAllocation @_noLocks
    func score(own: MilliPoints) -> MilliPoints {
        if own.value == 0 { return score() }
        if kept == 0 { return own }
        var whole = self
        whole.add(Standing(own, .none), weight: 0)
        whole.weigh(own.value, weight)
        whole.weight = weight &* 2
        return whole.score()
    }

    @_noAllocation @_noLocks
    private func score() -> MilliPoints {
        if kept == 0 { return .zero }
        switch plan.method {
        case .max: return MilliPoints(worst[0])
        case .topMean: return MilliPoints(meanOfWorst())
        case .weightedMean:
            if weight == 0 { return .zero }
            let mean = weight.dividingFullWidth((carry, sum)).quotient
            return MilliPoints(Int32(truncatingIfNeeded: mean))
        }
    }

    @_noAllocation @_noLocks
    private func meanOfWorst() -> Int32 {
        var total: Int64 = 0
        var place = 0
        while place < kept {
            total += Int64(worst[place])
            place += 1
        }
        return Int32(truncatingIfNeeded: total / Int64(kept))
    }
}
