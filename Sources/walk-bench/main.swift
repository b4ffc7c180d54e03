// walk-bench [--allocations] [--json]: what an alert costs on its way through the engine.
//
// In: the shipped rules and a simulated city with its incidents. Out: how often the walk
// asked the heap for memory, which must be never; without `--allocations` also the nanoseconds of
// each stage and of the whole walk, how much more an alert that no rule is for costs with 10,000
// rules than with 10, and what a score costs on its way up a large city's tree. No socket and no
// disk takes part: the feed is thrown away, the journal's ring is drained on the side.
//
// Refused: rules that do not load, and a run without alerts or tasks, which would prove nothing:
// exit 2. Exit 1 when the walk allocated.

import Glibc

do throws(BenchProblem) {
    let options = try BenchOptions(Array(CommandLine.arguments.dropFirst()))
    let alerts =
        options.onlyAllocations ? AllocationRun.alerts : AllocationRun.alerts + StageRun.alerts
    let load = try CityLoad(alerts: alerts)
    var bench = try WalkBench(grid: CityLoad.grid())
    let allocation = try AllocationRun(&bench, load)
    var report = WalkReport(allocation)
    if !options.onlyAllocations {
        report.stages = StageRun(&bench, load).figures
        report.ruleCount = try RuleCountRun().figures
        report.rollUp = try RollUpRun().figures
    }
    print(options.isJSON ? report.json : report.text)
    exit(allocation.allocations == 0 ? 0 : 1)
} catch {
    print(error.message)
    exit(2)
}
