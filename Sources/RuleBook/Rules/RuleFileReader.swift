import Domain
import Scoring

/// Reads one rule file: parameters, named conditions, rules, inhibitions.
struct RuleFileReader {
    let findings: FindingList
    let limits: WindowLimits

    func read(_ file: SourceFile) -> RuleFileDraft {
        var draft = RuleFileDraft(file: file)
        guard let root = YAMLDocument.read(file, into: findings),
            let section = root.section(.ruleFile)
        else { return draft }
        FileHead.check(section, kind: "rules")
        draft.set = readSet(section)
        draft.params = (section["param"]?.pairs() ?? []).compactMap { readParam($0.key, $0.value) }
        draft.defines = (section["define"]?.pairs() ?? []).compactMap {
            readDefine($0.key, $0.value)
        }
        let rules = section.require("rules")?.items() ?? []
        let whole = RuleExtension(rules, findings).whole()
        let reader = RuleReader(findings: findings, limits: limits, params: draft.params)
        draft.rules = whole.compactMap { reader.read($0) }
        draft.inhibits = (section["inhibit"]?.items() ?? []).compactMap {
            InhibitReader(findings: findings).read($0)
        }
        return draft
    }

    private func readSet(_ section: Section) -> SetDraft {
        guard let set = section["set"]?.section(.ruleSet) else { return SetDraft() }
        return SetDraft(
            name: set["name"]?.text()?.value, owner: set["owner"]?.text()?.value,
            contact: set["contact"]?.text()?.value)
    }

    private func readParam(_ name: Marked<String>, _ value: YAMLValue) -> Param? {
        checkIdentifier(name, .ruleParam)
        guard let section = value.section(.param),
            let given = section.require("value"), let number = given.number()
        else { return nil }
        var param = Param(name: name, value: .double(number))
        if case .int(let whole)? = given.core { param.value = .int(whole) }
        param.unit = section["unit"]?.source()
        param.range = section["range"].flatMap { readRange($0, holds: number, given) }
        return param
    }

    private func readRange(
        _ range: YAMLValue, holds number: Double, _ value: YAMLValue
    ) -> ClosedRange<Double>? {
        guard let bounds = range.items()?.compactMap({ $0.number() }) else { return nil }
        guard bounds.count == 2, bounds[0] <= bounds[1] else {
            range.error(.ruleParam, "a range is a list of the least and the greatest value")
            return nil
        }
        if number < bounds[0] || number > bounds[1] {
            value.error(.ruleParam, "\(number) is outside its range \(bounds[0]) to \(bounds[1])")
        }
        return bounds[0]...bounds[1]
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
