/// What the command line asks for.
struct Options {
    struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    private(set) var paths: [String] = []
    private(set) var showsFailures = false
    private(set) var asJson = false

    init(_ arguments: [String]) throws {
        for argument in arguments {
            switch argument {
            case "--failures": showsFailures = true
            case "--json": asJson = true
            case _ where argument.hasPrefix("-"):
                throw Refusal(description: "unknown option \(argument)")
            default: paths.append(argument)
            }
        }
        guard !paths.isEmpty else {
            throw Refusal(description: "usage: cel-conformance [--failures] [--json] PATH…")
        }
    }
}
