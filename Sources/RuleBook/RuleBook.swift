// RuleBook: from YAML files to a checked, compiled, immutable rule table.
//
// It reads the catalog, the rule files and the tables, holds every key, word, number and condition
// against what the language allows, and reports all mistakes at once, each with its file, line,
// column, a stable code and a hint. Loading is all or nothing: one error and nothing is handed
// over.
//
// It refuses unknown keys, kinds that tell of a person, and conditions the typed evaluator can't
// run. It runs no rule and knows no clock. In: texts of files. Out: a `RuleSet`: kinds, rule table,
// task table, and what people want to read.

/// Loads and checks rule files.
public enum RuleBook {
    /// Everything found wrong in the files, worst not first but in the order of the files.
    public static func check(_ files: RuleFiles) -> [Finding] {
        do {
            return try load(files).warnings
        } catch {
            return error.findings
        }
    }

    /// The tests written beside rules, unread, with the file they stand in.
    package static func inlineTests(_ files: RuleFiles) -> [InlineTests] {
        let drafts = RuleDrafts(files, FindingList())
        return drafts.files.flatMap { file in
            file.rules.compactMap { rule in
                rule.tests.map { InlineTests(id: rule.id.value, file: file.file, tests: $0) }
            }
        }
    }

    /// The compiled rule set of the files.
    ///
    /// **Fails**: with all errors and warnings when there is one error.
    public static func load(
        _ files: RuleFiles, _ options: LoadOptions = LoadOptions()
    ) throws(RuleErrors) -> RuleSet {
        let findings = FindingList()
        let drafts = RuleDrafts(files, findings)
        let compiled = RuleSetCompiler.compile(drafts, files, options, findings)
        guard !findings.hasErrors else { throw RuleErrors(findings: findings.sorted) }
        return compiled
    }

    /// The same, after rules that ran before: those that are gone stay, as retired, so that what
    /// they did can still be quoted.
    public static func load(
        _ files: RuleFiles, after before: [RuleFact]
    ) throws(RuleErrors) -> RuleSet {
        try load(files, LoadOptions(tables: .required, before: before))
    }
}

/// What a table whose file is not there means.
public enum TablePolicy: Sendable {
    /// A note: who checks rules may not have the tables of the place.
    case optional
    /// An error: who runs them must.
    case required
}

/// How a rule set is loaded.
public struct LoadOptions: Sendable {
    public var tables: TablePolicy
    /// The rules that ran before.
    public var before: [RuleFact]
    public var probes: [RuleProbe]

    public init(
        tables: TablePolicy = .optional, before: [RuleFact] = [], probes: [RuleProbe] = []
    ) {
        self.tables = tables
        self.before = before
        self.probes = probes
    }
}

/// The tests written beside one rule.
package struct InlineTests {
    package let id: String
    package let file: SourceFile
    package let tests: YAMLValue
}
