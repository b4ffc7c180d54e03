import CEL
import Domain

/// The watch for silence of one key, at the key's number.
struct AbsenceState: BitwiseCopyable {
    /// The latest sign of life, or when the watch began.
    var lastSeen: Timestamp
    /// How often a sign of life is due; zero: nobody knows, and nothing is missed.
    var expect: Interval
    /// Its group and its neighbours there, numbers + 1; 0 is none.
    var group: UInt32
    var nextMember: UInt32
    var previousMember: UInt32
    /// The next key in the queue of `AbsenceStore`, + 1.
    var nextQueued: UInt32
    var isQueued: Bool
    var isSilent: Bool
    /// It was raised for as long as the rule lets it.
    var isSpent: Bool
}

/// Keys of one rule that fall silent together, such as the sensors behind one gateway.
struct FoldGroup: BitwiseCopyable {
    var rule: RuleID
    /// The value that its members share.
    var by: Slot
    var firstMember: UInt32
    var members: UInt32
    var silent: UInt32
    /// How many were silent when the finding was last told.
    var told: UInt32
    /// The next group in the queue of `AbsenceStore`, + 1.
    var nextQueued: UInt32
    var isQueued: Bool
    var isFolded: Bool
}

/// A queue of numbers that are linked where they stand. Numbers + 1, 0 is none.
struct LinkedQueue: BitwiseCopyable {
    var head: UInt32 = 0
    var tail: UInt32 = 0
}

/// The watches for silence of all keys, their groups, and those that have to be judged anew because
/// somebody fell silent or came back.
struct AbsenceStore: ~Copyable, Sendable {
    var states: Table<AbsenceState>
    var groups: Table<FoldGroup>
    private var index: KeyIndex
    private var groupsUsed = 0
    private var keyQueue = LinkedQueue()
    private var groupQueue = LinkedQueue()
    /// When listening began, or began again after a gap.
    var listeningSince = Timestamp(nanoseconds: .min)

    init(keys: Int, groups capacity: Int) {
        states = Table(capacity: keys)
        groups = Table(capacity: capacity)
        index = KeyIndex(capacity: capacity)
    }

    /// Makes a key a member of the group with this hash, and of no other.
    ///
    /// Gives false when there is no room for another group.
    @_noAllocation @_noLocks
    mutating func join(_ key: Int, _ hash: UInt64, _ rule: RuleID, _ by: Slot) -> Bool {
        var group = index.find(hash)
        if group >= 0 && Int(states[key].group) == group + 1 { return true }
        leave(key)
        if group < 0 {
            guard groupsUsed < groups.capacity else { return false }
            group = groupsUsed
            groupsUsed += 1
            index.insert(hash, group)
            groups[group].rule = rule
            groups[group].by = by
        }
        let next = groups[group].firstMember
        states[key].group = UInt32(truncatingIfNeeded: group + 1)
        states[key].nextMember = next
        states[key].previousMember = 0
        let this = UInt32(truncatingIfNeeded: key + 1)
        if next > 0 { states[Int(next) - 1].previousMember = this }
        groups[group].firstMember = this
        groups[group].members &+= 1
        queue(group: group)
        return true
    }

    /// Takes a key out of its group, if it is in one.
    @_noAllocation @_noLocks
    mutating func leave(_ key: Int) {
        guard states[key].group > 0 else { return }
        let group = Int(states[key].group) - 1
        let (previous, next) = (states[key].previousMember, states[key].nextMember)
        if previous > 0 {
            states[Int(previous) - 1].nextMember = next
        } else {
            groups[group].firstMember = next
        }
        if next > 0 { states[Int(next) - 1].previousMember = previous }
        groups[group].members &-= 1
        if states[key].isSilent { groups[group].silent &-= 1 }
        states[key].group = 0
        queue(group: group)
    }

    /// Notes that a key fell silent or came back; both it and its group have to be judged anew.
    @_noAllocation @_noLocks
    mutating func set(_ key: Int, silent: Bool) {
        guard states[key].isSilent != silent else { return }
        states[key].isSilent = silent
        queue(key: key)
        guard states[key].group > 0 else { return }
        let group = Int(states[key].group) - 1
        if silent { groups[group].silent &+= 1 } else { groups[group].silent &-= 1 }
        queue(group: group)
    }

    @_noAllocation @_noLocks
    mutating func queue(key: Int) {
        guard !states[key].isQueued else { return }
        states[key].isQueued = true
        states[key].nextQueued = 0
        let this = UInt32(truncatingIfNeeded: key + 1)
        if keyQueue.tail > 0 {
            states[Int(keyQueue.tail) - 1].nextQueued = this
        } else {
            keyQueue.head = this
        }
        keyQueue.tail = this
    }

    @_noAllocation @_noLocks
    mutating func queue(group: Int) {
        guard !groups[group].isQueued else { return }
        groups[group].isQueued = true
        groups[group].nextQueued = 0
        let this = UInt32(truncatingIfNeeded: group + 1)
        if groupQueue.tail > 0 {
            groups[Int(groupQueue.tail) - 1].nextQueued = this
        } else {
            groupQueue.head = this
        }
        groupQueue.tail = this
    }

    /// The next key to judge anew; -1 when there is none.
    @_noAllocation @_noLocks
    mutating func nextKey() -> Int {
        guard keyQueue.head > 0 else { return -1 }
        let key = Int(keyQueue.head) - 1
        states[key].isQueued = false
        keyQueue.head = states[key].nextQueued
        if keyQueue.head == 0 { keyQueue.tail = 0 }
        return key
    }

    /// The next group to judge anew; -1 when there is none.
    @_noAllocation @_noLocks
    mutating func nextGroup() -> Int {
        guard groupQueue.head > 0 else { return -1 }
        let group = Int(groupQueue.head) - 1
        groups[group].isQueued = false
        groupQueue.head = groups[group].nextQueued
        if groupQueue.head == 0 { groupQueue.tail = 0 }
        return group
    }
}
