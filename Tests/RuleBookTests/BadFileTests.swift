import Testing

@testable import RuleBook

@Suite struct `Mistakes in files` {
    static let head = "kind: rules\nversion: 1\n"

    static let files: [Mistake] = [
        Mistake(.yamlSyntax, head + "rules:\n- {id: a«: b}\n"),
        Mistake(.yamlSyntax, head + "rules: [\n«"),
        Mistake(
            .yamlSyntax, head + "set: {name: x}\nparam:\n  a: \"b\" «== c\n",
            hint: "a value that starts with `\"` must be quoted as a whole: '\"…'"),
        Mistake(.yamlEmpty, "«"),
        Mistake(.yamlEmpty, "«# only a remark\n"),
        Mistake(.yamlTag, head + "set: {name: «!!str x}\nrules: []\n"),
        Mistake(.yamlTag, head + "define:\n  x: «!has(alert.value)\nrules: []\n"),
        Mistake(.yamlAnchor, head + "set: «&a {name: x}\nrules: []\n"),
        Mistake(.yamlMergeKey, head + "set: {«<<: {name: x}}\nrules: []\n"),
        Mistake(.yamlDuplicateKey, head + "«set: {name: x}\nset: {name: y}\nrules: []\n"),
        Mistake(.yamlSyntax, head + "rules: []\n«---\nkind: rules\n"),
        Mistake(.yamlMissingKey, "«kind: rules\nversion: 1\n"),
        Mistake(.fileKind, "kind: «catalog\nversion: 1\nrules: []\n"),
        Mistake(.fileVersion, "kind: rules\nversion: «2\nrules: []\n"),
        Mistake(.yamlType, "kind: rules\nversion: «'1'\nrules: []\n"),
        Mistake(.yamlType, head + "inhibit: «{}\nrules: []\n"),
        Mistake(.yamlUnknownKey, head + "«extends: other\nrules: []\n"),
        Mistake(.yamlType, head + "rules: «5\n"),
        Mistake(.yamlType, "«just text\n"),
        Mistake(
            .ruleParam, head + "param: {heat: {value: «200.0, range: [40.0, 120.0]}}\nrules: []\n"),
        Mistake(
            .ruleParam, head + "param: {heat: {value: 60.0, range: «[120.0, 40.0]}}\nrules: []\n"),
        Mistake(.ruleParam, head + "param: {«he-at: {value: 60.0}}\nrules: []\n"),
        Mistake(.yamlType, head + "param: {heat: {value: «hot}}\nrules: []\n"),
        Mistake(.ruleDefine, head + "define: {«a-b: 'true'}\nrules: []\n"),
        Mistake(
            .celName,
            head
                + "define: {real: «alert.statsu == \"x\"}\nrules:\n- {id: a, title: x, status: draft, "
                + "revision: 1, match: {kind: smoke}, where: define.real, \(RuleBench.score)}\n"),
        Mistake(.ruleId, head + "rules:\n- {id: «A.Rule, title: x, status: draft, revision: 1}\n"),
        Mistake(.yamlWord, head + "rules:\n- {id: a, title: x, status: «live, revision: 1}\n"),
        Mistake(.yamlRange, head + "rules:\n- {id: a, title: x, status: draft, revision: «0}\n"),
        Mistake(.yamlType, head + "rules:\n- {id: a, title: x, status: draft, revision: «1.5}\n"),
        Mistake(
            .ruleKind,
            head
                + "rules:\n- {id: a, title: x, status: draft, revision: 1, match: {kind: «smok}}\n",
            hint: "did you mean `smoke`?"),
        Mistake(
            .yamlUnknownKey,
            head + "rules:\n- {id: a, title: x, status: draft, revision: 1, "
                + "match: {kind: smoke, «sauce: s1}}\n"),
        Mistake(
            .ruleEffect,
            head
                + "rules:\n- {id: «a, title: x, status: draft, revision: 1, match: {kind: smoke}}\n"
        ),
    ]

    @Test(arguments: files)
    func `are pointed at`(mistake: Mistake) throws {
        let (text, line, column) = RuleBench.unmark(mistake.body)
        let findings = RuleBook.check(RuleBench.files(text))
        let found = try #require(
            findings.first { $0.code == mistake.code }, "\(findings.map(\.text))")
        #expect(found.place == Place(file: "0.rules.yaml", line: line, column: column))
        if let hint = mistake.hint { #expect(found.hint == hint) }
    }

