// Feeds the parser, the checker and both evaluators with made-up and mutilated expressions.
//
// Usage: cel-fuzz [--iterations N] [--seed S] [--start I] [--differential] [--show]
// Input I of a seed is always the same: `--start I --iterations 1 --show` repeats one.
// Text: an input may be refused but never crash, hang or point outside of itself.
// Differential: both evaluators must come to the same value, or both to an error.
// Exit status 0: clean; 1: a finding, printed with its number; 3: usage. A crash is a finding too;
// the last number printed says where to look.
import CEL
import Glibc

do throws(Options.Refusal) {
    let options = try Options(Array(CommandLine.arguments.dropFirst()))
    var campaign = Campaign(options)
    exit(campaign.run() ? 0 : 1)
} catch {
    print(error.message)
    exit(3)
}
