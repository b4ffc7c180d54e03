/// A pattern as a tree.
indirect enum RegexNode: Sendable {
    case empty
    case scalar(UInt32, foldsCase: Bool)
    case any(includesNewline: Bool)
    case set(ScalarSet)
    case assertion(RegexAssertion)
    case sequence([RegexNode])
    case alternatives([RegexNode])
    /// `max` nil: without end.
    case repetition(RegexNode, min: Int, max: Int?)
}

/// Reads RE2's syntax.
struct RegexParser {
    private struct Flags {
        var foldsCase = false
        var isMultiline = false
        var dotIncludesNewline = false
    }

    private let scalars: [UInt32]
    private var offset = 0
    private var flags = Flags()
    private var nesting = 0

    /// Groups inside each other; the parser recurses through them.
    private static let nestingMax = 200
    /// RE2's limit of a counted repetition.
    private static let countMax = 1000

    init(_ pattern: String) {
        scalars = pattern.unicodeScalars.map(\.value)
    }

    mutating func parse() throws(RegexError) -> RegexNode {
        let node = try alternatives()
        guard offset == scalars.count else { throw refusal("unexpected ')'") }
        return node
    }

    private func refusal(_ message: String) -> RegexError {
        RegexError(message: message, offset: offset)
    }

    private var peek: UInt32? { offset < scalars.count ? scalars[offset] : nil }

    private func isNext(_ scalar: Unicode.Scalar) -> Bool { peek == scalar.value }

    private mutating func take(_ text: StaticString) -> Bool {
        let wanted = text.description.unicodeScalars.map(\.value)
        guard scalars[offset...].starts(with: wanted) else { return false }
        offset += wanted.count
        return true
    }

    // MARK: Structure

