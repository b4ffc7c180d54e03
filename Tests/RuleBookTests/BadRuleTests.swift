import Testing

@testable import RuleBook

/// One mistake in a rule: `«` stands where the finding must point.
struct Mistake: Sendable, CustomTestStringConvertible {
    let code: FindingCode
    let body: String
    let hint: String?

    init(_ code: FindingCode, _ body: String, hint: String? = nil) {
        self.code = code
        self.body = body
        self.hint = hint
    }

    var testDescription: String { "\(code.rawValue): \(body)" }
}

@Suite struct `Mistakes in rules` {
    static let raise = "by: [alert.cell], windows: {n: {fn: count, over: 5m}}"
    static let score = RuleBench.score

    static let mistakes: [Mistake] = [
        Mistake(
            .yamlUnknownKey, "«wher: alert.value > 1.0, \(score)", hint: "did you mean `where`?"),
        Mistake(.yamlWord, "\(score), on_no_data: «stay"),
        Mistake(
            .yamlMissingKey,
            "score: {public-safety: {points: '50.0', half_life: 5m, spread: «{rings: 1}}}"),
        Mistake(.yamlMissingKey, "score: {public-safety: «{points: '50.0'}}"),
        Mistake(.yamlMissingKey, "score: {public-safety: «{half_life: 5m}}"),
        Mistake(.scoreRange, "score: {public-safety: {points: «'150.0', half_life: 5m}}"),
        Mistake(
            .scoreRange,
            "score: {public-safety: {points: '50.0', confidence: «'1.5', half_life: 5m}}"),
        Mistake(
            .scoreCategory, "score: {«public-safty: {points: '50.0', half_life: 5m}}",
            hint: "did you mean `public-safety`?"),
        Mistake(.scoreCategory, "score: {«cyber-security: {points: '50.0', half_life: 5m}}"),
        Mistake(.yamlDuration, "score: {public-safety: {points: '50.0', half_life: «5}}"),
        Mistake(.yamlDuration, "score: {public-safety: {points: '50.0', half_life: «5min}}"),
        Mistake(.yamlRange, "score: {public-safety: {points: '50.0', half_life: «0s}}"),
        Mistake(.ruleKey, "by: [«alert.value], \(score)"),
        Mistake(.ruleKey, "by: [«alert.cel], \(score)", hint: "did you mean `alert.cell`?"),
        Mistake(.yamlType, "by: «alert.cell, \(score)"),
        Mistake(.yamlType, "where: «[a, b], \(score)"),
        Mistake(.yamlType, "labels: «none, \(score)"),
        Mistake(.yamlWord, "by: [alert.cell], windows: {n: {fn: «cnt, over: 5m}}, \(score)"),
        Mistake(
            .yamlMissingKey,
            "by: [alert.cell], windows: {n: «{fn: rate, over: 5m, of: alert.value}}, \(score)"),
        Mistake(
            .yamlWord,
            "by: [alert.cell], windows: {n: {fn: «quantile(9), over: 5m, of: alert.value}}, \(score)"
        ),
        Mistake(
            .windowSample,
            "by: [alert.cell], windows: {n: {fn: count, over: 5m, per: «1m}}, \(score)"
        ),
        Mistake(.yamlRange, "by: [alert.cell], windows: {n: {fn: count, over: «25h}}, \(score)"),
        Mistake(
            .windowPanes,
            "by: [alert.cell], windows: {n: «{fn: count, over: 1h, pane: 1s}}, \(score)"),
        Mistake(
            .windowPanes,
            "by: [alert.cell], windows: {n: «{fn: count, over: 10s, pane: 3s}}, \(score)"),
        Mistake(
            .windowSample,
            "by: [alert.cell], windows: {n: {fn: count, over: 5m, of: «alert.value}}, \(score)"),
        Mistake(
            .windowEmpty,
            "by: [alert.cell], windows: {n: {fn: count, over: 5m, empty: «0}}, \(score)"),
        Mistake(.yamlMissingKey, "by: [alert.cell], windows: {n: «{fn: max, over: 5m}}, \(score)"),
        Mistake(.ruleDefine, "by: [alert.cell], windows: {«n-1: {fn: count, over: 5m}}, \(score)"),
        Mistake(.ruleState, "\(raise), clear: «{when: w.n == 0}, \(score)"),
        Mistake(.yamlMissingKey, "\(raise), raise: «{hold: 5m}, \(score)"),
        Mistake(.yamlDuration, "\(raise), raise: {when: w.n > 2, hold: «soon}, \(score)"),
        Mistake(.yamlUnknownKey, "\(raise), raise: {when: w.n > 2, «held: 5m}, \(score)"),
        Mistake(
            .taskKind, "\(score), task: {kind: «fire-or-explosions, title: Fire}",
            hint: "did you mean `fire-or-explosion`?"),
        Mistake(.taskScore, "task: «{kind: fire-or-explosion, title: Fire}"),
        Mistake(
            .taskClose, "\(score), task: «{kind: fire-or-explosion, title: Fire, close_on: clear}"),
        Mistake(
            .yamlWord,
            "\(score), task: {kind: fire-or-explosion, title: Fire, cap: {response: «Run}}"),
        Mistake(
            .yamlMissingKey,
            """
            \(score), task: {kind: fire-or-explosion, title: Fire,
              dedupe: {key: [rule.id], escalate: «{repeats: 5}}}
            """),
        Mistake(
            .yamlWord,
            "\(score), task: {kind: fire-or-explosion, title: Fire, cap: {urgency: «immediate}}",
            hint: "did you mean `Immediate`?"),
        Mistake(
            .yamlWord, "\(score), task: {kind: fire-or-explosion, title: Fire, priority: «P0}"),
        Mistake(
            .yamlWord,
            "\(score), task: {kind: fire-or-explosion, title: Fire, cap: {category: «Fires}}"),
        Mistake(.yamlType, "\(score), task: {kind: fire-or-explosion, title: «12}"),
        Mistake(.yamlType, "\(score), task: {kind: fire-or-explosion, title: «true}"),
        Mistake(
            .templateSyntax, "\(score), task: {kind: fire-or-explosion, title: 'In «${cell.name'}"),
        Mistake(.templateSyntax, "\(score), task: {kind: fire-or-explosion, title: 'In «${}'}"),
        Mistake(
            .templateType, "\(score), task: {kind: fire-or-explosion, title: 'At ${«[1]}'}"),
        Mistake(.celSyntax, "where: 'alert.value >«', \(score)"),
        Mistake(
            .celName, "where: «alert.valeu > 1.0, \(score)", hint: "did you mean 'alert.value'?"),
        Mistake(.celName, "where: «w.n > 1, \(score)"),
        Mistake(.celName, "where: «param.heta > 1.0, \(score)"),
        Mistake(.celType, "where: «alert.value, \(score)"),
        Mistake(.celType, "where: alert.kind «> 3, \(score)"),
        Mistake(.celType, "score: {public-safety: {points: '«\"high\"', half_life: 5m}}"),
        Mistake(.celIntDouble, "\(raise), raise: {when: w.n «* 1.5 > 3.0, hold: 5m}, \(score)"),
        Mistake(.celUnsupported, "where: '[alert.value].«map(x, x * 2.0) == [2.0]', \(score)"),
        Mistake(.ruleAlwaysTrue, "\(raise), raise: {when: «w.n == 0}, \(score)"),
        Mistake(
            .windowEmpty,
            """
            by: [alert.cell], windows: {n: {fn: max, over: 5m, of: alert.value}},
            raise: {when: «w.n > 1.0}, \(score)
            """),
    ]

