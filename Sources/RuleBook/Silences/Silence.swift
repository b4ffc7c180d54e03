public import Domain
import Foundation

/// Tasks that somebody withholds for a time, as a silences file says it.
public struct Silence: Sendable {
    public var id: String
    /// Any rule when nil; the same of the others.
    public var rule: String?
    public var category: Category?
    public var kind: String?
    /// The path of a cell, which stands for all below it too; without a last `/`.
    public var cell: String?
    public var from: Timestamp
    public var until: Timestamp
    /// Who asked for it.
    public var by: String
    public var reason: String
    /// Whether scores go on.
    public var keepsScores: Bool
    public var place: Place
}

extension RuleBook {
    /// The silences of files of the kind `silences`.
    ///
    /// **Fails**: with everything found wrong; `rules` are the ids that silences may name.
    public static func silences(
        _ files: [SourceFile], rules: [String], kinds: [String]
    ) throws(RuleErrors) -> [Silence] {
        let findings = FindingList()
        let reader = SilenceReader(findings: findings, rules: rules, kinds: kinds, start: nil)
        let silences = files.flatMap { reader.read($0) }
        guard !findings.hasErrors else { throw RuleErrors(findings: findings.sorted) }
        return silences
    }
}

extension RuleBook {
    /// The silences that a test file lists: times may also be durations after its `start`.
    package static func silences(
        _ list: YAMLValue, after start: Timestamp, rules: [String], kinds: [String],
        _ findings: FindingList
    ) -> [Silence] {
        SilenceReader(findings: findings, rules: rules, kinds: kinds, start: start).read(list)
    }
}

/// Reads a file of silences.
struct SilenceReader {
    let findings: FindingList
    let rules: [String]
    let kinds: [String]
    /// What durations count from; nil where only times will do.
    let start: Timestamp?

    func read(_ file: SourceFile) -> [Silence] {
        guard let root = YAMLDocument.read(file, into: findings),
            let section = root.section(.silenceFile)
        else { return [] }
        FileHead.check(section, kind: "silences")
        return section.require("silences").map(read) ?? []
    }

    func read(_ list: YAMLValue) -> [Silence] {
        var ids: Set<String> = []
        return (list.items() ?? []).compactMap { value in
            guard let silence = readSilence(value) else { return nil }
            if !ids.insert(silence.id).inserted {
                value.error(.ruleDuplicateId, "the silence `\(silence.id)` is there twice")
            }
            return silence
        }
    }

    private func readSilence(_ value: YAMLValue) -> Silence? {
        guard let section = value.section(.silence) else { return nil }
        let id = section.require("id")?.text()
        let until = section.require("until").flatMap { readTime($0) }
        let by = section.require("by")?.text()
        let reason = section.require("reason")?.text()
        let match = section.require("match")?.section(.silenceMatch)
        let from = section["from"].flatMap { readTime($0) } ?? .never
        guard let id, let until, let by, let reason, let match else { return nil }
        if until <= from {
            section["until"]?.error(.silenceTime, "the silence ends before it begins")
        }
        var silence = Silence(
            id: id.value, from: from, until: until, by: by.value, reason: reason.value,
            keepsScores: section["scores"]?.word(["keep": true, "drop": false]) ?? true,
            place: value.spot.place)
        readMatch(match, &silence)
        return silence
    }

    private func readMatch(_ match: Section, _ silence: inout Silence) {
        silence.rule = known(match["rule"], rules, "rule")
        silence.kind = known(match["kind"], kinds, "kind")
        silence.category = match["category"]?.category()
        if let cell = match["cell"]?.source()?.value {
            silence.cell = cell.hasSuffix("/") ? String(cell.dropLast()) : cell
        }
        if match.isEmpty {
            match.value.error(.yamlEmpty, "`match` names nothing: all of the city would be silent")
        }
    }

    private func known(_ value: YAMLValue?, _ names: [String], _ what: String) -> String? {
        guard let value, let name = value.text()?.value else { return nil }
        if !names.contains(name) {
            value.error(
                .ruleReference, "there is no \(what) `\(name)`",
                hint: Likeness.hint(for: name, among: names))
        }
        return name
    }

    private func readTime(_ value: YAMLValue) -> Timestamp? {
        guard let text = value.source()?.value else { return nil }
        if let date = SilenceReader.date(text) { return date }
        if let start, let interval = Interval(rule: text) { return start + interval }
        value.error(
            .yamlType, "\(value.name) must be a time with its zone",
            hint: "2026-03-01T22:00:00+08:00")
        return nil
    }

    /// RFC 3339, to the second.
    private static func date(_ text: String) -> Timestamp? {
        guard let date = ISO8601DateFormatter().date(from: text) else { return nil }
        let seconds = date.timeIntervalSince1970
        guard seconds > -9e9, seconds < 9e9 else { return nil }
        return Timestamp(nanoseconds: Int64(seconds) * 1_000_000_000)
    }
}

extension Section {
    var isEmpty: Bool { value.pairs()?.isEmpty ?? true }
}

extension Schema {
    static let silenceFile = Schema(
        [.need("kind", .words(["silences"]))] + fileHead + [
            .need("silences", .list(.mapping(silence)))
        ])
    static let silence = Schema([
        .need("id", .text), .need("match", .mapping(silenceMatch)), .may("from", .text),
        .need("until", .text), .need("by", .text), .need("reason", .text),
        .may("scores", .words(["keep", "drop"])),
    ])
    static let silenceMatch = Schema([
        .may("rule", .text), .may("kind", .text), .may("cell", .text, "The path of a cell."),
        .may("category", .words(Vocabulary.categories.map(\.key))),
    ])
}
