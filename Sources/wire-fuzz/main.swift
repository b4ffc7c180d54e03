// wire-fuzz: mutated alerts, heartbeats, batches and topics against the decoder, without end in
// mind.
//
//   swift run -c release wire-fuzz --iterations 5000000 --seed 1
//
// It finds crashes and hangs by dying or standing still, and what is wrong in itself by saying so:
// an alert that breaks a limit, a refusal that points outside its message, two readings that
// differ.

import Domain
import Glibc
import Wire

struct Options {
    var iterations = 1_000_000
    var seed: UInt64 = 1
}

/// Reads `--iterations N --seed N`; nil when they are written otherwise.
func options(_ arguments: [String]) -> Options? {
    var options = Options()
    var rest = arguments[...]
    while let flag = rest.popFirst() {
        guard let value = rest.popFirst() else { return nil }
        switch flag {
        case "--iterations":
            guard let iterations = Int(value) else { return nil }
            options.iterations = iterations
        case "--seed":
            guard let seed = UInt64(value) else { return nil }
            options.seed = seed
        default: return nil
        }
    }
    return options
}

guard let chosen = options(Array(CommandLine.arguments.dropFirst())) else {
    print("usage: wire-fuzz [--iterations N] [--seed N]")
    exit(2)
}
var fuzzer = Fuzzer(seed: chosen.seed)
for round in 0..<chosen.iterations {
    if let fault = fuzzer.turn() {
        print("round \(round), seed \(chosen.seed): \(fault)\n\(fuzzer.message)")
        exit(1)
    }
}
print("\(chosen.iterations) messages, seed \(chosen.seed): \(fuzzer.summary)")