    static let catalogs: [Mistake] = [
        Mistake(.catalogPerson, "kinds:\n  «face.seen: {cap: Other, categories: []}\n"),
        Mistake(.catalogPerson, "kinds:\n  «vehicle.plate: {cap: Other, categories: []}\n"),
        Mistake(.catalogPerson, "kinds:\n  «person_count: {cap: Other, categories: []}\n"),
        Mistake(.catalogKind, "kinds:\n  «Smoke: {cap: Fire, categories: []}\n"),
        Mistake(
            .yamlWord, "kinds:\n  smoke: {cap: «fire, categories: []}\n",
            hint: "did you mean `Fire`?"),
        Mistake(.yamlWord, "kinds:\n  smoke: {cap: Fire, categories: [«safety]}\n"),
        Mistake(.yamlWord, "combine: «sum\n"),
        Mistake(.catalogCategories, "categories: «[public-safety]\n"),
        Mistake(.yamlWord, "rollup: {default: {method: «mean}}\n"),
        Mistake(.catalogRollUp, "rollup: {default: {method: max, n: «3}}\n"),
        Mistake(.yamlDuration, "time: {future: «30}\n"),
        Mistake(.catalogMode, "modes: {normal: «{sla_factor: 0.5}}\n"),
        Mistake(.yamlUnknownKey, "modes: {emergency: {«sla: 0.5}}\n"),
        Mistake(.catalogTable, "tables: {«alert: {key: id}}\n"),
        Mistake(.catalogPerson, "tables: {sensor: {key: id, columns: {«phone: string}}}\n"),
        Mistake(.yamlWord, "tables: {sensor: {key: id, columns: {period: «time}}}\n"),
        Mistake(
            .catalogLevel,
            "rollup: {levels: [grid, city]}\nresponsibilities: {a: {department: b, level: «town}}\n"
        ),
        Mistake(
            .catalogLevel, "escalation: {Severe: «comunity}\n", hint: "did you mean `community`?"),
        Mistake(
            .catalogLevel, "rollup: {levels: [grid, city]}\nescalation: {Extreme: «street}\n"),
        Mistake(.yamlUnknownKey, "escalation: {«severe: street}\n"),
        Mistake(.yamlEmpty, "exposure: «{raise: 1}\n"),
        Mistake(.yamlRange, "exposure: {vulnerability: «1.5}\n"),
        Mistake(.yamlRange, "exposure: {population: 5000, raise: «5}\n"),
        Mistake(.yamlRange, "verify_within: «1s\n"),
        Mistake(.catalogCertainty, "certainty: «{observed: 0.5, likely: 0.9, possible: 0.05}\n"),
        Mistake(.catalogPriority, "priority: «[{severity: Severe, is: P1}]\n"),
        Mistake(.catalogPriority, "priority: [{is: P5}, «{severity: Severe, is: P1}, {is: P5}]\n"),
        Mistake(
            .catalogWarnings,
            "warnings:\n  blue: «{raise: 20, clear: 20, cap_severity: Minor}\n"),
    ]

    @Test(arguments: catalogs)
    func `of the catalog are pointed at`(mistake: Mistake) throws {
        let (text, line, column) = RuleBench.unmark("kind: catalog\nversion: 1\n" + mistake.body)
        var files = RuleBench.files(Self.head + "rules: []\n")
        files.catalog = SourceFile(path: "catalog.yaml", text: text)
        let found = try #require(RuleBook.check(files).first { $0.code == mistake.code })
        #expect(found.place == Place(file: "catalog.yaml", line: line, column: column))
        if let hint = mistake.hint { #expect(found.hint == hint) }
    }

    @Test func `that bind one id twice name the first place`() throws {
        let rule = RuleBench.file(RuleBench.score)
        let findings = RuleBook.check(RuleBench.files(rule, rule))
        let found = try #require(findings.first)
        #expect(found.code == .ruleDuplicateId)
        #expect(found.place.file == "1.rules.yaml")
        #expect(found.hint == "by the rule at 0.rules.yaml:6")
    }

    @Test func `that nest a thousand deep are refused, not followed`() {
        let text = "kind: rules\nversion: 1\nrules: " + String(repeating: "[", count: 5000)
        #expect(RuleBook.check(RuleBench.files(text)).contains { $0.code == .yamlSyntax })
    }
}