    @Test(arguments: mistakes)
    func `are pointed at, with their code and hint`(mistake: Mistake) throws {
        let (text, line, column) = RuleBench.unmark(RuleBench.file(mistake.body))
        let findings = RuleBook.check(RuleBench.files(text))
        let found = try #require(
            findings.first { $0.code == mistake.code }, "\(findings.map(\.text))")
        #expect(found.place == Place(file: "0.rules.yaml", line: line, column: column))
        #expect(found.level == .error)
        if let hint = mistake.hint { #expect(found.hint == hint) }
    }

    @Test func `stop the whole load and are all reported`() {
        let text = RuleBench.file("wher: x, revison: 2, \(RuleBench.score)")
        let findings = RuleBook.check(RuleBench.files(text))
        #expect(findings.map(\.code) == [.yamlUnknownKey, .yamlUnknownKey])
        #expect(throws: RuleErrors.self) { _ = try RuleBook.load(RuleBench.files(text)).hash }
    }

    @Test func `are shown with a caret under the place`() {
        let (text, _, _) = RuleBench.unmark(RuleBench.file("«wher: x, \(RuleBench.score)"))
        let finding = RuleBook.check(RuleBench.files(text))[0]
        #expect(
            finding.text.hasPrefix(
                "0.rules.yaml:7:1: error: unknown key `wher` [yaml/unknown-key]\n"
                    + "  7 | wher: x, \(RuleBench.score)}\n    | ^~~~\n  hint: did you mean"))
    }
}
