import Domain

/// The cells' categories that are to be judged anew, highest number first, each once: so children
/// come before their parent.
struct TouchedCategories: ~Copyable, Sendable {
    /// One alert touches a cell and 256 around it in five categories, and those above them.
    static var capacity: Int { 8192 }
    private var heap = Table<UInt32>(capacity: TouchedCategories.capacity)
    /// By state: whether it is in the heap.
    private var isIn: Table<Bool>
    private(set) var count = 0

    init(states: Int) { isIn = Table(capacity: states) }

    /// False when there is no room.
    @_noAllocation @_noLocks
    mutating func insert(_ state: Int) -> Bool {
        if isIn[state] { return true }
        guard count < 8192 else { return false }
        isIn[state] = true
        var place = count
        count += 1
        while place > 0 {
            let above = (place - 1) / 2
            if Int(heap[above]) > state { break }
            heap[place] = heap[above]
            place = above
        }
        heap[place] = UInt32(truncatingIfNeeded: state)
        return true
    }

    /// The highest; -1 when there is none.
    @_noAllocation @_noLocks
    mutating func pop() -> Int {
        guard count > 0 else { return -1 }
        let highest = Int(heap[0])
        isIn[highest] = false
        count -= 1
        let moved = heap[count]
        var place = 0
        while true {
            var below = 2 * place + 1
            if below >= count { break }
            if below + 1 < count {
                if heap[below + 1] > heap[below] { below += 1 }
            }
            if heap[below] <= moved { break }
            heap[place] = heap[below]
            place = below
        }
        heap[place] = moved
        return highest
    }
}
