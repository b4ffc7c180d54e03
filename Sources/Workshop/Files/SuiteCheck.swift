import CEL
import Domain
import RuleBook
import Scoring

/// Holds a suite's tests against the rules they are run with.
struct SuiteCheck {
    let findings: FindingList

    /// The suite's rules, when they load and every rule, key and expression that the tests name is
    /// there; else nil, with findings.
    func passing(_ suite: TestSuite) -> [RuleFact]? {
        let rules: [RuleFact]
        do {
            rules = try RuleBook.load(suite.sources).rules
        } catch {
            findings.add(error.findings)
            return nil
        }
        let before = findings.findings.count
        for test in suite.cases {
            checkRules(test, rules)
            checkKeys(test, rules, suite)
            checkValues(test, rules)
        }
        return findings.findings.count == before ? rules : nil
    }

    private func checkRules(_ test: TestCase, _ rules: [RuleFact]) {
        let ids = rules.map(\.id)
        for name in named(test) where !ids.contains(name.rule) {
            findings.error(
                .testUnknown, "there is no running rule `\(name.rule)`", at: name.spot,
                hint: Likeness.hint(for: name.rule, among: ids))
        }
    }

    private func named(_ test: TestCase) -> [(rule: String, spot: Spot)] {
        let patterns = test.never + test.expectations.flatMap { $0.tasks?.patterns ?? [] }
        return test.expectations.compactMap { one in one.rule.map { ($0, one.spot) } }
            + test.values.map { ($0.rule, $0.spot) }
            + test.expectations.flatMap { one in
                (one.because ?? []).filter { $0 != "spread" }.map { ($0, one.spot) }
            }
            + patterns.flatMap { pattern in
                pattern.fields.filter { $0.name == "rule" }.map { ($0.text, $0.spot) }
            }
    }

    private func checkKeys(_ test: TestCase, _ rules: [RuleFact], _ suite: TestSuite) {
        let known = words(of: test, suite)
        let keys =
            test.expectations.map { ($0.key, $0.rule, $0.spot) }
            + test.values.map { ($0.key, Optional($0.rule), $0.spot) }
        for (key, rule, spot) in keys where !key.isEmpty {
            for part in key where !known.contains(part) {
                findings.error(
                    .testUnknown, "nothing in the case has the key `\(part)`", at: spot,
                    hint: Likeness.hint(for: part, among: known.sorted()))
            }
            guard let fact = rules.first(where: { $0.id == rule }), fact.keyNames.count != key.count
            else { continue }
            let parts = fact.keyNames.joined(separator: ", ")
            findings.error(
                .testUnknown, "the rule's key has \(fact.keyNames.count) parts: \(parts)", at: spot)
        }
    }

    /// What a part of a key can be: a cell or its area, a source, a word or an attribute of an
    /// alert that is fed, or a value of a table.
    private func words(of test: TestCase, _ suite: TestSuite) -> Set<String> {
        var words = Set(suite.map.cells.flatMap { [$0.code, $0.parent ?? $0.code, $0.name] })
        for cell in suite.map.cells { words.formUnion(cell.areas.values) }
        for row in suite.sources.tables.values.flatMap(\.rows) {
            words.insert(row.key)
            words.formUnion(row.values.values)
        }
        for alert in test.feed.map(\.alert) {
            words.formUnion([
                alert.source, alert.kind, alert.severity, alert.state ?? "pulse",
                alert.status ?? "actual",
            ])
            words.formUnion(alert.cells + [alert.urgency, alert.unit].compactMap { $0 })
            for attribute in alert.attributes {
                if case .text(let text) = attribute.value { words.insert(text) }
            }
        }
        return words
    }

    /// Whether each expression can be evaluated where its rule's conditions are.
    private func checkValues(_ test: TestCase, _ rules: [RuleFact]) {
        for value in test.values {
            guard let rule = rules.first(where: { $0.id == value.rule }) else { continue }
            if let mistake = rule.mistake(in: value.expression) {
                findings.error(
                    .testUnknown, "`\(value.expression)`: \(mistake.message)", at: value.spot,
                    hint: mistake.hint)
            }
        }
    }
}
