public import Cells
public import Domain

// The registry of sources, taken over between two alerts, and what is known of each source. Not on
// the hot path: it may allocate.

extension Walk {
    /// Replaces the registry; what is kept of a source, its numbers and tokens, stays.
    ///
    /// **Fails**: changes nothing, and gives how many sources there is no room for.
    public mutating func replaceSources(_ plans: [SourcePlan]) -> Int {
        let missing = missingRoom(for: plans)
        if missing == 0 { admission.register(plans, kinds) }
        return missing
    }

    /// How many of some sources there is no room for.
    public func missingRoom(for plans: [SourcePlan]) -> Int {
        let fresh = plans.count { admission.names.find($0.name) < 0 }
        return max(0, fresh - (admission.names.capacity - admission.names.count))
    }

    /// Lets `body` ask the grid, which only the walk has.
    public func withGrid<Result>(_ body: (borrowing Grid) -> Result) -> Result { body(grid) }

    /// The sources from number `first` on, at most `limit` of them, and the number to go on from;
    /// nil when these were the last.
    public func sources(
        from first: Int, atMost limit: Int
    ) -> (standings: [SourceStanding], next: Int?) {
        let end = min(admission.names.count, first + limit)
        guard first < end else { return ([], nil) }
        let standings = (first..<end).map { standing(ofSource: $0) }
        return (standings, end < admission.names.count ? end : nil)
    }

    private func standing(ofSource source: Int) -> SourceStanding {
        let state = admission.states[source]
        return SourceStanding(
            name: admission.names.name(source),
            isRegistered: admission.seats[source].isRegistered,
            lastReceived: state.accepted > 0 ? state.lastReceived : nil,
            accepted: state.accepted, late: state.late, lost: state.lost)
    }
}

/// What a running walk knows of a source.
public struct SourceStanding: Sendable {
    public var name: String
    public var isRegistered: Bool
    /// When its latest accepted alert was received; nil when none was.
    public var lastReceived: Timestamp?
    public var accepted: UInt64
    /// Accepted, and too late for any rule.
    public var late: UInt64
    public var lost: UInt64
}

extension Admission {
    /// Gives every registered source its seat, and takes away those of all others.
    ///
    /// **Range**: there is room for all of them, and they have at most `Limits.kindListsMax`
    /// different lists of kinds. **Fails**: traps on more.
    mutating func register(_ plans: [SourcePlan], _ kinds: borrowing KindTable) {
        for source in 0..<names.count where seats[source].isRegistered {
            seats[source].isRegistered = false
            seats[source].hasPosition = false
            seats[source].kinds = 0
        }
        var sets: [[KindPattern]: UInt16] = [[]: 0]
        var patterns: [[KindPattern]] = [[]]
        registeredCount = 0
        for plan in plans {
            let source = names.intern(plan.name)
            precondition(source >= 0, "a registry is larger than there is room for")
            let set = sets[plan.kinds] ?? UInt16(patterns.count)
            if sets.updateValue(set, forKey: plan.kinds) == nil { patterns.append(plan.kinds) }
            seats[source] = SourceSeat(plan, kinds: set)
            registeredCount += 1
        }
        kindSets = KindSets(patterns, kinds)
        for source in 0..<names.count { states[source].isAllowed = lets(source) }
    }

    /// The number of a source by its name, given one if it is new; `.none` when there is no room.
    mutating func source(named name: String) -> SourceID {
        let index = names.intern(name)
        guard index >= 0 else { return .none }
        states[index].isAllowed = lets(index)
        return SourceID(index)
    }

    private func lets(_ source: Int) -> Bool {
        if refusesUnregistered && !seats[source].isRegistered { return false }
        let name = names.name(source) + "/"
        return allowed.count == 0
            || (0..<allowed.count).contains { name.hasPrefix(allowed.text($0)) }
    }
}
