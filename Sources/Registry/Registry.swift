// Registry: who sends, from where, what, and how often, as a table that people edit.
//
// It reads a CSV (RFC 4180, UTF-8) of known columns and holds each field against what it may be,
// then each place against the city and each kind against the catalog. Everything that is wrong is
// told at once, with line, column, a stable code and a hint; a registry is taken whole or not at
// all. It has no column for a person and refuses any that it does not know.
//
// In: bytes, a grid, the names of the kinds. Out: a `SourceRegistry`, or all problems. It opens no
// file and knows no rule.

public import Domain

/// The sources that are registered, in the order of the file.
public struct SourceRegistry: Sendable {
    public var sources: [RegisteredSource] = []

    public init() {}

    /// What it would change in another registry.
    public func changes(from old: SourceRegistry) -> RegistryChanges {
        let before = Dictionary(old.sources.map { ($0.name, $0) }) { first, _ in first }
        let known = sources.filter { before[$0.name] != nil }
        return RegistryChanges(
            sources: sources.count, added: sources.count - known.count,
            removed: old.sources.count - known.count,
            changed: known.count { before[$0.name] != $0 })
    }
}

/// One registered source.
public struct RegisteredSource: Sendable, Equatable {
    /// Its segments between slashes; the first is the tenant.
    public var name: String
    /// Where it stands for good; nil for what moves, or is known by its cell only.
    public var position: Position?
    /// The path of the cell its alerts are in when they say no place; as written until the place
    /// is known, empty where there is none.
    public var cell = ""
    public var cellID = CellID.none
    /// What it may send; empty is everything.
    public var kinds: [KindPattern] = []
    /// How often it reports; nil where it owes no report.
    public var period: Interval?
    /// What people call it.
    public var title = ""

    init(name: String) { self.name = name }

    public var tenant: String { String(name.prefix { $0 != "/" }) }

    /// The kinds as the file has them: `gas.*;smoke`.
    public var kindList: String { kinds.map(\.text).joined(separator: ";") }
}

/// What another registry changes, in numbers.
public struct RegistryChanges: Codable, Sendable, Equatable {
    /// How many there are now.
    public var sources: Int
    public var added: Int
    public var removed: Int
    public var changed: Int

    public var isNothing: Bool { added == 0 && removed == 0 && changed == 0 }

    /// Such as `310 sources: 2 added, 1 changed`.
    public var summary: String {
        let parts = [(added, "added"), (removed, "removed"), (changed, "changed")]
            .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return "\(sources) sources: " + (isNothing ? "the same" : parts.joined(separator: ", "))
    }
}
