/// Turns a regular expression into a table that needs one look-up a scalar.
///
/// The states are sets of the program's instructions about to be tried, and what kind of scalar
/// came before: an assertion such as `\b` is judged when the next scalar is known, so that each
/// step first follows the assertions and then reads. Scalars fall into classes that no
/// instruction tells apart.
/// A pattern whose table would grow beyond the limits is refused.
struct AutomatonBuilder {
    /// Why a pattern has no table.
    enum Refusal: Error {
        case syntax(RegexError)
        case tooLarge
    }

    /// What came before, as far as assertions ask.
    enum Neighbour: UInt8, CaseIterable {
        case edge, newline, word, other

        init(_ scalar: UInt32) {
            switch scalar {
            case 0x0A: self = .newline
            case 0..<0x80 where Ascii.isWord(UInt8(scalar)): self = .word
            default: self = .other
            }
        }
    }

    private struct State: Hashable {
        var pending: [Int]
        var previous: Neighbour
    }

    private let program: [RegexInstruction]
    private let alphabet: AutomatonAlphabet
    private var states: [State] = []
    private var numbers: [State: Int] = [:]

    static let statesMax = 2000

    /// The words of an automaton, laid out as `Automaton` describes.
    static func build(_ pattern: String) throws(Refusal) -> [UInt32] {
        var builder = try AutomatonBuilder(pattern)
        return try builder.table()
    }

    private init(_ pattern: String) throws(Refusal) {
        var compiler = RegexCompiler()
        do throws(RegexError) {
            var parser = RegexParser(pattern)
            try compiler.compile(try parser.parse())
        } catch {
            throw .syntax(error)
        }
        program = compiler.finished
        guard let alphabet = AutomatonAlphabet(program, compiler.sets) else { throw .tooLarge }
        self.alphabet = alphabet
    }

    // MARK: States

    /// Row 0 is the match that nothing leaves; row 1 the start.
    private mutating func table() throws(Refusal) -> [UInt32] {
        let rowWords = alphabet.classCount + 1
        var rows = [UInt32](repeating: 0, count: rowWords)
        _ = number(of: State(pending: [0], previous: .edge))
        var next = 0
        while next < states.count {
            let state = states[next]
            let reached = Neighbour.allCases.map { closure(of: state, before: $0) }
            for symbol in 0..<alphabet.classCount {
                let target = successor(reached, reading: symbol)
                rows.append(UInt32((target.map { number(of: $0) } ?? 0) * rowWords))
            }
            rows.append(reached[Int(Neighbour.edge.rawValue)] == nil ? 1 : 0)
            guard states.count <= Self.statesMax else { throw .tooLarge }
            next += 1
        }
        return alphabet.words + rows
    }

    /// The row of a state, which is new or known; the match has row 0.
    private mutating func number(of state: State) -> Int {
        if let number = numbers[state] { return number }
        states.append(state)
        numbers[state] = states.count
        return states.count
    }

    /// The state after reading a scalar of a class; nil when the pattern has matched before it.
    /// `closures` are those of the state before each neighbour.
    private func successor(_ closures: [[Int]?], reading symbol: Int) -> State? {
        let next = alphabet.neighbours[symbol]
        guard let reached = closures[Int(next.rawValue)] else { return nil }
        var pending = [0]
        for place in reached where alphabet.accepts(place, symbol) { pending.append(place + 1) }
        return State(pending: pending, previous: next)
    }

    /// The reading instructions a state comes to, ascending, assertions followed; nil when it
    /// matches.
    private func closure(of state: State, before next: Neighbour) -> [Int]? {
        var isReached = [Bool](repeating: false, count: program.count)
        var stack = state.pending
        while let place = stack.popLast() {
            guard !isReached[place] else { continue }
            isReached[place] = true
            switch program[place] {
            case .jump(let target): stack.append(target)
            case .split(let first, let second): stack += [first, second]
            case .assert(let assertion):
                if assertion.holds(between: state.previous, next) { stack.append(place + 1) }
            case .match: return nil
            default: break
            }
        }
        return isReached.indices.filter { isReached[$0] && program[$0].isReading }
    }
}

extension RegexInstruction {
    fileprivate var isReading: Bool {
        switch self {
        case .scalar, .any, .anyButNewline, .set: true
        case .jump, .split, .assert, .match: false
        }
    }
}

extension RegexAssertion {
    func holds(
        between previous: AutomatonBuilder.Neighbour, _ next: AutomatonBuilder.Neighbour
    ) -> Bool {
        switch self {
        case .textStart: previous == .edge
        case .textEnd: next == .edge
        case .lineStart: previous == .edge || previous == .newline
        case .lineEnd: next == .edge || next == .newline
        case .wordBoundary: (previous == .word) != (next == .word)
        case .noWordBoundary: (previous == .word) == (next == .word)
        }
    }
}
