import RuleBook
import Testing
import Workshop

@Suite struct `Tests of rules` {
    static let catalog = SourceFile(
        path: "catalog.yaml",
        text: """
            kind: catalog
            version: 1
            kinds:
              smoke: {cap: Fire, categories: [public-safety], unit: "1"}
              temperature: {cap: Fire, categories: [public-safety], unit: Cel}
            categories: [political-security, public-order, social-conflict, public-safety, cyber-security]
            combine: noisy_or
            warnings:
              blue:   {raise: 20, clear: 15, cap_severity: Minor}
              yellow: {raise: 40, clear: 33, cap_severity: Moderate}
              orange: {raise: 60, clear: 52, cap_severity: Severe}
              red:    {raise: 80, clear: 72, cap_severity: Extreme}
            certainty: {observed: 0.90, likely: 0.50, possible: 0.05}
            responsibilities:
              fire: {department: fire-brigade, level: street}
            priority: [{severity: [Extreme, Severe], urgency: Immediate, is: P1}, {is: P5}]
            """)

    static let rules = """
        kind: rules
        version: 1
        rules:
        - id: fire.smoke
          title: Smoke
          status: active
          revision: 1
          match: {kind: smoke}
          by: [alert.cell]
          windows: {n: {fn: count, over: 1m, where: alert.value >= 0.5}}
          raise: {when: w.n >= 2, hold: 10s}
          clear: {when: w.n == 0, hold: 1m}
          score:
            public-safety: {points: '80.0', confidence: '0.95', half_life: 10m}
          task: {kind: fire, title: 'Smoke in ${cell.name}', cap: {urgency: Immediate}, close_on: clear}
        """

    static func run(
        _ cases: String, rules: String = Self.rules, head: String = ""
    ) -> TestReport {
        Workshop.run(
            RuleFiles(
                catalog: catalog, rules: [SourceFile(path: "a.rules.yaml", text: rules)],
                tests: [
                    SourceFile(
                        path: "a.tests.yaml",
                        text: "kind: tests\nversion: 1\n\(head)cases:\n" + cases)
                ]))
    }

    static let feed = """
          feed: [{series: {kind: smoke, cell: g1, source: s1}, every: 10s, value: "0.8x2"}]
        """

    /// An expectation, and what is to be said when it is wrong; nil when it is right.
    static let expectations: [(String, String?)] = [
        ("{at: 10s, rule: fire.smoke, key: g1, state: pending}", nil),
        ("{at: 9s, rule: fire.smoke, key: g1, state: idle}", nil),
        ("{at: 20s, rule: fire.smoke, key: g1, state: active}", nil),
        ("{at: 20s, rule: fire.smoke, key: g1, state: idle}", "active"),
        ("{at: 20s, cell: g1, score: {public-safety: 80}}", nil),
        ("{at: 20s, cell: g1, score: {public-safety: 81}}", "80.0"),
        ("{at: 20s, cell: g1, score: {public-safety: 81}, within: 1}", nil),
        ("{at: 10m20s, cell: g1, score: {public-safety: 40}, within: 0.1}", nil),
        ("{at: 20s, cell: g1, warning: red}", nil),
        ("{at: 20s, cell: g1, warning: {public-order: none}}", nil),
        ("{at: 20s, cell: g1, score: {public-safety: 80}, warning: orange}", "red"),
        ("{at: 20s, tasks: 1}", nil),
        ("{at: 20s, tasks: 0}", "1"),
        ("{at: 19s, tasks: 0}", nil),
        ("{at: 20s, tasks: [{kind: fire, priority: P1, cell: g1, severity: Extreme}]}", nil),
        (
            "{at: 20s, tasks: [{title: Smoke in g1, certainty: observed, department: fire-brigade}]}",
            nil
        ),
        (
            "{at: 20s, tasks: [{priority: P2}]}",
            "fire.smoke: fire P1 extreme observed in T/g1/: Smoke in g1"
        ),
        (
            "{at: 20s, tasks: [{kind: fire}, {kind: fire}]}",
            "fire.smoke: fire P1 extreme observed in T/g1/: Smoke in g1"
        ),
        ("{at: 20s, tasks: []}", "fire.smoke: fire P1 extreme observed in T/g1/: Smoke in g1"),
        ("{at: 3m, rule: fire.smoke, key: g1, state: idle, tasks: 0}", nil),
    ]

    @Test(arguments: expectations)
    func `hold what is against what was to be`(expectation: String, actual: String?) throws {
        let report = Self.run("- name: x\n\(Self.feed)\n  expect: [\(expectation)]\n")
        #expect(report.findings.isEmpty, "\(report.text)")
        let result = try #require(report.cases.first)
        #expect(result.mismatches.first?.actual == actual, "\(report.text)")
    }

    @Test func `all run, whatever fails`() {
        let wrong = "- name: a\n\(Self.feed)\n  expect: [{at: 20s, tasks: 7}]\n"
        let right = "- name: b\n\(Self.feed)\n  expect: [{at: 20s, tasks: 1}]\n"
        let report = Self.run(wrong + right + wrong)
        #expect(report.cases.count == 3)
        #expect(report.failed == 2)
        #expect(!report.isClean)
    }

    @Test func `say never of what comes after the last alert, too`() {
        let report = Self.run("- name: x\n\(Self.feed)\n  never: [{rule: fire.smoke}]\n")
        #expect(report.failed == 1)
    }

