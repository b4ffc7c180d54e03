import CEL
public import Domain

/// Since when the conditions that switch the city's mode have held.
///
/// Only the whole city enters and leaves modes by itself; where somebody has set a part of it to
/// another mode, that stays until the city switches.
///
/// **Owner**: the engine.
public struct ModeWatch: ~Copyable, Sendable {
    /// By mode: since when its `enter` has held, of the current one since when its `leave` has;
    /// `.forever` where it does not.
    private var since: Table<Timestamp>
    private let count: Int

    public init(_ rules: borrowing RuleTable) {
        count = rules.modeCount
        since = Table(capacity: count)
        for mode in 0..<count { since[mode] = .forever }
    }

    /// Judges the conditions over the `city.` slots at `now`: the mode that the city should be in,
    /// and when to judge again though nothing changes.
    ///
    /// A condition that fails leaves what was held as it was.
    @_noAllocation @_noLocks
    public mutating func judge(
        _ current: Int, at now: Timestamp, _ rules: borrowing RuleMatcher
    ) -> (mode: Int, again: Timestamp) {
        var again = Timestamp(nanoseconds: .max)
        if current != 0 {
            let leave = rules.table.modes[current].leave
            let due = holds(leave, current, now, rules)
            if due <= now { return (0, again) }
            return (current, due)
        }
        var mode = 1
        while mode < count {
            let due = holds(rules.table.modes[mode].enter, mode, now, rules)
            if due <= now { return (mode, again) }
            if due < again { again = due }
            mode += 1
        }
        return (0, again)
    }

    /// Begins anew: the mode has changed.
    @_noAllocation @_noLocks
    public mutating func reset() {
        var mode = 0
        while mode < count {
            since[mode] = Timestamp(nanoseconds: .max)
            mode += 1
        }
    }

    /// When the condition will have held long enough; `.forever` when it does not hold.
    @_noAllocation @_noLocks
    private mutating func holds(
        _ condition: HeldCondition, _ mode: Int, _ now: Timestamp, _ rules: borrowing RuleMatcher
    ) -> Timestamp {
        let never = Timestamp(nanoseconds: .max)
        guard condition.when.isSet else { return never }
        if let isTrue = rules.holds(condition.when) {
            if !isTrue { since[mode] = never }
            if isTrue && since[mode] == never { since[mode] = now }
        }
        return since[mode] == never ? never : since[mode] + condition.hold
    }
}

extension RuleMatcher {
    /// Whether a condition that belongs to no rule holds over the slots; nil when it fails.
    @_noAllocation @_noLocks
    public func holds(_ condition: Condition) -> Bool? {
        let program = table.programs[Int(condition.index)]
        switch table.library.evaluateBool(program, slots, table.memory) {
        case .isFalse: return false
        case .isTrue: return true
        case .error: return nil
        }
    }
}
