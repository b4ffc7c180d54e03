import Foundation

/// What a check of rule files has to say.
public struct CheckReport: Sendable {
    /// Everything found, in the order of the files.
    public var findings: [Finding]
    /// Found, and silenced by a remark in the file.
    public var silenced: [Finding]

    /// Whether nothing was found that should end a build: notes are not counted.
    public var isClean: Bool { !findings.contains { $0.level != .note } }

    /// Such as `2 errors, 1 warning, 1 note, 2 silenced: cel/unguarded, test/none`.
    public var summary: String {
        var text = RuleErrors.summary(findings)
        let notes = findings.count { $0.level == .note }
        if notes > 0 { text += ", \(notes) note\(notes == 1 ? "" : "s")" }
        if !silenced.isEmpty {
            let codes = Set(silenced.map(\.code.rawValue)).sorted().joined(separator: ", ")
            text += ", \(silenced.count) silenced: \(codes)"
        }
        return text
    }
}

extension RuleBook {
    /// Everything that is wrong with the files, and what their authors have silenced.
    ///
    /// `today` is what snoozes are held against, as `2026-12-31`.
    public static func report(_ files: RuleFiles, today: String) -> CheckReport {
        let findings = FindingList()
        let drafts = RuleDrafts(files, findings)
        let set = RuleSetCompiler.compile(drafts, files, LoadOptions(), findings)
        let facts = set.rules + set.idle
        let reader = SilenceReader(
            findings: findings, rules: facts.map(\.id), kinds: drafts.catalog.kinds.map(\.name),
            start: nil)
        for file in files.silences { _ = reader.read(file) }
        if !findings.hasErrors { TestCheck(drafts, files, findings).check() }
        if let lock = files.lock, !findings.hasErrors {
            RuleLock(facts).check(against: lock, findings) { drafts.rule($0)?.id.spot }
        }
        let sources = [files.catalog] + files.rules + files.silences
        let remarks = sources.map { Remarks($0, today: today, findings) }
        let all = findings.sorted
        let silenced = all.filter { finding in remarks.contains { $0.silences(finding) } }
        let hidden = Set(silenced)
        return CheckReport(
            findings: all.filter { !hidden.contains($0) }, silenced: silenced)
    }

    /// What differs between the rules and the lock beside their catalog.
    public static func lockFindings(_ files: RuleFiles) -> [Finding] {
        report(files, today: today).findings.filter {
            [.lockRevision, .lockStale].contains($0.code) || $0.level == .error
        }
    }

    /// The lock of the rules as they are.
    ///
    /// **Fails**: when they don't load.
    public static func lock(_ files: RuleFiles) throws(RuleErrors) -> RuleLock {
        let set = try load(files)
        return RuleLock(set.rules + set.idle)
    }

    /// The day of the moment this is called, in UTC.
    public static var today: String {
        let text = ISO8601DateFormatter().string(from: Date())
        return String(text.prefix(10))
    }
}
