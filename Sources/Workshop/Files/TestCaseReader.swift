import RuleBook

/// Reads one case of a suite.
struct TestCaseReader {
    private static let schema = Schema(
        ["name", "feed", "expect", "never", "values", "also"])

    let findings: FindingList
    private let expectations: ExpectationReader

    /// - Parameter rule: the one that the tests stand beside.
    init(findings: FindingList, rule: String?) {
        self.findings = findings
        expectations = ExpectationReader(findings: findings, rule: rule)
    }

    func read(_ value: YAMLValue) -> TestCase? {
        guard let section = value.section(TestCaseReader.schema),
            let name = section.require("name")?.source()
        else { return nil }
        var test = TestCase(name: name.value, spot: value.spot)
        let feed = FeedReader(findings: findings).read(section.require("feed")?.items() ?? [])
        (test.feed, test.switches) = (feed.items, feed.switches)
        test.expectations = (section["expect"]?.items() ?? []).compactMap { expectations.read($0) }
        test.values = (section["values"]?.items() ?? []).compactMap { expectations.readValue($0) }
        let patterns = TaskPatternReader()
        test.never = (section["never"]?.items() ?? []).compactMap { patterns.read($0) }
        test.variations = section["also"].map(readVariations) ?? Variations()
        if test.expectations.isEmpty, test.never.isEmpty, test.values.isEmpty {
            value.error(
                .testEmpty, "the case expects nothing", hint: "`expect`, `never` or `values`")
        }
        return test
    }

    /// `{shuffle: 50, repeat: 2, reload_at: 4m}`
    private func readVariations(_ value: YAMLValue) -> Variations {
        var variations = Variations(spot: value.spot)
        guard let section = value.section(Schema(["shuffle", "repeat", "reload_at"])) else {
            return variations
        }
        variations.shuffles = Int(section["shuffle"]?.integer(1...1000) ?? 0)
        variations.repeats = Int(section["repeat"]?.integer(1...100) ?? 1)
        variations.reloads = (section["reload_at"]?.itemsOrSelf() ?? []).compactMap {
            $0.duration(FeedReader.times)
        }
        return variations
    }
}
