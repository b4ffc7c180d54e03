import RuleBook
import Testing
import Workshop

extension `Tests of rules` {
    static func cases(_ text: String) -> TestReport { run("- name: x\n\(text)\n") }

    /// Values of the rule's expressions: at, key, expression, what it is to be.
    static let values: [(String, String, String)] = [
        ("0s", "w.n", "1"), ("10s", "w.n", "2"), ("20s", "w.n >= 3", "true"),
        ("59s", "w.n", "3"), ("1m", "w.n", "2"), ("3m", "w.n", "0"),
        ("20s", "w.n + 1", "4"), ("20s", "alert.kind", "smoke"),
        ("20s", "score.public_safety", "80"), ("20s", "alert.value", "0.8"),
        ("20s", "cell.name", "g1"), ("20s", "alert.confidence", "null"),
        ("20s", "rule.id", "fire.smoke"),
    ]

    @Test(arguments: values)
    func `ask for the value of any expression at any time`(
        at: String, expression: String, value: String
    ) {
        let report = Self.cases(
            """
            \(Self.feed)
              values: [{at: \(at), rule: fire.smoke, key: g1, expr: '\(expression)', is: \(value)}]
            """)
        #expect(report.isClean && report.cases.count == 1, "\(report.text)")
    }

    static let precinct = rules.replacing(
        "where: alert.value >= 0.5", with: "where: 'cell.areas.police == \"p14\"'")
    static let areas = """
        cells:
          g1: {areas: {police: p14, fire: f1}}
          g2: {areas: {police: p15}}

        """

    /// In which cell, and how many alerts the rule sees.
    @Test(arguments: [("g1", 3), ("g2", 0), ("g3", 0)])
    func `give cells the areas that they lie in`(cell: String, count: Int) {
        let report = Self.run(
            """
            - name: x
              feed: [{series: {kind: smoke, cell: \(cell)}, every: 10s, value: "0.8x2"}]
              values: [{at: 20s, rule: fire.smoke, key: \(cell), expr: w.n, is: \(count)}]

            """, rules: Self.precinct, head: Self.areas)
        #expect(report.isClean && report.cases.count == 1, "\(report.text)")
    }

    /// The area of an alert, and which of g1, g2, g3 score.
    static let extents: [(String, [String])] = [
        ("cell: g1", ["g1"]), ("area: {cells: [g1, g2]}", ["g1", "g2"]),
        ("cell: g3, area: {cells: [g2]}", ["g2"]), ("cell: g1, area: {radius_m: 300}", ["g1"]),
        (
            "cell: g1, area: {polygon: [{lat: 1, lon: 1}, {lat: 1, lon: 2}, {lat: 2, lon: 1}]}",
            ["g1"]
        ),
    ]

    @Test(arguments: extents)
    func `feed alerts about an area`(place: String, scored: [String]) {
        let expected = ["g1", "g2", "g3"].map {
            "{at: 0s, cell: \($0), score: {public-safety: \(scored.contains($0) ? 50 : 0)}}"
        }
        let report = Self.run(
            """
            - name: x
              feed: [{at: 0s, kind: smoke, \(place)}]
              expect: [\(expected.joined(separator: ", "))]

            """, rules: Self.pulse, head: "cells: {g1: {}, g2: {}, g3: {}}\n")
        #expect(report.isClean && report.cases.count == 1, "\(report.text)")
    }

    static let pulse = """
        kind: rules
        version: 1
        rules:
        - id: fire.smoke
          title: Smoke
          status: active
          revision: 1
          match: {kind: smoke}
          score: {public-safety: {points: '50.0', confidence: '0.9', half_life: 10m}}
        """

    @Test(arguments: [
        ("{cells: [g1], radius_m: 3}", "an area has one of"), ("{}", "an area has one of"),
        ("{radius: 3}", "unknown key `radius`"), ("{radius_m: -1}", "radius_m"),
    ])
    func `say what is wrong with an area`(area: String, message: String) {
        let report = Self.cases(
            "  feed: [{at: 0s, kind: smoke, cell: g1, area: \(area)}]\n  expect: [{at: 0s, tasks: 0}]"
        )
        #expect(report.findings.contains { $0.text.contains(message) }, "\(report.text)")
    }

    @Test func `know an area as a key`() {
        let report = Self.run(
            """
            - name: x
              feed: [{series: {kind: smoke, cell: g1}, every: 10s, value: "0.8x2"}]
              expect: [{at: 20s, rule: fire.smoke, key: f1, state: active}]

            """, rules: Self.rules.replacing("by: [alert.cell]", with: "by: [cell.areas.fire]"),
            head: Self.areas)
        #expect(report.isClean && report.cases.count == 1, "\(report.text)")
    }

    @Test func `say which parts of a condition had which values when a state is another`() throws {
        let report = Self.cases(
            "\(Self.feed)\n  expect: [{at: 20s, rule: fire.smoke, key: g1, state: idle}]")
        let mismatch = try #require(report.cases.first?.mismatches.first)
        #expect(mismatch.why.contains("raise.when is true"))
        #expect(mismatch.why.contains("    w.n = 3"), "\(mismatch.why)")
        #expect(report.text.contains("w.n = 3"))
    }

