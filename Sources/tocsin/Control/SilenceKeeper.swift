import Domain
import Foundation
import Lanes
import Pipeline
import RuleBook
import Tasking
import Workshop

/// Keeps the silences: a file that people and commands edit, and what of it the engine knows.
///
/// A command changes the file, and the file is what counts: so silences survive a restart, and what
/// somebody wrote by hand, remarks too, stays.
struct SilenceKeeper {
    let path: String
    private(set) var silences: [Silence] = []

    /// A file with more is a mistake, or an attack.
    private static let countMax = 1000
    /// Silences that are over are listed for so long.
    private static let remembered = Interval.hours(24)

    init(_ path: String, _ rules: RuleKeeper) throws(CommandFailure) {
        self.path = path
        do {
            silences = try read(rules)
        } catch {
            throw .unavailable("the silences in \(path) do not load\n\(error)")
        }
    }

    /// Takes the file over as it is now; gives how many there are.
    mutating func reload(_ rules: RuleKeeper, _ errands: Errands<Walk>) throws -> Int {
        silences = try read(rules)
        try publish(rules, errands)
        return silences.count
    }

    /// Writes a silence at the end of the file and takes it over.
    mutating func add(
        _ entry: SilenceEntry, _ rules: RuleKeeper, _ errands: Errands<Walk>
    ) throws -> SilenceEntry {
        var entry = entry
        entry.id = entry.id ?? freeID()
        let before = text()
        let head = before.isEmpty ? "kind: silences\nversion: 1\nsilences:\n" : before
        let separator = head.hasSuffix("\n") ? "" : "\n"
        try replace(with: head + separator + Self.line(entry), rules, errands)
        return entry
    }

    /// Those that hold now or later, or held lately.
    func list(at now: Timestamp = .now) -> [SilenceEntry] {
        silences.filter { $0.until + Self.remembered > now }.map(SilenceEntry.init)
    }

    /// Ends a silence now.
    mutating func expire(
        _ id: String, _ rules: RuleKeeper, _ errands: Errands<Walk>
    ) throws -> SilenceEntry {
        guard let silence = silences.first(where: { $0.id == id }) else {
            let known = silences.map(\.id).joined(separator: ", ")
            throw CommandFailure.unavailable(
                "there is no silence \(id)" + (known.isEmpty ? "" : "; there are: \(known)"))
        }
        var lines = text().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let first = silence.place.line - 1
        let end = lines[(first + 1)...].firstIndex { $0.hasPrefix("- ") } ?? lines.count
        guard
            let line = (first..<end).first(where: { lines[$0].contains(Self.until) })
        else { throw CommandFailure.unavailable("cannot find the end of \(id) in \(path)") }
        // A silence lasts a second at least.
        let moment = max(Timestamp.now, silence.from + .seconds(1)).rfc3339Seconds
        lines[line].replace(Self.until, maxReplacements: 1) { _ in "until: \(moment)" }
        try replace(with: lines.joined(separator: "\n"), rules, errands)
        guard let ended = silences.first(where: { $0.id == id }) else {
            return SilenceEntry(silence)
        }
        return SilenceEntry(ended)
    }

    private static var until: Regex<Substring> { /until:\s*[^,}\s#]+/ }

    // MARK: The file

    private func text() -> String {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    private func read(_ rules: RuleKeeper) throws -> [Silence] {
        try parse(text(), rules)
    }

    private func parse(_ text: String, _ rules: RuleKeeper) throws -> [Silence] {
        if text.isEmpty { return [] }
        let silences = try RuleBook.silences(
            [SourceFile(path: path, text: text)], rules: rules.facts.map(\.id), kinds: rules.kinds)
        guard silences.count <= Self.countMax else {
            throw CommandFailure.unavailable(
                "\(path) has more than \(Self.countMax) silences; remove those that are over")
        }
        return silences
    }

    /// Nothing is written that could not be read again.
    private mutating func replace(
        with text: String, _ rules: RuleKeeper, _ errands: Errands<Walk>
    ) throws {
        let fresh: [Silence]
        do {
            fresh = try parse(text, rules)
        } catch let errors as RuleErrors {
            let words = errors.findings.map { finding in
                finding.message + (finding.hint.map { " (\($0))" } ?? "")
            }
            throw CommandFailure.unavailable(words.joined(separator: "\n"))
        }
        let before = silences
        silences = fresh
        do {
            try publish(rules, errands)
        } catch {
            silences = before
            throw error
        }
        let folder = URL(filePath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    }

    private func freeID() -> String {
        let numbers = silences.compactMap { silence in
            silence.id.hasPrefix("sil-") ? Int(silence.id.dropFirst(4)) : nil
        }
        let digits = String((numbers.max() ?? 0) + 1)
        return "sil-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// One entry in one line; texts are quoted, as JSON has them, which YAML reads too.
    private static func line(_ entry: SilenceEntry) -> String {
        let match = [
            ("rule", entry.rule), ("category", entry.category), ("kind", entry.kind),
            ("cell", entry.cell),
        ].compactMap { key, value in value.map { "\(key): \(quoted($0))" } }
        let from = entry.from ?? Timestamp.now.rfc3339Seconds
        return """
            - {id: \(entry.id ?? ""), match: {\(match.joined(separator: ", "))}, from: \(quoted(from)), \
            until: \(quoted(entry.until)), by: \(quoted(entry.by)), reason: \(quoted(entry.reason)), \
            scores: \(entry.scores ?? "keep")}

            """
    }

    private static func quoted(_ text: String) -> String {
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .withoutEscapingSlashes
            return String(decoding: try encoder.encode(text), as: UTF8.self)
        } catch {
            preconditionFailure("a text always makes JSON: \(error)")
        }
    }

    // MARK: The engine

    /// Puts in force what the file has when the server starts.
    func publishAtStart(_ rules: RuleKeeper, _ errands: Errands<Walk>) {
        if silences.isEmpty { return }
        do { try publish(rules, errands) } catch {
            StandardError.say("tocsin: the silences are not in force: \(error)")
        }
    }

    /// Hands the silences to the engine; `rules` are those that run.
    func publish(_ rules: RuleKeeper, _ errands: Errands<Walk>) throws {
        let (silences, ids) = (silences, rules.facts.map(\.id))
        let lost = errands.perform(within: .seconds(10)) { walk in
            walk.take(silences, rules: ids, at: .now)
        }
        guard let lost else {
            throw CommandFailure.unavailable("the engine did not come to it within 10 s; it will")
        }
        guard lost.isEmpty else {
            throw CommandFailure.unavailable(
                "there is no cell " + lost.joined(separator: ", ") + " in this city")
        }
    }
}

extension SilenceEntry {
    init(_ silence: Silence) {
        self.init(
            id: silence.id, rule: silence.rule, category: silence.category.map { "\($0.word)" },
            kind: silence.kind, cell: silence.cell,
            from: silence.from == .never ? nil : silence.from.rfc3339Seconds,
            until: silence.until.rfc3339Seconds,
            by: silence.by, reason: silence.reason, scores: silence.keepsScores ? "keep" : "drop")
    }
}
