// cel-bench [--json] [PATH]: what an evaluation of each condition of a file costs.
//
// In: `bench_rules.json`, variables with types and values, and conditions by name.
// Out: for each condition the median and least nanoseconds of an evaluation, its result, its
// allocations (there should be none); and the time to compile a thousand conditions, with and
// without the checker.
// Refused: a file that cannot be read, a condition that does not compile: exit 2.

import Glibc

do throws(Problem) {
    let options = try Options(Array(CommandLine.arguments.dropFirst()))
    let file = try RuleFile(path: options.path)
    var bench = try Bench(file)
    let report = Report(try bench.measure(), compilation: try bench.measureCompilation())
    print(options.isJSON ? report.json : report.table)
} catch {
    print(error.message)
    exit(2)
}
