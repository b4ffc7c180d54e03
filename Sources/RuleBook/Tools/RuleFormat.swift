import Yams

/// Lays rule files out in one way: keys in the order of the language, single quotes where double
/// ones are not needed, no blanks at the ends of lines.
///
/// Lines are moved, not written anew, so that every remark stays, and with the key it stands at.
/// What a file means never changes: the result is read again and compared.
public enum RuleFormat {
    /// The file's text as `tocsin fmt` writes it.
    ///
    /// **Fails**: when the file is not YAML, with what is wrong with it.
    public static func formatted(_ file: SourceFile) throws(RuleErrors) -> String {
        let findings = FindingList()
        guard let root = YAMLDocument.read(file, into: findings), !findings.hasErrors else {
            throw RuleErrors(findings: findings.sorted)
        }
        let schema = schema(of: root)
        var layout = LineLayout(file)
        layout.requote(root.node)
        if let rules = root.entry("rules")?.node, case .sequence(let items) = rules {
            layout.order(items, by: Schema.rule.known, end: layout.end(of: "rules", in: root.node))
        }
        layout.order(root.node, by: schema?.known ?? [])
        layout.trim(root.node)
        let text = layout.text
        let again = YAMLDocument.read(SourceFile(path: file.path, text: text), into: FindingList())
        guard let again, SameMeaning.holds(root.node, again.node) else { return file.text }
        return text
    }

    private static func schema(of root: YAMLValue) -> Schema? {
        switch root.entry("kind")?.written {
        case "catalog": .catalog
        case "rules": .ruleFile
        case "tests": .testFile
        case "silences": .silenceFile
        default: nil
        }
    }
}

/// The lines of a file, which can change places; their number stays.
struct LineLayout {
    private(set) var lines: [String]

    init(_ file: SourceFile) { lines = file.allLines }

    /// The lines, with one line's end after the last.
    var text: String {
        var kept = lines[...]
        while kept.last?.isEmpty == true { kept = kept.dropLast() }
        return kept.joined(separator: "\n") + "\n"
    }

    /// Takes blanks off the ends of lines, but not inside of block texts, where they count.
    mutating func trim(_ root: Node) {
        if LineLayout.hasBlocks(root) { return }
        for index in lines.indices {
            while let last = lines[index].last, last == " " || last == "\t" {
                lines[index].removeLast()
            }
        }
    }

    private static func hasBlocks(_ node: Node) -> Bool {
        switch node {
        case .scalar(let scalar): scalar.style == .literal || scalar.style == .folded
        case .sequence(let items): items.contains { hasBlocks($0) }
        case .mapping(let pairs): pairs.contains { hasBlocks($0.value) }
        case .alias: false
        }
    }

    // MARK: Quotes

    /// Turns double quotes around a text that needs none of their escapes into single ones.
    mutating func requote(_ node: Node) {
        switch node {
        case .scalar(let scalar): requote(scalar)
        case .sequence(let items): for item in items { requote(item) }
        case .mapping(let pairs): for pair in pairs { requote(pair.value) }
        case .alias: break
        }
    }

    private mutating func requote(_ scalar: Node.Scalar) {
        guard scalar.style == .doubleQuoted, let mark = scalar.mark,
            !scalar.string.contains("'"), !scalar.string.contains("\\")
        else { return }
        var line = Array(lines[mark.line - 1].unicodeScalars)
        let (first, inner) = (mark.column - 1, Array(scalar.string.unicodeScalars))
        let last = first + inner.count + 1
        guard last < line.count, line[first] == "\"", line[last] == "\"",
            Array(line[(first + 1)..<last]) == inner
        else { return }
        (line[first], line[last]) = ("'", "'")
        lines[mark.line - 1] = String(String.UnicodeScalarView(line))
    }

    // MARK: Order

    /// The first line, from 0, that is not a key's of the root any more.
    func end(of key: String, in root: Node) -> Int {
        guard case .mapping(let mapping) = root else { return lines.count }
        let places = mapping.compactMap { $0.key.mark?.line }
        guard let line = mapping.first(where: { $0.key.scalar?.string == key })?.key.mark?.line,
            let next = places.filter({ $0 > line }).min()
        else { return lines.count }
        return start(of: next - 1, after: line - 1, column: 1)
    }

    /// Orders the keys of each rule.
    mutating func order(_ items: Node.Sequence, by keys: [String], end: Int) {
        let starts = items.compactMap { $0.mark.map { $0.line - 1 } }
        for (index, item) in items.enumerated() where starts.count == items.count {
            let last = index + 1 < starts.count ? starts[index + 1] : end
            order(item, by: keys, end: last, isItem: true)
        }
    }

