/// Something that ends the program.
struct BenchProblem: Error {
    var message: String
}

/// The command line.
struct BenchOptions {
    var onlyAllocations = false
    var isJSON = false

    init(_ arguments: [String]) throws(BenchProblem) {
        for argument in arguments {
            switch argument {
            case "--allocations": onlyAllocations = true
            case "--json": isJSON = true
            default: throw BenchProblem(message: "usage: walk-bench [--allocations] [--json]")
            }
        }
    }
}
