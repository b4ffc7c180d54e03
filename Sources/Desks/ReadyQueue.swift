import Domain

/// How urgent a task is among others: priority first, then the older.
struct Precedence: Comparable {
    var priority: Priority
    var firstRow: Int64

    init(_ notice: TaskNotice) { (priority, firstRow) = (notice.priority, notice.firstRow) }

    static func < (a: Precedence, b: Precedence) -> Bool {
        a.priority != b.priority ? a.priority < b.priority : a.firstRow < b.firstRow
    }
}

/// Tasks to be sent to one desk, the most urgent on top: a binary heap.
///
/// Nothing is taken out of its middle. Who looks at the top checks whether it still holds, and
/// drops it if not.
struct ReadyQueue {
    struct Item {
        var precedence: Precedence
        var task: TaskID
    }

    private var heap: [Item] = []

    var count: Int { heap.count }
    var top: Item? { heap.first }

    mutating func removeAll() { heap.removeAll() }

    mutating func push(_ notice: TaskNotice) {
        heap.append(Item(precedence: Precedence(notice), task: notice.incident))
        var at = heap.count - 1
        while at > 0, heap[at].precedence < heap[(at - 1) / 2].precedence {
            heap.swapAt(at, (at - 1) / 2)
            at = (at - 1) / 2
        }
    }

    mutating func removeTop() {
        guard let last = heap.popLast(), !heap.isEmpty else { return }
        heap[0] = last
        var at = 0
        while true {
            let (left, right) = (2 * at + 1, 2 * at + 2)
            var least = at
            if left < heap.count, heap[left].precedence < heap[least].precedence { least = left }
            if right < heap.count, heap[right].precedence < heap[least].precedence { least = right }
            if least == at { return }
            heap.swapAt(at, least)
            at = least
        }
    }
}