    /// Orders the keys of a mapping that is written in block style.
    mutating func order(
        _ node: Node, by keys: [String], end: Int? = nil, isItem: Bool = false
    ) {
        guard case .mapping(let mapping) = node, mapping.style != .flow,
            let places = LineLayout.places(mapping), places.count > 1
        else { return }
        let column = places[0].column
        var starts = places.map(\.line)
        for index in starts.indices.dropFirst() {
            starts[index] = start(
                of: places[index].line, after: places[index - 1].line, column: column)
        }
        var last = end ?? lines.count
        while last > starts[starts.count - 1] + 1, isTail(lines[last - 1], column, isItem) {
            last -= 1
        }
        var segments: [(rank: Int, lines: [String], key: Int)] = []
        for (index, place) in places.enumerated() {
            let stop = index + 1 < starts.count ? starts[index + 1] : last
            guard starts[index] < stop else { return }
            segments.append(
                (
                    keys.firstIndex(of: place.name) ?? keys.count,
                    Array(lines[starts[index]..<stop]), place.line - starts[index]
                ))
        }
        let ordered = segments.enumerated().sorted {
            ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
        }.map(\.element)
        replace(starts[0], last, segments, ordered, isItem ? column : 0)
    }

    private mutating func replace(
        _ first: Int, _ last: Int, _ before: [(rank: Int, lines: [String], key: Int)],
        _ after: [(rank: Int, lines: [String], key: Int)], _ column: Int
    ) {
        if before.map(\.rank) == after.map(\.rank) { return }
        var after = after
        // The dash of a list stands before the first key, whichever it is.
        if column > 0, let old = before.first, let dash = old.lines[0].firstIndex(of: "-") {
            let offset = old.lines[0].distance(from: old.lines[0].startIndex, to: dash)
            for index in after.indices where after[index].rank == old.rank {
                after[index].lines[0] = after[index].lines[0].with(" ", at: offset)
            }
            after[0].lines[after[0].key] = after[0].lines[after[0].key].with("-", at: offset)
        }
        lines.replaceSubrange(first..<last, with: after.flatMap(\.lines))
    }

    private static func places(
        _ mapping: Node.Mapping
    ) -> [(name: String, line: Int, column: Int)]? {
        var places: [(name: String, line: Int, column: Int)] = []
        for (key, _) in mapping {
            guard let name = key.scalar?.string, let mark = key.mark else { return nil }
            if let before = places.last,
                before.line >= mark.line - 1 || before.column != mark.column
            {
                return nil
            }
            places.append((name, mark.line - 1, mark.column))
        }
        return places
    }

    /// Where a key's lines begin: with the remarks right above it.
    private func start(of line: Int, after before: Int, column: Int) -> Int {
        var start = line
        while start - 1 > before, isRemark(lines[start - 1], upTo: column - 1) { start -= 1 }
        return start
    }

    private func isRemark(_ line: String, upTo indent: Int) -> Bool {
        let blanks = line.prefix { $0 == " " }.count
        return blanks <= indent && line.dropFirst(blanks).hasPrefix("#")
    }

    /// What stands after a rule and is not of it: empty lines, and remarks on what follows.
    private func isTail(_ line: String, _ column: Int, _ isItem: Bool) -> Bool {
        line.allSatisfy(\.isWhitespace) || isItem && isRemark(line, upTo: column - 2)
    }
}

extension String {
    fileprivate func with(_ character: Character, at offset: Int) -> String {
        var text = self
        let place = text.index(text.startIndex, offsetBy: offset)
        text.replaceSubrange(place...place, with: [character])
        return text
    }
}

/// Whether two trees say the same: keys in any order, texts with any quotes.
enum SameMeaning {
    static func holds(_ a: Node, _ b: Node) -> Bool {
        switch (a, b) {
        case (.scalar(let a), .scalar(let b)): return core(a) == core(b)
        case (.sequence(let a), .sequence(let b)):
            return a.count == b.count && zip(a, b).allSatisfy { holds($0, $1) }
        case (.mapping(let a), .mapping(let b)):
            guard a.count == b.count else { return false }
            return a.allSatisfy { pair in
                b.contains { holds(pair.key, $0.key) && holds(pair.value, $0.value) }
            }
        default: return false
        }
    }

    private static func core(_ scalar: Node.Scalar) -> String {
        guard scalar.style == .plain else { return "text: \(scalar.string)" }
        if case .text(let text) = CoreScalar(plain: scalar.string) { return "text: \(text)" }
        return "plain: \(scalar.string)"
    }
}
