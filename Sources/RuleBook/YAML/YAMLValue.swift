package import Domain
import Yams

/// One value of a rule file, with its place, that can be asked to be of a type.
///
/// Each of the readers below gives the value or reports why it is not of that type and gives nil.
package struct YAMLValue {
    let node: Node
    let file: SourceFile
    package let findings: FindingList
    /// What to call it in messages: its key, quoted, or its place in a list.
    package let name: String

    init(_ node: Node, in file: SourceFile, _ findings: FindingList, name: String) {
        self.node = node
        self.file = file
        self.findings = findings
        self.name = name
    }

    func child(_ node: Node, name: String) -> YAMLValue {
        YAMLValue(node, in: file, findings, name: name)
    }

    package var spot: Spot {
        let mark = node.mark
        var width = 1
        if case .scalar(let scalar) = node {
            width = scalar.string.unicodeScalars.count + (scalar.style == .plain ? 0 : 2)
            if scalar.string.contains("\n") { width = 1 }
        }
        return Spot(file, line: mark?.line ?? 1, column: mark?.column ?? 1, width: width)
    }

    package func error(_ code: FindingCode, _ message: String, hint: String? = nil) {
        findings.error(code, message, at: spot, hint: hint)
    }

    func reportType(_ wanted: String, hint: String? = nil) {
        error(.yamlType, "\(name) must be \(wanted), not \(noun)", hint: hint)
    }

    private var noun: String {
        switch node {
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .alias: "an alias"
        case .scalar: core?.noun ?? "text"
        }
    }

    /// The scalar's meaning; nil for a list or a mapping.
    var core: CoreScalar? {
        guard case .scalar(let scalar) = node else { return nil }
        return scalar.style == .plain ? CoreScalar(plain: scalar.string) : .text(scalar.string)
    }

    package var isList: Bool { if case .sequence = node { true } else { false } }
    package var isMapping: Bool { if case .mapping = node { true } else { false } }
}

extension YAMLValue {
    /// Text; a plain scalar that reads as something else has to be quoted.
    package func text() -> Marked<String>? {
        guard case .text(let text)? = core else {
            reportType("text", hint: core == nil ? nil : "quote it")
            return nil
        }
        guard !text.isEmpty else {
            error(.yamlEmpty, "\(name) is empty")
            return nil
        }
        return marked(text)
    }

    /// The text of any scalar as written: what a condition is read as.
    package func source() -> Marked<String>? {
        guard case .scalar(let scalar) = node else {
            reportType(
                "a condition, as text",
                hint: "a condition that starts with `[` or `{` must be quoted")
            return nil
        }
        guard !scalar.string.isEmpty else {
            error(.yamlEmpty, "\(name) is empty")
            return nil
        }
        return marked(scalar.string)
    }

    private func marked(_ text: String) -> Marked<String> {
        guard case .scalar(let scalar) = node else { return Marked(text, spot) }
        switch scalar.style {
        case .singleQuoted: return Marked(text, spot, .single)
        case .doubleQuoted: return Marked(text, spot, .double)
        case .literal, .folded: return Marked(text, spot, .block)
        case .plain, .any:
            warnOfRemark(text)
            return Marked(text, spot)
        }
    }

    /// ` #5` right after a plain text may have been meant as a part of it: remarks have a blank
    /// after their sign.
    private func warnOfRemark(_ text: String) {
        let rest = file.line(spot.line).unicodeScalars
            .dropFirst(spot.column - 1 + text.unicodeScalars.count)
        let cut = String(String.UnicodeScalarView(rest))
        guard cut.hasPrefix(" #"), let next = cut.dropFirst(2).first, !" #!".contains(next) else {
            return
        }
        findings.warning(
            .yamlRemark, "YAML takes `\(cut.dropFirst())` for a remark, not for a part of the text",
            at: spot, hint: "quote the text; a remark has a blank after `#`")
    }

    package func integer(_ range: ClosedRange<Int64>) -> Int64? {
        guard case .int(let number)? = core else {
            reportType("a whole number")
            return nil
        }
        guard range.contains(number) else {
            error(.yamlRange, "\(name) must be \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    package func number(_ range: ClosedRange<Double> = -1e300...1e300) -> Double? {
        let number: Double
        switch core {
        case .int(let value)?: number = Double(value)
        case .double(let value)?: number = value
        default:
            reportType("a number")
            return nil
        }
        guard range.contains(number) else {
            error(.yamlRange, "\(name) must be \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    /// A length of time such as `90s`, `5m` or `1h30m`.
    package func duration(_ range: ClosedRange<Interval>) -> Interval? {
        guard let text = source() else { return nil }
        guard let interval = Interval(rule: text.value) else {
            error(
                .yamlDuration, "\(name) must be a length of time, not `\(text.value)`",
                hint: "such as 500ms, 90s, 5m, 1h30m or 2d")
            return nil
        }
        guard range.contains(interval) else {
            let (low, high) = (range.lowerBound.ruleText, range.upperBound.ruleText)
            error(.yamlRange, "\(name) must be \(low) to \(high)")
            return nil
        }
        return interval
    }

    /// One of `words`, by its spelling.
    package func word<Meaning>(_ words: KeyValuePairs<String, Meaning>) -> Meaning? {
        word(Array(words))
    }

    package func word<Meaning>(_ words: [(key: String, value: Meaning)]) -> Meaning? {
        guard let text = source() else { return nil }
        if let found = words.first(where: { $0.key == text.value }) { return found.value }
        error(
            .yamlWord, "\(name) can't be `\(text.value)`",
            hint: Likeness.hint(for: text.value, among: words.map(\.key)))
        return nil
    }

    /// The items of a list.
    package func items() -> [YAMLValue]? {
        guard case .sequence(let nodes) = node else {
            reportType("a list")
            return nil
        }
        return nodes.map { child($0, name: "an entry of \(name)") }
    }

    /// The items of a list, or the value itself where a list of one may be written without
    /// brackets.
    package func itemsOrSelf() -> [YAMLValue] {
        isList ? (items() ?? []) : [self]
    }

    /// The keys and values of a mapping, in the order written.
    package func pairs() -> [(key: Marked<String>, value: YAMLValue)]? {
        guard case .mapping(let mapping) = node else {
            reportType("a mapping")
            return nil
        }
        return mapping.compactMap { pair in
            let key = child(pair.key, name: "a key")
            guard let text = key.source() else { return nil }
            return (text, child(pair.value, name: "`\(text.value)`"))
        }
    }

    /// The mapping's values, after every key was held against the schema.
    package func section(_ schema: Schema) -> Section? {
        guard let pairs = pairs() else { return nil }
        return Section(self, schema, pairs: pairs)
    }
}
