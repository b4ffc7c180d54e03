public import CEL
public import Domain

/// Where an alert stands in the order of event time: by time, then by source, by the sender's own
/// number, by id. Nothing of it depends on when the alert came in.
public struct EventOrder: Sendable, BitwiseCopyable {
    public var time: Timestamp
    /// The identity of the source's name.
    public var source: UInt64
    /// The sender's number; 0 when there is none.
    public var number: UInt64
    /// A hash of the alert's id and state.
    public var id: UInt64

    @_noAllocation @_noLocks
    public init(time: Timestamp, source: UInt64, number: UInt64, id: UInt64) {
        self.time = time
        self.source = source
        self.number = number
        self.id = id
    }

    @_noAllocation @_noLocks
    func precedes(_ other: EventOrder) -> Bool {
        if time.nanoseconds != other.time.nanoseconds { return time < other.time }
        if source != other.source { return source < other.source }
        if number != other.number { return number < other.number }
        return id < other.id
    }
}

/// Rules that are judged in the order of event time and whose `where` an alert has passed.
public struct OrderedRules: Sendable, BitwiseCopyable {
    /// So many rules with a sequence or an absence can share an alert.
    public static var capacity: Int { 32 }
    private var rules: [32 of RuleID] = .init(repeating: RuleID(0))
    public private(set) var count = 0

    public init() {}

    @_noAllocation @_noLocks
    mutating func clear() { count = 0 }

    /// False when there is no room.
    @_noAllocation @_noLocks
    mutating func append(_ rule: RuleID) -> Bool {
        guard count < 32 else { return false }
        rules[count] = rule
        count += 1
        return true
    }

    @_noAllocation @_noLocks
    func rule(_ index: Int) -> RuleID { rules[index] }
}

/// An alert that waits until no earlier one can come any more.
struct WaitingAlert: BitwiseCopyable {
    var order: EventOrder
    var sighting: Sighting
    var rules: OrderedRules
    /// What belongs to the alert: slots 0 ..< `RuleSlot.keptCount`.
    var slots: [54 of Slot]
}

/// The alerts that wait for the watermark, earliest first: a binary heap of places.
///
/// **Owner**: the engine.
public struct ReorderBuffer: ~Copyable, Sendable {
    var alerts: Table<WaitingAlert>
    var heap: Table<UInt32>  // places
    private var free: Table<UInt32>
    private var freeCount = 0
    private var used = 0
    public private(set) var count = 0
    private let limit: Int

    /// Room for `limit` alerts, and for one more, after which the earliest has to go.
    public init(limit: Int) {
        self.limit = limit
        alerts = Table(capacity: limit + 1)
        heap = Table(capacity: limit + 1)
        free = Table(capacity: limit + 1)
    }

    public var isOverfull: Bool {
        @_noAllocation @_noLocks get { count > limit }
    }

    /// The time of the earliest that waits, `.forever` when none does.
    @_noAllocation @_noLocks
    public func earliest() -> Timestamp {
        count == 0 ? Timestamp(nanoseconds: .max) : alerts[Int(heap[0])].order.time
    }

    /// Puts in the alert whose facts are in the slots. **Fails**: traps when there is no
    /// room.
    @_noAllocation @_noLocks
    public mutating func insert(
        _ order: EventOrder, _ sighting: Sighting, _ rules: OrderedRules,
        _ slots: borrowing SlotFrame
    ) {
        let place = take()
        alerts[place].order = order
        alerts[place].sighting = sighting
        alerts[place].rules = rules
        var slot = 0
        while slot < 54 {
            alerts[place].slots[slot] = slots[slot]
            slot += 1
        }
        heap[count] = UInt32(truncatingIfNeeded: place)
        count += 1
        rise()
    }

    /// Takes the earliest out and brings its facts back into the slots. **Fails**: traps when
    /// empty.
    @_noAllocation @_noLocks
    public mutating func pop(
        into slots: inout SlotFrame
    ) -> (sighting: Sighting, rules: OrderedRules) {
        precondition(count > 0)
        let place = Int(heap[0])
        var slot = 0
        while slot < 54 {
            slots[slot] = alerts[place].slots[slot]
            slot += 1
        }
        count -= 1
        heap[0] = heap[count]
        if count > 0 { sink() }
        free[freeCount] = UInt32(truncatingIfNeeded: place)
        freeCount += 1
        return (alerts[place].sighting, alerts[place].rules)
    }

    @_noAllocation @_noLocks
    private mutating func take() -> Int {
        if freeCount > 0 {
            freeCount -= 1
            return Int(free[freeCount])
        }
        used += 1
        return used - 1
    }

    @_noAllocation @_noLocks
    private func precedes(_ a: UInt32, _ b: UInt32) -> Bool {
        alerts[Int(a)].order.precedes(alerts[Int(b)].order)
    }

    /// Moves the last of the heap to where it belongs.
    @_noAllocation @_noLocks
    private mutating func rise() {
        var place = count - 1
        let moved = heap[place]
        while place > 0 {
            let above = (place - 1) / 2
            if !precedes(moved, heap[above]) { break }
            heap[place] = heap[above]
            place = above
        }
        heap[place] = moved
    }

    /// Moves the first of the heap to where it belongs.
    @_noAllocation @_noLocks
    private mutating func sink() {
        var place = 0
        let moved = heap[0]
        while true {
            var below = 2 * place + 1
            if below >= count { break }
            if below + 1 < count {
                if precedes(heap[below + 1], heap[below]) { below += 1 }
            }
            if !precedes(heap[below], moved) { break }
            heap[place] = heap[below]
            place = below
        }
        heap[place] = moved
    }
}