    /// What is silenced, from when till when, and how many tasks are told of at 20 s.
    static let silences: [(String, String, String, Int)] = [
        ("{rule: fire.smoke}", "0s", "10m", 0), ("{cell: g1}", "5s", "10m", 0),
        ("{kind: smoke}", "0s", "15s", 1), ("{category: public-order}", "0s", "10m", 1),
        ("{rule: fire.smoke}", "2026-03-01T00:00:00Z", "2026-03-01T00:10:00Z", 0),
    ]

    @Test(arguments: silences)
    func `withhold what the file silences`(
        match: String, from: String, until: String, tasks: Int
    ) {
        let report = Self.run(
            "- name: x\n\(Self.feed)\n  expect: [{at: 20s, tasks: \(tasks)}]\n",
            head: """
                silences:
                - {id: s, match: \(match), from: \(from), until: \(until), by: me, reason: works}

                """)
        #expect(report.isClean && report.cases.count == 1, "\(report.text)")
    }

    @Test func `say what a silence names that is not there`() {
        let report = Self.run(
            "- name: x\n\(Self.feed)\n  expect: [{at: 20s, tasks: 1}]\n",
            head: "silences: [{id: s, match: {rule: fire.smok}, until: 1h, by: me, reason: x}]\n")
        #expect(report.findings.map(\.code) == [.ruleReference], "\(report.text)")
    }

    @Test func `judge a moment by all that happened up to it, however late it came`() {
        let report = Self.cases(
            """
              feed:
              - {at: 0s, kind: smoke, cell: g1, value: 0.8}
              - {at: 5s, late: 20s, kind: smoke, cell: g1, value: 0.8}
              expect:
              - {at: 4s, rule: fire.smoke, key: g1, state: idle}
              - {at: 6s, rule: fire.smoke, key: g1, state: pending}
              - {at: 15s, rule: fire.smoke, key: g1, state: active}
            """)
        #expect(report.isClean, "\(report.text)")
    }

    @Test func `run a case twice and in other orders`() {
        let report = Self.cases(
            """
            \(Self.feed)
              expect: [{at: 20s, rule: fire.smoke, key: g1, state: active}]
              also: {shuffle: 20, repeat: 2}
            """)
        #expect(report.isClean, "\(report.text)")
    }

    @Test func `feed positions, texts, references and ids`() {
        let report = Self.cases(
            """
              feed:
              - {at: 0s, kind: smoke, cell: g1, id: a-1, text: door warm, value: 0.8}
              - {at: 1s, kind: smoke, cell: g1, ref: a-1, value: 0.8}
              values: [{at: 1s, rule: fire.smoke, key: g1, expr: w.n, is: 2}]
            """)
        #expect(report.isClean, "\(report.text)")
    }

    @Test func `take nan for what the door refuses, and stale for a source without a value`() {
        let report = Self.cases(
            """
              feed: [{series: {kind: smoke, cell: g1}, every: 1s, value: "0.8 nan _ stale 0.8"}]
              values: [{at: 4s, rule: fire.smoke, key: g1, expr: w.n, is: 2}]
            """)
        #expect(report.isClean, "\(report.text)")
    }

    @Test func `make their map from a table of cells`() {
        let report = Self.run(
            """
            - name: x
            \(Self.feed)
              expect: [{at: 20s, tasks: [{title: Smoke in Market St, cell: g1, key: g1}]}]

            """, head: "tables: {cell: {g1: {name: Market St, parent: b1, population: 900}}}\n")
        #expect(report.isClean, "\(report.text)")
    }

    @Test func `tell the tasks of one key from those of another`() {
        let report = Self.cases(
            """
              feed:
              - {series: {kind: smoke, cell: g1}, every: 10s, value: "0.8x2"}
              - {at: 0s, kind: smoke, cell: g2, value: 0.8}
              expect:
              - {at: 20s, rule: fire.smoke, key: g1, task: {kind: fire}}
              - {at: 20s, rule: fire.smoke, key: g2, state: idle, tasks: 0}
              - {at: 20s, cell: g1, because: [fire.smoke]}
              - {at: 20s, tasks: [{rule: fire.smoke, key: g1}]}
            """)
        #expect(report.isClean, "\(report.text)")
    }

    @Test func `call a rule active also while it is clearing`() {
        let report = Self.cases(
            """
            \(Self.feed)
              expect:
              - {at: 90s, rule: fire.smoke, key: g1, state: active}
              - {at: 90s, rule: fire.smoke, key: g1, state: clearing}
              - {at: 3m, rule: fire.smoke, key: g1, state: idle}
            """)
        #expect(report.isClean, "\(report.text)")
    }

    @Test func `reload the same rules in the middle without a difference`() {
        let report = Self.cases(
            """
            \(Self.feed)
              expect:
              - {at: 20s, rule: fire.smoke, key: g1, state: active, tasks: 1}
              - {at: 3m, rule: fire.smoke, key: g1, state: idle, tasks: 0}
              also: {reload_at: [5s, 15s, 30s]}
            """)
        #expect(report.isClean, "\(report.text)")
    }
}
