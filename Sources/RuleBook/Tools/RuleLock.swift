import Foundation

/// `rules.lock`: which revision of each rule has which canonical form, so that no rule changes what
/// it decides under an old number.
///
///     # Written by `tocsin lock`; do not edit.
///     fire.smoke-and-heat 4 5f1c…
public struct RuleLock: Sendable {
    public struct Entry: Sendable, Equatable {
        public var id: String
        public var revision: Int
        /// SHA-256 of the canonical form, hexadecimal.
        public var digest: String
    }

    public private(set) var entries: [Entry]

    /// The lock of rules as they are now, in the order of their ids.
    public init(_ rules: [RuleFact]) {
        entries = rules.map {
            Entry(id: $0.id, revision: $0.revision, digest: $0.digest)
        }.sorted { $0.id < $1.id }
    }

    /// A lock as it was written; lines that are none are left out and reported.
    init(_ file: SourceFile, _ findings: FindingList) {
        entries = []
        for (index, line) in file.allLines.enumerated() where !line.hasPrefix("#") {
            let words = line.split(separator: " ").map(String.init)
            if words.isEmpty { continue }
            guard words.count == 3, let revision = Int(words[1]), words[2].count == 64 else {
                findings.error(
                    .lockStale, "this is no line of a lock",
                    at: Spot(file, line: index + 1, column: 1),
                    hint: "write it anew with `tocsin lock`")
                continue
            }
            entries.append(Entry(id: words[0], revision: revision, digest: words[2]))
        }
    }

    public var text: String {
        let lines = entries.map { "\($0.id) \($0.revision) \($0.digest)\n" }.joined()
        return "# Written by `tocsin lock`: rule, revision, SHA-256 of what it decides.\n" + lines
    }

    /// Reports rules that changed without a higher revision, and what the lock does not know yet,
    /// where the rules stand.
    func check(against file: SourceFile, _ findings: FindingList, at place: (String) -> Spot?) {
        let locked = RuleLock(file, findings)
        for entry in entries {
            let spot = place(entry.id) ?? Spot(file, line: 1, column: 1)
            guard let before = locked.entries.first(where: { $0.id == entry.id }) else {
                findings.warning(
                    .lockStale, "the lock does not know `\(entry.id)`", at: spot,
                    hint: "tocsin lock")
                continue
            }
            compare(before, entry, spot, findings)
        }
    }

    private func compare(
        _ before: Entry, _ now: Entry, _ spot: Spot, _ findings: FindingList
    ) {
        if before == now { return }
        if before.digest != now.digest, now.revision <= before.revision {
            findings.error(
                .lockRevision,
                "`\(now.id)` decides otherwise than revision \(before.revision) did", at: spot,
                hint: "raise its revision to \(before.revision + 1), then `tocsin lock`")
        } else if now.revision < before.revision {
            findings.error(
                .lockRevision, "`\(now.id)` was revision \(before.revision) already", at: spot,
                hint: "revisions only rise")
        } else {
            findings.warning(
                .lockStale,
                "`\(now.id)` is revision \(now.revision) and locked as "
                    + "\(before.revision)", at: spot, hint: "tocsin lock")
        }
    }
}
