/// A regular expression in RE2's syntax, matched in time linear in the text.
///
/// The pattern is compiled to instructions that are all followed at once (Thompson, Pike): a text
/// never costs more than its length times the program's. There are no back references and no
/// look-around, which no linear matcher has.
public struct Regex: Sendable {
    public let pattern: String
    private let program: [RegexInstruction]
    private let sets: [ScalarSet]

    /// **Fails** on a pattern outside the syntax or one that grows beyond the limits.
    public init(_ pattern: String) throws(RegexError) {
        self.pattern = pattern
        var parser = RegexParser(pattern)
        let node = try parser.parse()
        var compiler = RegexCompiler()
        try compiler.compile(node)
        program = compiler.finished
        sets = compiler.sets
    }

    /// Whether the pattern matches anywhere in the text, given as UTF-8.
    ///
    /// **Cost** at most the text's length times the program's.
    public func matches(_ utf8: [UInt8]) -> Bool {
        var threads = StateSet(count: program.count)
        var next = StateSet(count: program.count)
        var text = ScalarReader(utf8)
        while true {
            follow(0, at: text, into: &threads)
            if threads.isMatched { return true }
            guard let scalar = text.next else { return false }
            text.advance()
            next.removeAll()
            for index in 0..<threads.count {
                let state = threads[index]
                if accepts(program[state], scalar) { follow(state + 1, at: text, into: &next) }
            }
            swap(&threads, &next)
        }
    }

    private func accepts(_ instruction: RegexInstruction, _ scalar: UInt32) -> Bool {
        switch instruction {
        case .scalar(let wanted): wanted == scalar
        case .any: true
        case .anyButNewline: scalar != 0x0A
        case .set(let index): sets[index].contains(scalar)
        default: false
        }
    }

    /// Adds a state and all it reaches without reading.
    private func follow(_ start: Int, at text: ScalarReader, into states: inout StateSet) {
        states.pending.append(start)
        while let state = states.pending.popLast() {
            guard states.insert(state) else { continue }
            switch program[state] {
            case .jump(let target): states.pending.append(target)
            case .split(let first, let second):
                states.pending.append(second)
                states.pending.append(first)
            case .assert(let assertion):
                if text.holds(assertion) { states.pending.append(state + 1) }
            case .match: states.isMatched = true
            default: break
            }
        }
    }
}

/// Why a pattern is refused.
public struct RegexError: Error, Sendable, Hashable, CustomStringConvertible {
    public let message: String
    /// Offset in Unicode scalars where the trouble begins.
    public let offset: Int

    public var description: String { "invalid pattern at \(offset): \(message)" }
}

enum RegexInstruction: Sendable {
    case scalar(UInt32)
    case any
    case anyButNewline
    case set(Int)
    case jump(Int)
    case split(Int, Int)
    case assert(RegexAssertion)
    case match
}

enum RegexAssertion: Sendable {
    case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary
}

/// A set of states that is emptied in one step and remembers the order of insertion.
private struct StateSet {
    private var states: [Int] = []
    private var marks: [UInt32]
    private var generation: UInt32 = 1
    var pending: [Int] = []
    var isMatched = false

    init(count: Int) {
        marks = Array(repeating: 0, count: count)
    }

    var count: Int { states.count }

    subscript(index: Int) -> Int { states[index] }

    mutating func insert(_ state: Int) -> Bool {
        guard marks[state] != generation else { return false }
        marks[state] = generation
        states.append(state)
        return true
    }

    mutating func removeAll() {
        states.removeAll(keepingCapacity: true)
        generation &+= 1
        isMatched = false
    }
}

/// Walks over UTF-8 scalar by scalar and sees one to each side.
private struct ScalarReader {
    private let bytes: [UInt8]
    private var offset = 0
    private var width = 0
    private var previous: UInt32?
    private(set) var next: UInt32?

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        decode()
    }

    mutating func advance() {
        previous = next
        offset += width
        decode()
    }

    /// Bytes that are no UTF-8 read as U+FFFD, one at a time.
    private mutating func decode() {
        guard offset < bytes.count else {
            (next, width) = (nil, 0)
            return
        }
        let first = bytes[offset]
        let count = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard count > 0, offset + count <= bytes.count else {
            (next, width) = (0xFFFD, 1)
            return
        }
        var scalar = count == 1 ? UInt32(first) : UInt32(first) & (0x7F >> UInt32(count))
        for index in 1..<max(count, 1) {
            scalar = scalar << 6 | UInt32(bytes[offset + index] & 0x3F)
        }
        (next, width) = (scalar, count)
    }

    func holds(_ assertion: RegexAssertion) -> Bool {
        switch assertion {
        case .textStart: previous == nil
        case .textEnd: next == nil
        case .lineStart: previous == nil || previous == 0x0A
        case .lineEnd: next == nil || next == 0x0A
        case .wordBoundary: isWord(previous) != isWord(next)
        case .noWordBoundary: isWord(previous) == isWord(next)
        }
    }

    private func isWord(_ scalar: UInt32?) -> Bool {
        guard let scalar, scalar < 0x80 else { return false }
        return Ascii.isWord(UInt8(scalar))
    }
}
