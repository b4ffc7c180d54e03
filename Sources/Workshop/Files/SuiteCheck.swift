import RuleBook

/// Holds a suite's tests against the rules they are run with.
struct SuiteCheck {
    let findings: FindingList

    /// Whether the rules load, and every rule and key that the tests name is there.
    func passes(_ suite: TestSuite) -> Bool {
        let rules: [RuleFact]
        do {
            rules = try RuleBook.load(suite.sources).rules
        } catch {
            findings.add(error.findings)
            return false
        }
        let ids = rules.map(\.id)
        var isClean = true
        for test in suite.cases {
            for name in named(test) where !ids.contains(name.rule) {
                isClean = false
                findings.error(
                    .testUnknown, "there is no running rule `\(name.rule)`", at: name.spot,
                    hint: Likeness.hint(for: name.rule, among: ids))
            }
            for expectation in test.expectations where !isKnown(expectation, test) {
                isClean = false
                findings.error(
                    .testUnknown,
                    "no alert of the case has the key \(expectation.key.joined(separator: ", "))",
                    at: expectation.spot)
            }
        }
        return isClean
    }

    private func named(_ test: TestCase) -> [(rule: String, spot: Spot)] {
        let patterns = test.never + test.expectations.flatMap(\.patterns)
        return test.expectations.compactMap { one in one.rule.map { ($0, one.spot) } }
            + patterns.flatMap { pattern in
                pattern.fields.filter { $0.name == "rule" }.map { ($0.text, pattern.spot) }
            }
    }

    /// Each part of a key must be a cell, a source or a word of an alert that is fed.
    private func isKnown(_ one: Expectation, _ test: TestCase) -> Bool {
        one.key.allSatisfy { part in
            test.feed.contains { item in
                let alert = item.alert
                let words = [
                    alert.cell, alert.source, alert.kind, alert.severity, alert.state ?? "pulse",
                    alert.status ?? "actual", alert.urgency ?? "",
                ]
                return words.contains(part)
            }
        }
    }
}

extension Expectation {
    fileprivate var patterns: [TaskPattern] {
        if case .exactly(let patterns)? = tasks { patterns } else { [] }
    }
}
