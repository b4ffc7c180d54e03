import Foundation

/// Something that ends the program.
struct Problem: Error {
    var message: String
}

/// The command line.
struct Options {
    var isJSON = false
    var path = Options.defaultPath

    init(_ arguments: [String]) throws(Problem) {
        for argument in arguments {
            switch argument {
            case "--json": isJSON = true
            case _ where argument.hasPrefix("-"):
                throw Problem(message: "usage: cel-bench [--json] [PATH]")
            default: path = argument
            }
        }
    }

    /// `../shared/cel/bench_rules.json` beside the package.
    private static var defaultPath: String {
        URL(filePath: #filePath).appending(path: "../../../../shared/cel/bench_rules.json")
            .standardizedFileURL.path
    }
}
