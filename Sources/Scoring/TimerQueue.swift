public import Domain

/// One deadline for each of a fixed set of owners, earliest first: a binary heap that knows where
/// each owner stands, so that setting a deadline again moves it and the size is bounded by the
/// owners.
///
/// Equal deadlines come out in the order of their owners' numbers.
public struct TimerQueue: ~Copyable, Sendable {
    // Deadlines stand in the heap itself: a comparison waits for one line of memory, not for two.
    private var heap: Table<Deadline>
    private var places: Table<UInt32>  // owner → place + 1, 0 is not queued
    public private(set) var count = 0

    /// Room for owners 0 ..< `owners`.
    public init(owners: Int) {
        heap = Table(capacity: owners)
        places = Table(capacity: owners)
    }

    /// The earliest deadline, `.forever` when there is none.
    @_noAllocation @_noLocks
    public func earliest() -> Timestamp {
        count == 0 ? Timestamp(nanoseconds: .max) : Timestamp(nanoseconds: heap[0].due)
    }

    /// When `owner` is due; `.forever` when it has no deadline.
    @_noAllocation @_noLocks
    public func due(_ owner: Int) -> Timestamp {
        let place = Int(places[owner])
        return Timestamp(nanoseconds: place == 0 ? .max : heap[place - 1].due)
    }

    /// Sets or moves the deadline of `owner`.
    @_noAllocation @_noLocks
    public mutating func set(_ owner: Int, due: Timestamp) {
        var place = Int(places[owner]) - 1
        if place < 0 {
            place = count
            count += 1
        }
        let owner = UInt32(truncatingIfNeeded: owner)
        move(Deadline(due: due.nanoseconds, owner: owner), from: place)
    }

    @_noAllocation @_noLocks
    public mutating func cancel(_ owner: Int) {
        guard places[owner] != 0 else { return }
        let place = Int(places[owner]) - 1
        count -= 1
        places[owner] = 0
        guard place != count else { return }
        move(heap[count], from: place)
    }

    /// Takes the earliest owner out when it is due at `now`; -1 otherwise.
    @_noAllocation @_noLocks
    public mutating func pop(dueBy now: Timestamp) -> Int {
        guard count > 0 else { return -1 }
        guard heap[0].due <= now.nanoseconds else { return -1 }
        let owner = Int(heap[0].owner)
        cancel(owner)
        return owner
    }

    @_noAllocation @_noLocks
    private mutating func put(_ deadline: Deadline, at place: Int) {
        heap[place] = deadline
        places[Int(deadline.owner)] = UInt32(truncatingIfNeeded: place + 1)
    }

    /// Puts a deadline where it belongs, up or down from a place whose own is not wanted any more.
    @_noAllocation @_noLocks
    private mutating func move(_ deadline: Deadline, from start: Int) {
        let place = rise(deadline, from: start)
        put(deadline, at: place == start ? sink(deadline, from: start) : place)
    }

    @_noAllocation @_noLocks
    private mutating func rise(_ deadline: Deadline, from start: Int) -> Int {
        var place = start
        while place > 0 {
            let above = (place - 1) / 2
            let parent = heap[above]
            if !deadline.precedes(parent) { break }
            put(parent, at: place)
            place = above
        }
        return place
    }

    @_noAllocation @_noLocks
    private mutating func sink(_ deadline: Deadline, from start: Int) -> Int {
        var place = start
        while true {
            var below = 2 * place + 1
            if below >= count { break }
            var child = heap[below]
            if below + 1 < count {
                let sibling = heap[below + 1]
                if sibling.precedes(child) {
                    child = sibling
                    below += 1
                }
            }
            if !child.precedes(deadline) { break }
            put(child, at: place)
            place = below
        }
        return place
    }
}
