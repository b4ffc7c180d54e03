import Foundation

@testable import RuleBook

/// Small rule sets for tests: a catalog, and rule files that hold one mistake or none.
enum RuleBench {
    static let catalogText = """
        kind: catalog
        version: 1
        kinds:
          smoke: {cap: Fire, categories: [public-safety], unit: "1"}
          temperature: {cap: Fire, categories: [public-safety], unit: Cel}
          noise: {cap: Env, categories: [public-order, social-conflict]}
        categories: [political-security, public-order, social-conflict, public-safety, cyber-security]
        combine: noisy_or
        warnings:
          blue:   {raise: 20, clear: 15, cap_severity: Minor}
          yellow: {raise: 40, clear: 33, cap_severity: Moderate}
          orange: {raise: 60, clear: 52, cap_severity: Severe}
          red:    {raise: 80, clear: 72, cap_severity: Extreme}
        certainty: {observed: 0.90, likely: 0.50, possible: 0.05}
        responsibilities:
          fire-or-explosion: {department: fire-brigade, level: street}
        priority:
        - {severity: [Extreme, Severe], urgency: Immediate, is: P1}
        - {is: P5}

        """

    static let catalog = SourceFile(path: "catalog.yaml", text: catalogText)

    static func files(_ rules: String...) -> RuleFiles {
        let sources = rules.enumerated().map {
            SourceFile(path: "\($0.offset).rules.yaml", text: $0.element)
        }
        return RuleFiles(catalog: catalog, rules: sources)
    }

    /// A rule file with one rule that holds `body` beside its identity, four lines in.
    static func file(_ body: String) -> String {
        """
        kind: rules
        version: 1
        param: {heat: {value: 60.0, range: [40.0, 120.0], unit: Cel}, many: {value: 3}}
        define: {real: alert.status == "actual"}
        rules:
        - {id: a.rule, title: A rule, status: active, revision: 1, match: {kind: smoke},
        \(body)}
        """
    }

    static let score = "score: {public-safety: {points: '50.0', half_life: 5m}}"

    /// A text with `«` before the mistake: the text without it, and where it stood.
    static func unmark(_ text: String) -> (text: String, line: Int, column: Int) {
        let before = text.split(separator: "«", omittingEmptySubsequences: false)[0]
        let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
        let column = (lines.last ?? "").unicodeScalars.count + 1
        return (text.replacing("«", with: ""), lines.count, column)
    }
}
