/// The classes of scalars a pattern does not tell apart.
struct AutomatonAlphabet {
    /// The class of each ASCII scalar.
    private var asciiClasses: [UInt32] = []
    /// Where runs of scalars beyond ASCII begin, ascending from 0x80, and their classes.
    private var runs: [(start: UInt32, symbol: UInt32)] = []
    /// By class: whether each instruction accepts it.
    private var accepted: [[Bool]] = []
    /// By class: what it is to an assertion.
    private(set) var neighbours: [AutomatonBuilder.Neighbour] = []

    private struct Signature: Hashable {
        var accepted: [Bool]
        var neighbour: AutomatonBuilder.Neighbour
    }

    private static let boundariesMax = 4000
    private static let classesMax = 250

    var classCount: Int { accepted.count }

    /// nil for a pattern with more classes or runs than a table should have.
    init?(_ program: [RegexInstruction], _ sets: [ScalarSet]) {
        var numbers: [Signature: UInt32] = [:]
        for scalar in UInt32(0)..<0x80 {
            asciiClasses.append(classify(scalar, program, sets, &numbers))
        }
        guard let boundaries = Self.boundaries(program, sets) else { return nil }
        for start in boundaries {
            runs.append((start, classify(start, program, sets, &numbers)))
        }
        guard classCount <= Self.classesMax else { return nil }
    }

    private mutating func classify(
        _ scalar: UInt32, _ program: [RegexInstruction], _ sets: [ScalarSet],
        _ numbers: inout [Signature: UInt32]
    ) -> UInt32 {
        var accepting = [Bool](repeating: false, count: program.count)
        for place in program.indices { accepting[place] = program[place].accepts(scalar, sets) }
        let signature = Signature(accepted: accepting, neighbour: .init(scalar))
        if let number = numbers[signature] { return number }
        let number = UInt32(accepted.count)
        numbers[signature] = number
        accepted.append(accepting)
        neighbours.append(signature.neighbour)
        return number
    }

    func accepts(_ place: Int, _ symbol: Int) -> Bool { accepted[symbol][place] }

    /// The head of an automaton's words.
    var words: [UInt32] {
        var words = [UInt32(classCount), UInt32(runs.count)]
        words += asciiClasses
        words += runs.map(\.start)
        words += runs.map(\.symbol)
        return words
    }

    // MARK: Runs

    /// The scalars beyond ASCII at which some instruction may change its mind; nil if too many.
    private static func boundaries(
        _ program: [RegexInstruction], _ sets: [ScalarSet]
    ) -> [UInt32]? {
        var starts: Set<UInt32> = [0x80]
        for instruction in program {
            if case .scalar(let scalar) = instruction { starts.formUnion([scalar, scalar + 1]) }
        }
        for set in sets {
            guard set.addBoundaries(to: &starts) else { return nil }
        }
        guard starts.count <= boundariesMax else { return nil }
        return starts.filter { 0x80...0x10FFFF ~= $0 }.sorted()
    }
}

extension RegexInstruction {
    /// Whether the instruction reads the scalar.
    fileprivate func accepts(_ scalar: UInt32, _ sets: [ScalarSet]) -> Bool {
        switch self {
        case .scalar(let wanted): wanted == scalar
        case .any: true
        case .anyButNewline: scalar != 0x0A
        case .set(let index): sets[index].contains(scalar)
        case .jump, .split, .assert, .match: false
        }
    }
}

extension ScalarSet {
    /// Adds where membership may change; false for a set whose edges are not worth listing:
    /// a Unicode category, or a wide range in which case is ignored.
    fileprivate func addBoundaries(to starts: inout Set<UInt32>) -> Bool {
        for item in items {
            switch item {
            case .range(let low, let high):
                starts.formUnion([low, high + 1])
                guard !foldsCase || Self.addVariants(of: low, high, to: &starts) else {
                    return false
                }
            case .nested(let set):
                guard set.addBoundaries(to: &starts) else { return false }
            case .category: return false
            }
        }
        return true
    }

    /// Scalars beyond ASCII that equal one of the range when case is ignored. Besides the
    /// range's own variants there are three whose ASCII variant does not lead back to them.
    private static func addVariants(
        of low: UInt32, _ high: UInt32, to starts: inout Set<UInt32>
    ) -> Bool {
        guard high - low < 1000 else { return false }
        for scalar in low...high {
            for variant in CaseFolding.variants(of: scalar) {
                starts.formUnion([variant, variant + 1])
            }
        }
        for stray: UInt32 in [0x131, 0x17F, 0x212A] { starts.formUnion([stray, stray + 1]) }
        return true
    }
}
