import CAllocationCount
import Domain
import Pipeline

/// Counts what the walk asks of the heap, alert by alert.
struct AllocationRun {
    /// Alerts of the whole run, warm-up included.
    static let alerts = warmUp + 100_000
    /// Sources get their names, tables their first pages.
    private static let warmUp = 20_000

    private(set) var counted = 0
    private(set) var allocations = 0
    let tasksOpened: UInt64
    let taskRevisions: UInt64

    init(_ bench: inout WalkBench, _ load: CityLoad) throws(BenchProblem) {
        var index = 0
        while bench.accepted < Self.warmUp {
            load.write(index, to: &bench.letter)
            bench.walk.take(bench.letter)
            bench.discardOutputs()
            index += 1
        }
        let before = bench.walk.counters
        while bench.accepted < Self.alerts {
            load.write(index, to: &bench.letter)
            let blocks = allocation_count()
            bench.walk.take(bench.letter)
            allocations += Int(allocation_count() - blocks)
            bench.discardOutputs()
            counted += load.isAlert(index) ? 1 : 0
            index += 1
        }
        tasksOpened = bench.walk.counters.tasksOpened - before.tasksOpened
        taskRevisions = bench.walk.counters.taskRevisions - before.taskRevisions
        guard tasksOpened > 0 else { throw BenchProblem(message: "the city raised no task") }
    }
}
