import CEL
public import Domain

/// What became of the state of rules when other rules were taken over.
public struct Adoption: Sendable {
    public var keysKept = 0
    public var keysDropped = 0
    /// By old number of a key its new one, -1 where it was dropped.
    public var keys: [Int] = []
    /// By new number of a rule: from when on its windows are full; nil where they are, or were as
    /// full as they are.
    public var warmUntil: [Timestamp?] = []
    /// Whether rules whose state began anew have lived through the past.
    public var isRehearsed = false
    /// How long the engine stood still.
    public var nanoseconds: Int64 = 0

    public init() {}
}

/// The queues that deadlines of keys stand in: before and after keys were numbered anew.
public struct KeyTimers: ~Copyable {
    public var timers: TimerQueue
    public var deadlines: TimerQueue

    public init(timers: consuming TimerQueue, deadlines: consuming TimerQueue) {
        self.timers = timers
        self.deadlines = deadlines
    }
}

/// What the numbers of rules and kinds were, and are.
public struct Renumbering: Sendable {
    /// By old rule: its new number where it is still there, -1 else.
    public let rules: [Int]
    /// By old rule: whether its state means the same.
    public let keepsState: [Bool]
    /// By old kind; -1 where it is gone.
    public let kinds: [Int]
    /// What cells are called now that were called otherwise.
    public var paths: [String: String] = [:]
    /// By new kept slot: where the old rules kept the same fact, -1 where nowhere.
    let slots: [Int]

    /// - Parameter kinds: as above; the tables know rules by their ids, not kinds.
    public init(from old: borrowing RuleTable, to new: borrowing RuleTable, kinds: [Int]) {
        var numbers: [UInt64: Int] = [:]
        for rule in 0..<new.ruleCount { numbers[new.identities[rule]] = rule }
        var rules: [Int] = []
        var keepsState: [Bool] = []
        for rule in 0..<old.ruleCount {
            let number = numbers[old.identities[rule]] ?? -1
            rules.append(number)
            let isSame =
                number >= 0 && !new.rules[number].isRetired && !old.rules[rule].isRetired
                && new.rules[number].stateHash == old.rules[rule].stateHash
            keepsState.append(isSame)
        }
        (self.rules, self.keepsState, self.kinds) = (rules, keepsState, kinds)
        slots = Renumbering.slots(from: old.factNames, to: new.factNames)
    }

    private static func slots(
        from old: borrowing TextList, to new: borrowing TextList
    ) -> [Int] {
        var places: [String: Int] = [:]
        for fact in 0..<old.count { places[old.text(fact)] = RuleSlot.firstAttribute + fact }
        var slots = Array(0..<RuleSlot.firstAttribute)
        for fact in 0..<(RuleSlot.keptCount - RuleSlot.firstAttribute) {
            let name = fact < new.count ? new.text(fact) : ""
            slots.append(name.isEmpty ? -1 : places[name] ?? -1)
        }
        return slots
    }

    /// By new number of a rule, whether its state goes on.
    public func isKept(of count: Int) -> [Bool] {
        var isKept = [Bool](repeating: false, count: count)
        for rule in rules.indices where keepsState[rule] { isKept[rules[rule]] = true }
        return isKept
    }

    /// The new number; `.none` for what is gone.
    public func rule(_ old: RuleID) -> RuleID {
        old == .none || rules[old.int] < 0 ? .none : RuleID(rules[old.int])
    }

    public func kind(_ old: KindID) -> KindID {
        guard old != .none, kinds.indices.contains(old.int), kinds[old.int] >= 0 else {
            return .none
        }
        return KindID(kinds[old.int])
    }
}
