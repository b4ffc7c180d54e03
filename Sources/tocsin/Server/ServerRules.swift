import Domain
import Journal
import RuleBook
import Scoring
import Settings

/// The rules that the server runs.
enum ServerRules {
    /// **Fails**: with all that is wrong in the files.
    static func load(_ paths: RulePaths) throws(CommandFailure) -> RuleSet {
        do {
            let files = try RuleFiles.find([paths.catalog] + paths.packs)
            return try RuleBook.load(files, LoadOptions(tables: .required))
        } catch {
            throw .unavailable("the rules do not load\n\(error)")
        }
    }

    /// What the numbers of the rules mean, for the journal.
    static func journaled(_ rules: borrowing RuleSet) -> [JournalRule] {
        var journaled: [JournalRule] = []
        for (index, rule) in rules.rules.enumerated() {
            journaled.append(
                JournalRule(
                    rule: RuleID(index), name: "\(rule.id)@\(rule.revision)",
                    version: RuleTable.version(rule.hash)))
        }
        return journaled
    }
}