    private mutating func alternatives() throws(RegexError) -> RegexNode {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= Self.nestingMax else { throw refusal("too many nested groups") }
        let outer = flags
        defer { flags = outer }
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence() throws(RegexError) -> RegexNode {
        var parts: [RegexNode] = []
        while let scalar = peek, scalar != 0x7C, scalar != 0x29 {
            if take("\\Q") {
                parts += quoted()
                continue
            }
            guard let atom = try atom() else { continue }
            parts.append(try repetitions(of: atom))
        }
        return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .sequence(parts)
    }

    /// Everything up to `\E` stands for itself.
    private mutating func quoted() -> [RegexNode] {
        var parts: [RegexNode] = []
        while let scalar = peek, !take("\\E") {
            offset += 1
            parts.append(.scalar(scalar, foldsCase: flags.foldsCase))
        }
        return parts
    }

    private mutating func repetitions(of atom: RegexNode) throws(RegexError) -> RegexNode {
        guard let bounds = try repetition() else { return atom }
        _ = take("?")
        let start = offset
        guard try repetition() == nil else {
            offset = start
            throw refusal("a repetition of a repetition")
        }
        return .repetition(atom, min: bounds.min, max: bounds.max)
    }

    private mutating func repetition() throws(RegexError) -> (min: Int, max: Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        let start = offset
        guard take("{"), let least = number() else {
            offset = start
            return nil
        }
        var most: Int? = least
        if take(",") { most = isNext("}") ? nil : number() ?? -1 }
        guard take("}"), most != -1 else {
            offset = start
            return nil
        }
        guard least <= Self.countMax, most ?? 0 <= Self.countMax, least <= most ?? least else {
            throw refusal("a repetition counts up to \(Self.countMax), least first")
        }
        return (least, most)
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let scalar = peek, (0x30...0x39).contains(scalar) {
            value = min((value ?? 0) * 10 + Int(scalar - 0x30), 100_000)
            offset += 1
        }
        return value
    }

    // MARK: Atoms

    /// One atom; nil for a group that only sets flags.
    private mutating func atom() throws(RegexError) -> RegexNode? {
        guard let scalar = peek else { return .empty }
        switch Unicode.Scalar(scalar) {
        case "(":
            offset += 1
            return try group()
        case "[":
            offset += 1
            return .set(try bracket())
        case ".":
            offset += 1
            return .any(includesNewline: flags.dotIncludesNewline)
        case "^":
            offset += 1
            return .assertion(flags.isMultiline ? .lineStart : .textStart)
        case "$":
            offset += 1
            return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
        case "\\":
            offset += 1
            return try escape()
        case "*", "+", "?": throw refusal("nothing to repeat")
        default:
            offset += 1
            return .scalar(scalar, foldsCase: flags.foldsCase)
        }
    }

    private mutating func group() throws(RegexError) -> RegexNode? {
        var inner = flags
        if take("?") {
            if take("P<") || take("<") {
                try groupName()
            } else if try groupFlags(&inner) {
                flags = inner
                return nil
            }
        }
        let outer = flags
        flags = inner
        defer { flags = outer }
        let node = try alternatives()
        guard take(")") else { throw refusal("a '(' without ')'") }
        return node
    }

    private mutating func groupName() throws(RegexError) {
        let start = offset
        while let scalar = peek, scalar < 0x80, Ascii.isWord(UInt8(scalar)) { offset += 1 }
        guard offset > start, take(">") else { throw refusal("a group's name ends with '>'") }
    }

    /// Reads `i`, `m`, `s`, `U` and their negation; true if the flags stand alone.
    private mutating func groupFlags(_ flags: inout Flags) throws(RegexError) -> Bool {
        var value = true
        while let scalar = peek {
            offset += 1
            switch Unicode.Scalar(scalar) {
            case "i": flags.foldsCase = value
            case "m": flags.isMultiline = value
            case "s": flags.dotIncludesNewline = value
            case "U": break
            case "-" where value: value = false
            case ":": return false
            case ")": return true
            default: throw refusal("no such group")
            }
        }
        throw refusal("a '(' without ')'")
    }

    private mutating func escape() throws(RegexError) -> RegexNode {
        guard let scalar = peek else { throw refusal("a backslash at the end") }
        switch Unicode.Scalar(scalar) {
        case "A": return assertion(.textStart)
        case "z": return assertion(.textEnd)
        case "b": return assertion(.wordBoundary)
        case "B": return assertion(.noWordBoundary)
        default: break
        }
        if var set = try classEscape() {
            set.foldsCase = flags.foldsCase
            return .set(set)
        }
        return .scalar(try scalarEscape(), foldsCase: flags.foldsCase)
    }

    private mutating func assertion(_ assertion: RegexAssertion) -> RegexNode {
        offset += 1
        return .assertion(assertion)
    }

    /// `\d`, `\pL` and the like behind a backslash, or nil.
    private mutating func classEscape() throws(RegexError) -> ScalarSet? {
        let start = offset
        guard let scalar = peek else { return nil }
        offset += 1
        switch Unicode.Scalar(scalar) {
        case "d": return .digit
        case "D": return .digit.negated(true)
        case "s": return .space
        case "S": return .space.negated(true)
        case "w": return .word
        case "W": return .word.negated(true)
        case "p": return try category(isNegated: false)
        case "P": return try category(isNegated: true)
        default:
            offset = start
            return nil
        }
    }

    private mutating func category(isNegated: Bool) throws(RegexError) -> ScalarSet {
        var name = ""
        var isNegated = isNegated
        if take("{") {
            if take("^") { isNegated.toggle() }
            while let scalar = peek, scalar != 0x7D, let letter = Unicode.Scalar(scalar) {
                name.unicodeScalars.append(letter)
                offset += 1
            }
            guard take("}") else { throw refusal("a category ends with '}'") }
        } else if let scalar = peek, let letter = Unicode.Scalar(scalar) {
            name.unicodeScalars.append(letter)
            offset += 1
        }
        if name == "Any" { return ScalarSet(ranges: [(0, 0x10FFFF)]).negated(isNegated) }
        guard ScalarSet.categoryNames.contains(name) else {
            throw refusal("no Unicode category '\(name)'; scripts are not supported")
        }
        var set = ScalarSet()
        set.items = [.category(name, isNegated: isNegated)]
        return set
    }

    private mutating func scalarEscape() throws(RegexError) -> UInt32 {
        guard let scalar = peek, let letter = Unicode.Scalar(scalar) else {
            throw refusal("a backslash at the end")
        }
        offset += 1
        switch letter {
        case "a": return 0x07
        case "f": return 0x0C
        case "n": return 0x0A
        case "r": return 0x0D
        case "t": return 0x09
        case "v": return 0x0B
        case "x": return try hexEscape()
        case "0"..."7": return try octalEscape(scalar - 0x30)
        default:
            guard scalar < 0x80, !Ascii.isWord(UInt8(scalar)) || letter == "_" else {
                throw refusal("no such escape '\\\(letter)'")
            }
            return scalar
        }
    }

    private mutating func hexEscape() throws(RegexError) -> UInt32 {
        let isBraced = take("{")
        var value: UInt32 = 0
        var count = 0
        while count < (isBraced ? 6 : 2), let scalar = peek, scalar < 0x80,
            let digit = Ascii.hexValue(UInt8(scalar))
        {
            value = value * 16 + digit
            count += 1
            offset += 1
        }
        guard count > 0, isBraced ? take("}") : count == 2, value <= 0x10FFFF else {
            throw refusal("a code is \\x7F or \\x{10FFFF}")
        }
        return value
    }

    /// One to three octal digits; `\1` to `\7` alone would be back references.
    private mutating func octalEscape(_ first: UInt32) throws(RegexError) -> UInt32 {
        var value = first
        var count = 1
        while count < 3, let scalar = peek, (0x30...0x37).contains(scalar) {
            value = value * 8 + scalar - 0x30
            count += 1
            offset += 1
        }
        guard first == 0 || count > 1 else { throw refusal("there are no back references") }
        return value
    }

    // MARK: Classes

    private mutating func bracket() throws(RegexError) -> ScalarSet {
        var set = ScalarSet()
        set.isNegated = take("^")
        set.foldsCase = flags.foldsCase
        var isFirst = true
        while isFirst || !isNext("]") {
            guard peek != nil else { throw refusal("a '[' without ']'") }
            isFirst = false
            set.items.append(try classItem())
        }
        offset += 1
        return set
    }

    private mutating func classItem() throws(RegexError) -> ScalarSet.Item {
        if take("[:") { return .nested(try posixClass()) }
        if take("\\") {
            if let set = try classEscape() { return .nested(set) }
            return try range(from: try scalarEscape())
        }
        guard let low = peek else { throw refusal("a '[' without ']'") }
        offset += 1
        return try range(from: low)
    }

    private mutating func posixClass() throws(RegexError) -> ScalarSet {
        let isNegated = take("^")
        var name = ""
        while let scalar = peek, scalar != 0x3A, let letter = Unicode.Scalar(scalar) {
            name.unicodeScalars.append(letter)
            offset += 1
        }
        guard take(":]"), let set = ScalarSet.posix[name] else {
            throw refusal("no class '[:\(name):]'")
        }
        return set.negated(isNegated)
    }

    private mutating func range(from low: UInt32) throws(RegexError) -> ScalarSet.Item {
        let start = offset
        guard take("-"), !isNext("]"), let scalar = peek else {
            offset = start
            return .range(low, low)
        }
        offset += 1
        let high = scalar == 0x5C ? try scalarEscape() : scalar
        guard low <= high else { throw refusal("a range runs from low to high") }
        return .range(low, high)
    }
}
