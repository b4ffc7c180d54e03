import Domain
import Scoring

/// Reads one rule file: parameters, named conditions, rules.
struct RuleFileReader {
    private static let schema = Schema(
        ["kind", "version", "set", "param", "define", "rules"],
        later: ["extends", "inhibit", "tables", "modes", "rollup"])

    let findings: FindingList
    let limits: WindowLimits

    func read(_ file: SourceFile) -> RuleFileDraft {
        var draft = RuleFileDraft(file: file)
        guard let root = YAMLDocument.read(file, into: findings) else { return draft }
        guard !refuseOtherKinds(root), let section = root.section(RuleFileReader.schema) else {
            return draft
        }
        FileHead.check(section, kind: "rules")
        readSet(section)
        draft.params = (section["param"]?.pairs() ?? []).compactMap { readParam($0.key, $0.value) }
        draft.defines = (section["define"]?.pairs() ?? []).compactMap {
            readDefine($0.key, $0.value)
        }
        let rules = section.require("rules")?.items() ?? []
        let reader = RuleReader(findings: findings, limits: limits)
        draft.rules = rules.compactMap { reader.read($0) }
        return draft
    }

    /// Kinds of file that the language has and this version has not.
    private func refuseOtherKinds(_ root: YAMLValue) -> Bool {
        let kind = root.pairs()?.first { $0.key.value == "kind" }
        guard let word = kind?.value.source()?.value, ["silences", "lock"].contains(word) else {
            return false
        }
        kind?.value.error(
            .ruleNotYet,
            "files of kind `\(word)` are part of the rule language but not of this version")
        return true
    }

    private func readSet(_ section: Section) {
        let set = section["set"]?.section(Schema(["name", "owner", "contact"]))
        for key in ["name", "owner", "contact"] { _ = set?[key]?.text() }
    }

    private func readParam(_ name: Marked<String>, _ value: YAMLValue) -> Param? {
        checkIdentifier(name, .ruleParam)
        guard let section = value.section(Schema(["value", "range", "unit"])),
            let given = section.require("value"), let number = given.number()
        else { return nil }
        _ = section["unit"]?.source()
        if let range = section["range"] { checkRange(range, holds: number, given) }
        if case .int(let whole)? = given.core { return Param(name: name, value: .int(whole)) }
        return Param(name: name, value: .double(number))
    }

    private func checkRange(_ range: YAMLValue, holds number: Double, _ value: YAMLValue) {
        guard let bounds = range.items()?.compactMap({ $0.number() }) else { return }
        guard bounds.count == 2, bounds[0] <= bounds[1] else {
            range.error(.ruleParam, "a range is a list of the least and the greatest value")
            return
        }
        if number < bounds[0] || number > bounds[1] {
            value.error(.ruleParam, "\(number) is outside its range \(bounds[0]) to \(bounds[1])")
        }
    }

    private func readDefine(_ name: Marked<String>, _ value: YAMLValue) -> Define? {
        checkIdentifier(name, .ruleDefine)
        return value.source().map { Define(name: name, source: $0) }
    }

    private func checkIdentifier(_ name: Marked<String>, _ code: FindingCode) {
        guard !Names.isIdentifier(name.value) else { return }
        findings.error(
            code, "`\(name.value)` can't be used in conditions", at: name.spot,
            hint: "letters, digits and `_`, not first a digit")
    }
}