    @Test func `stand beside a rule as well`() {
        let inline = """

              tests:
              - name: beside
                feed: [{at: 0s, kind: smoke, cell: g1, value: 0.8}, {at: 5s, kind: smoke, cell: g1, value: 0.8}]
                expect: [{at: 15s, key: g1, state: active, task: {priority: P1}}]
            """
        let report = Workshop.run(
            RuleFiles(
                catalog: Self.catalog,
                rules: [SourceFile(path: "a.rules.yaml", text: Self.rules + inline)]))
        #expect(report.cases.map(\.name) == ["beside"])
        #expect(report.isClean, "\(report.text)")
    }

    /// A case that must be refused, and the code it is refused with.
    static let mistakes: [(FindingCode, String)] = [
        (
            .testUnknown,
            "- name: x\n\(feed)\n  expect: [{at: 1s, rule: fire.smok, key: g1, state: idle}]\n"
        ),
        (
            .testUnknown,
            "- name: x\n\(feed)\n  expect: [{at: 1s, rule: fire.smoke, key: g9, state: idle}]\n"
        ),
        (.testUnknown, "- name: x\n\(feed)\n  never: [{rule: fire}]\n"),
        (.testUnknown, "- name: x\n\(feed)\n  expect: [{at: 1s, cell: g1, score: {safety: 3}}]\n"),
        (.testEmpty, "- name: x\n\(feed)\n"),
        (.testEmpty, "- name: x\n\(feed)\n  expect: [{at: 1s}]\n"),
        (.testEmpty, "- name: x\n\(feed)\n  expect: [{at: 1s, state: idle}]\n"),
        (.testEmpty, "- name: x\n\(feed)\n  expect: [{at: 1s, score: {public-safety: 1}}]\n"),
        (.testEmpty, "- name: x\n\(feed)\n  never: [{}]\n"),
        (.yamlUnknownKey, "- name: x\n\(feed)\n  expect: [{at: 1s, cell: g1, scores: {}}]\n"),
        (
            .yamlUnknownKey,
            "- name: x\n  feed: [{at: 1s, kind: smoke, cell: g1, vale: 1}]\n  never: [{rule: fire.smoke}]\n"
        ),
        (
            .yamlMissingKey,
            "- name: x\n  feed: [{at: 1s, kind: smoke}]\n  never: [{rule: fire.smoke}]\n"
        ),
        (
            .yamlType,
            "- name: x\n  feed: [{series: {kind: smoke, cell: g1}, every: 1s, value: 1+x}]\n  never: [{rule: fire.smoke}]\n"
        ),
        (.testEmpty, "- name: x\n\(feed)\n  values: []\n"),
        (
            .testUnknown,
            "- name: x\n\(feed)\n  values: [{at: 1s, rule: fire.smoke, key: g1, expr: w.m, is: 1}]\n"
        ),
        (.yamlRange, "- name: x\n\(feed)\n  also: {shuffle: 0}\n  never: [{rule: fire.smoke}]\n"),
        (
            .testUnknown,
            "- name: x\n\(feed)\n  expect: [{at: 1s, cell: g1, because: [fire.x]}]\n"
        ),
        (
            .testUnknown,
            "- name: x\n\(feed)\n  expect: [{at: 1s, rule: fire.smoke, key: [g1, g1], state: idle}]\n"
        ),
    ]

    @Test(arguments: mistakes)
    func `that can't mean what they say are refused`(code: FindingCode, text: String) {
        let report = Self.run(text)
        #expect(
            report.findings.contains { $0.code == code && $0.place.file == "a.tests.yaml" },
            "\(report.text)")
        #expect(!report.isClean)
    }

    @Test func `say so when an alert they feed is refused`() {
        let report = Self.run(
            "- name: x\n  feed: [{at: 0s, kind: smoke.x, cell: g1}]\n  never: [{rule: fire.smoke}]\n"
        )
        #expect(report.cases.first?.mismatches.first?.actual.hasPrefix("unknown_kind") == true)
    }

    @Test func `are reported as text, JSON and JUnit`() throws {
        let report = Self.run("- name: a < b\n\(Self.feed)\n  expect: [{at: 20s, tasks: 7}]\n")
        #expect(report.text.contains("FAIL a.tests.yaml:4: a < b"))
        #expect(report.text.hasSuffix("0 of 1 cases passed"))
        #expect(report.junit.contains("<testsuites tests=\"1\" failures=\"1\">"))
        #expect(report.junit.contains("name=\"a &lt; b\""))
        #expect(try report.json().contains("\"expected\" : \"7\""))
    }

    @Test func `can be chosen by name`() throws {
        let cases = ["one", "two", "three"].map {
            "- name: \($0)\n\(Self.feed)\n  expect: [{at: 20s, tasks: 1}]\n"
        }
        let files = RuleFiles(
            catalog: Self.catalog, rules: [SourceFile(path: "a.rules.yaml", text: Self.rules)],
            tests: [
                SourceFile(
                    path: "a.tests.yaml",
                    text: "kind: tests\nversion: 1\ncases:\n" + cases.joined())
            ])
        let report = Workshop.run(files, TestOptions(filter: try Regex("^t")))
        #expect(report.cases.map(\.name) == ["two", "three"])
    }
}
