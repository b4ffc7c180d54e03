import Foundation

/// What is wrong with a rule file, in a word that stays the same from version to version.
public enum FindingCode: String, CaseIterable, Codable, Sendable {
    case fileUnreadable = "file/unreadable"
    case fileTooLarge = "file/too-large"
    case fileKind = "file/kind"
    case fileVersion = "file/version"

    case yamlSyntax = "yaml/syntax"
    case yamlDuplicateKey = "yaml/duplicate-key"
    case yamlTag = "yaml/tag"
    case yamlAnchor = "yaml/anchor"
    case yamlMergeKey = "yaml/merge-key"
    case yamlType = "yaml/type"
    case yamlUnknownKey = "yaml/unknown-key"
    case yamlMissingKey = "yaml/missing-key"
    case yamlEmpty = "yaml/empty"
    case yamlRange = "yaml/range"
    case yamlDuration = "yaml/duration"
    case yamlWord = "yaml/word"
    case yamlRemark = "yaml/remark"

    case catalogCategories = "catalog/categories"
    case catalogKind = "catalog/kind"
    case catalogPerson = "catalog/person"
    case catalogWarnings = "catalog/warnings"
    case catalogCertainty = "catalog/certainty"
    case catalogPriority = "catalog/priority"
    case catalogLevel = "catalog/level"
    case catalogTable = "catalog/table"
    case catalogMode = "catalog/mode"
    case catalogRollUp = "catalog/rollup"

    case tableMissing = "table/missing"
    case tableValue = "table/value"

    case ruleNotYet = "rule/not-yet"
    case ruleId = "rule/id"
    case ruleDuplicateId = "rule/duplicate-id"
    case ruleKind = "rule/kind"
    case ruleParam = "rule/param"
    case ruleDefine = "rule/define"
    case ruleUnused = "rule/unused"
    case ruleKey = "rule/key"
    case ruleState = "rule/state"
    case ruleAlwaysTrue = "rule/always-true"
    case ruleEffect = "rule/no-effect"
    case ruleLimit = "rule/limit"
    case ruleMode = "rule/mode"
    case ruleExtends = "rule/extends"
    case ruleReference = "rule/reference"
    case ruleCycle = "rule/cycle"
    case ruleDead = "rule/dead"
    case ruleUnit = "rule/unit"

    case corroborateNeed = "corroborate/need"
    case corroborateUnused = "corroborate/unused"
    case sequenceStep = "sequence/step"
    case absenceRoster = "absence/roster"
    case foldTarget = "fold/target"
    case inhibitTarget = "inhibit/target"
    case neighbourSource = "neighbours/source"
    case neighbourUnused = "neighbours/unused"

    case windowEmpty = "window/empty"
    case windowPanes = "window/panes"
    case windowSample = "window/sample"
    case windowUnused = "window/unused"

    case scoreCategory = "score/category"
    case scoreRange = "score/range"

    case taskKind = "task/kind"
    case taskScore = "task/score"
    case taskClose = "task/close"
    case taskKey = "task/key"

    case templateSyntax = "template/syntax"
    case templateType = "template/type"

    case celSyntax = "cel/syntax"
    case celName = "cel/name"
    case celType = "cel/type"
    case celIntDouble = "cel/int-double"
    case celUnsupported = "cel/unsupported"
    case celCost = "cel/cost"
    case celUnguarded = "cel/unguarded"

    case testUnknown = "test/unknown"
    case testEmpty = "test/empty"
    case testNone = "test/none"

    case silenceTime = "silence/time"
    case lockRevision = "lock/revision"
    case lockStale = "lock/stale"
    case remarkCode = "remark/code"
    case remarkDate = "remark/date"
}

/// A place in a file, both counted from 1; columns count Unicode scalars.
public struct Place: Hashable, Codable, Sendable {
    public var file: String
    public var line: Int
    public var column: Int

    public init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }
}

/// One thing found wrong in the rule files, with its place and what to do about it.
public struct Finding: Error, Hashable, Codable, Sendable {
    public enum Level: String, Codable, Sendable {
        case error, warning
        /// Worth knowing, and no reason for a check to fail.
        case note
    }

    public var code: FindingCode
    public var level: Level
    public var place: Place
    public var message: String
    public var hint: String?
    /// The line of the file at `place`, as it stands there.
    public var excerpt: String
    /// How many columns the caret underlines; at least 1.
    public var width: Int
}

extension Finding {
    /// The finding as people read it: place, message, the line with a caret, the hint.
    public var text: String {
        var lines = [
            "\(place.file):\(place.line):\(place.column): \(level.rawValue): "
                + "\(message) [\(code.rawValue)]"
        ]
        if !excerpt.isEmpty {
            let number = String(place.line)
            let margin = String(repeating: " ", count: number.count)
            lines.append("  \(number) | \(excerpt)")
            lines.append("  \(margin) | \(indent)\(underline)")
        }
        if let hint { lines.append("  hint: \(hint)") }
        return lines.joined(separator: "\n")
    }

    /// Blanks up to the place; tabs stay tabs, so that the caret stands right on any screen.
    private var indent: String {
        String(excerpt.unicodeScalars.prefix(place.column - 1).map { $0 == "\t" ? "\t" : " " })
    }

    private var underline: String {
        "^" + String(repeating: "~", count: max(0, width - 1))
    }
}

/// Everything found wrong; nothing was loaded.
public struct RuleErrors: Error, Sendable, CustomStringConvertible {
    public let findings: [Finding]

    public var description: String { text }

    /// All findings as text, with the count last.
    public var text: String {
        (findings.map(\.text) + [RuleErrors.summary(findings)]).joined(separator: "\n")
    }

    /// Findings as a JSON list, for editors and other tools.
    public static func json(_ findings: [Finding]) throws -> String {
        try prettyJSON(findings)
    }

    /// Such as `2 errors, 1 warning`.
    public static func summary(_ findings: [Finding]) -> String {
        let errors = findings.count { $0.level == .error }
        let warnings = findings.count { $0.level == .warning }
        return "\(errors) error\(errors == 1 ? "" : "s"), "
            + "\(warnings) warning\(warnings == 1 ? "" : "s")"
    }
}
