/// Turns a pattern's tree into instructions.
struct RegexCompiler {
    private(set) var sets: [ScalarSet] = []
    private var program: [RegexInstruction] = []

    /// Keeps counted repetitions of counted repetitions from growing without bound.
    private static let instructionsMax = 20_000

    /// The program with its end.
    var finished: [RegexInstruction] { program + [.match] }

    mutating func compile(_ node: RegexNode) throws(RegexError) {
        switch node {
        case .empty: break
        case .scalar(let scalar, let foldsCase): try emit(scalar, foldsCase)
        case .any(let includesNewline): try emit(includesNewline ? .any : .anyButNewline)
        case .set(let set):
            try emit(.set(sets.count))
            sets.append(set)
        case .assertion(let assertion): try emit(.assert(assertion))
        case .sequence(let parts):
            for part in parts { try compile(part) }
        case .alternatives(let branches): try compile(branches[...])
        case .repetition(let inner, let least, let most): try repeated(inner, least, most)
        }
    }

    private mutating func emit(_ instruction: RegexInstruction) throws(RegexError) {
        guard program.count < Self.instructionsMax else {
            throw RegexError(message: "the pattern is too large", offset: 0)
        }
        program.append(instruction)
    }

    private mutating func emit(_ scalar: UInt32, _ foldsCase: Bool) throws(RegexError) {
        let variants = foldsCase ? CaseFolding.variants(of: scalar) : []
        guard !variants.isEmpty else { return try emit(.scalar(scalar)) }
        try emit(.set(sets.count))
        sets.append(ScalarSet(ranges: ([scalar] + variants).map { ($0, $0) }))
    }

    private mutating func compile(_ branches: ArraySlice<RegexNode>) throws(RegexError) {
        var jumps: [Int] = []
        for branch in branches.dropLast() {
            let split = program.count
            try emit(.split(0, 0))
            try compile(branch)
            jumps.append(program.count)
            try emit(.jump(0))
            program[split] = .split(split + 1, program.count)
        }
        if let last = branches.last { try compile(last) }
        for jump in jumps { program[jump] = .jump(program.count) }
    }

    private mutating func repeated(
        _ inner: RegexNode, _ least: Int, _ most: Int?
    ) throws(RegexError) {
        for _ in 0..<least { try compile(inner) }
        guard let most else { return try star(inner) }
        var splits: [Int] = []
        for _ in least..<max(most, least) {
            splits.append(program.count)
            try emit(.split(0, 0))
            try compile(inner)
        }
        for split in splits { program[split] = .split(split + 1, program.count) }
    }

    private mutating func star(_ inner: RegexNode) throws(RegexError) {
        let split = program.count
        try emit(.split(0, 0))
        try compile(inner)
        try emit(.jump(split))
        program[split] = .split(split + 1, program.count)
    }
}
