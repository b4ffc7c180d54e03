import CEL
public import Domain

/// What rules did, and which parts of their conditions held: noted for tests and backtests only.
///
/// Off, it costs one branch a condition that always goes the same way.
public struct ProbeLog: ~Copyable, Sendable {
    public private(set) var isOn = false
    /// By program: its probes are `programs[starts[program] ..< starts[program + 1]]`.
    private(set) var starts = Table<UInt32>(capacity: 1)
    private(set) var programs = Table<Int32>(capacity: 1)
    /// By place in `programs`: bit 0, seen true; bit 1, seen false.
    var seen = Table<UInt8>(capacity: 1)
    private var transitions = Table<NotedTransition>(capacity: 1)
    private var transitionCount = 0
    /// Transitions that there was no room for.
    public private(set) var dropped: UInt64 = 0

    static var transitionsMax: Int { 65_536 }

    init() {}

    /// - Parameter probes: for each program of the table those that are parts of it.
    init(_ probes: [[Int32]]) {
        isOn = true
        var starts: [UInt32] = [0]
        for list in probes { starts.append(starts[starts.count - 1] + UInt32(list.count)) }
        self.starts = Table(copying: starts)
        programs = Table(copying: probes.flatMap { $0 })
        seen = Table(capacity: max(1, Int(starts[starts.count - 1])))
        transitions = Table(capacity: ProbeLog.transitionsMax)
    }

    @_noAllocation @_noLocks
    mutating func note(_ transition: NotedTransition) {
        guard transitionCount < transitions.capacity else {
            dropped &+= 1
            return
        }
        transitions[transitionCount] = transition
        transitionCount += 1
    }

    /// The transitions since the last call.
    mutating func takeTransitions() -> [NotedTransition] {
        let taken = (0..<transitionCount).map { transitions[$0] }
        transitionCount = 0
        return taken
    }
}

/// A change of a rule's state for one key.
public struct NotedTransition: Sendable, BitwiseCopyable {
    public var rule: RuleID
    /// The mode the rule was judged in.
    public var mode: UInt8
    public var transition: Transition
    /// The key's number; `.max` for a rule without state.
    public var key: UInt32
    public var cell: CellID
    public var source: SourceID
    public var time: Timestamp
}

extension RuleMatcher {
    /// Starts noting transitions, and what each part of conditions came to.
    ///
    /// - Parameter probes: a condition's program, and the program of a part of it.
    public mutating func watch(_ probes: [(condition: Condition, part: Condition)]) {
        var lists = [[Int32]](repeating: [], count: table.programs.capacity)
        for probe in probes where probe.condition.isSet && probe.part.isSet {
            lists[Int(probe.condition.index)].append(probe.part.index)
        }
        self.probes = ProbeLog(lists)
    }

    /// Whether a part of a condition was seen true and seen false.
    public func seen(
        _ condition: Condition, _ part: Condition
    ) -> (isTrue: Bool, isFalse: Bool) {
        guard probes.isOn, condition.isSet, part.isSet else { return (false, false) }
        let first = Int(probes.starts[Int(condition.index)])
        let end = Int(probes.starts[Int(condition.index) + 1])
        for place in first..<end where probes.programs[place] == part.index {
            return (probes.seen[place] & 1 != 0, probes.seen[place] & 2 != 0)
        }
        return (false, false)
    }

    public mutating func takeTransitions() -> [NotedTransition] { probes.takeTransitions() }

    /// Notes what the parts of a condition come to over the slots; one that fails is neither.
    @_noAllocation @_noLocks
    mutating func probe(_ condition: Condition) {
        var place = Int(probes.starts[Int(condition.index)])
        let end = Int(probes.starts[Int(condition.index) + 1])
        while place < end {
            let part = table.programs[Int(probes.programs[place])]
            switch table.library.evaluateBool(part, slots, table.memory) {
            case .isTrue: probes.seen[place] |= 1
            case .isFalse: probes.seen[place] |= 2
            case .error: break
            }
            place += 1
        }
    }

    @_noAllocation @_noLocks
    mutating func note(
        _ plan: RulePlan, _ key: Int, _ transition: Transition,
        _ place: (cell: CellID, time: Timestamp)
    ) {
        let source = key < 0 ? SourceID(0xFFFF_FFFF) : sighting(key).source
        probes.note(
            NotedTransition(
                rule: plan.id, mode: UInt8(truncatingIfNeeded: mode), transition: transition,
                key: UInt32(truncatingIfNeeded: key), cell: place.cell, source: source,
                time: place.time))
    }
}
