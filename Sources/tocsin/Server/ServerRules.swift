import Domain
import Journal
import Registry
import RuleBook
import Scoring
import Settings

/// The rules that the server runs.
enum ServerRules {
    /// - Parameters:
    ///   - registry: what rules read as the table `source`.
    ///   - hierarchies: whose areas rules may read; nil where the city is not known.
    ///
    /// **Fails**: with all that is wrong in the files.
    static func load(
        _ paths: RulePaths, _ registry: SourceRegistry, hierarchies: [String]?,
        tables: TablePolicy = .required
    ) throws(CommandFailure) -> RuleSet {
        do {
            var files = try RuleFiles.find([paths.catalog] + paths.packs)
            files.tables[TableText.registryName] = registry.table
            files.hierarchies = hierarchies
            return try RuleBook.load(files, LoadOptions(tables: tables))
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
