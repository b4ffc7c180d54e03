// Runs the specification's conformance cases: JSON lines in, a table of passed and total out.
//
// Usage: cel-conformance [--failures] [--json] PATH…
// A path is a `.jsonl` file or a folder of them; `descriptors.json` beside them describes the
// messages. Every case is parsed, checked unless it says not to, and evaluated, then once more
// without the checker, and as a typed program where one takes it. Exit status 0: all passed;
// 1: some failed; 2: input unreadable; 3: usage.
import Foundation

do {
    let options = try Options(Array(CommandLine.arguments.dropFirst()))
    let suite = try Suite(paths: options.paths)
    let report = suite.run()
    print(options.asJson ? try report.json() : report.text(withFailures: options.showsFailures))
    exit(report.failures.isEmpty ? 0 : 1)
} catch let error as Options.Refusal {
    print(error.description)
    exit(3)
} catch {
    print("cel-conformance: \(error)")
    exit(2)
}
