public import Domain

/// One deadline for each of a fixed set of owners, earliest first: a binary heap that knows where
/// each owner stands, so that setting a deadline again moves it and the size is bounded by the
/// owners.
///
/// Equal deadlines come out in the order of their owners' numbers.
public struct TimerQueue: ~Copyable, Sendable {
    private var heap: Table<UInt32>  // owners
    private var places: Table<UInt32>  // owner → place + 1, 0 is not queued
    private var dues: Table<Int64>  // by owner
    public private(set) var count = 0

    /// Room for owners 0 ..< `owners`.
    public init(owners: Int) {
        heap = Table(capacity: owners)
        places = Table(capacity: owners)
        dues = Table(capacity: owners)
    }

    /// The earliest deadline, `.forever` when there is none.
    @_noAllocation @_noLocks
    public func earliest() -> Timestamp {
        count == 0 ? Timestamp(nanoseconds: .max) : Timestamp(nanoseconds: dues[Int(heap[0])])
    }

    /// When `owner` is due; `.forever` when it has no deadline.
    @_noAllocation @_noLocks
    public func due(_ owner: Int) -> Timestamp {
        places[owner] == 0 ? Timestamp(nanoseconds: .max) : Timestamp(nanoseconds: dues[owner])
    }

    /// Sets or moves the deadline of `owner`.
    @_noAllocation @_noLocks
    public mutating func set(_ owner: Int, due: Timestamp) {
        if places[owner] == 0 {
            heap[count] = UInt32(truncatingIfNeeded: owner)
            count += 1
            places[owner] = UInt32(truncatingIfNeeded: count)
        }
        dues[owner] = due.nanoseconds
        let place = Int(places[owner]) - 1
        rise(place)
        sink(Int(places[owner]) - 1)
    }

    @_noAllocation @_noLocks
    public mutating func cancel(_ owner: Int) {
        guard places[owner] != 0 else { return }
        let place = Int(places[owner]) - 1
        count -= 1
        places[owner] = 0
        guard place != count else { return }
        let moved = Int(heap[count])
        put(moved, at: place)
        rise(place)
        sink(Int(places[moved]) - 1)
    }

    /// Takes the earliest owner out when it is due at `now`; -1 otherwise.
    @_noAllocation @_noLocks
    public mutating func pop(dueBy now: Timestamp) -> Int {
        guard count > 0 else { return -1 }
        let owner = Int(heap[0])
        guard dues[owner] <= now.nanoseconds else { return -1 }
        cancel(owner)
        return owner
    }

    @_noAllocation @_noLocks
    private func precedes(_ a: Int, _ b: Int) -> Bool {
        let (first, second) = (dues[a], dues[b])
        return first == second ? a < b : first < second
    }

    @_noAllocation @_noLocks
    private mutating func put(_ owner: Int, at place: Int) {
        heap[place] = UInt32(truncatingIfNeeded: owner)
        places[owner] = UInt32(truncatingIfNeeded: place + 1)
    }

    @_noAllocation @_noLocks
    private mutating func rise(_ start: Int) {
        var place = start
        let owner = Int(heap[place])
        while place > 0 {
            let above = (place - 1) / 2
            let parent = Int(heap[above])
            if !precedes(owner, parent) { break }
            put(parent, at: place)
            place = above
        }
        put(owner, at: place)
    }

    @_noAllocation @_noLocks
    private mutating func sink(_ start: Int) {
        var place = start
        let owner = Int(heap[place])
        while true {
            var below = 2 * place + 1
            if below >= count { break }
            if below + 1 < count {
                if precedes(Int(heap[below + 1]), Int(heap[below])) { below += 1 }
            }
            let child = Int(heap[below])
            if !precedes(child, owner) { break }
            put(child, at: place)
            place = below
        }
        put(owner, at: place)
    }
}
