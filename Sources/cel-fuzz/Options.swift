/// What the command line asks for.
struct Options {
    struct Refusal: Error {
        let message: String
    }

    private(set) var iterations: UInt64 = 1_000_000
    private(set) var seed: UInt64 = 1
    private(set) var start: UInt64 = 0
    private(set) var isDifferential = false
    private(set) var showsInputs = false

    init(_ arguments: [String]) throws(Refusal) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--iterations": iterations = try Self.number(&rest)
            case "--seed": seed = try Self.number(&rest)
            case "--start": start = try Self.number(&rest)
            case "--differential": isDifferential = true
            case "--show": showsInputs = true
            default:
                throw Refusal(
                    message: "usage: cel-fuzz [--iterations N] [--seed S] [--start I] "
                        + "[--differential] [--show]")
            }
        }
    }

    private static func number(_ rest: inout ArraySlice<String>) throws(Refusal) -> UInt64 {
        guard let text = rest.popFirst(), let number = UInt64(text) else {
            throw Refusal(message: "expected a number")
        }
        return number
    }
}
