import RuleBook
import Testing
import Workshop

@Suite struct `Coverage of rules` {
    static func run(_ cases: String) -> TestReport {
        Workshop.run(
            RuleFiles(
                catalog: `Tests of rules`.catalog,
                rules: [SourceFile(path: "a.rules.yaml", text: `Tests of rules`.rules)],
                tests: [
                    SourceFile(
                        path: "a.tests.yaml", text: "kind: tests\nversion: 1\ncases:\n" + cases)
                ]), TestOptions(isDetailed: true))
    }

    static let raising = """
        - name: raise
          feed: [{series: {kind: smoke, cell: g1, source: s1}, every: 10s, value: "0.8x2"}]
          expect: [{at: 20s, tasks: 1}]

        """
    static let nearMiss = """
        - name: quiet
          feed: [{at: 0s, kind: smoke, cell: g1, value: 0.4}]
          expect: [{at: 20s, tasks: 0}]

        """

    @Test func `sees each part of a condition true and false`() throws {
        let report = Self.run(Self.raising)
        let rule = try #require(report.coverage.first)
        let raise = try #require(rule.parts.first { $0.condition == "raise.when" })
        #expect(raise.text == "w.n >= 2")
        #expect(raise.wasTrue && raise.wasFalse)
        let sample = try #require(rule.parts.first { $0.text == "alert.value >= 0.5" })
        #expect(sample.wasTrue && !sample.wasFalse)
        #expect(rule.gaps.contains("no test keeps it quiet"))
        #expect(rule.gaps.contains { $0.hasSuffix("`alert.value >= 0.5` is never false") })
        #expect(report.coverageSummary.percent < 100)
    }

    @Test func `is complete when a rule raises, clears and stays quiet`() {
        let report = Self.run(Self.raising + Self.nearMiss)
        #expect(report.coverageSummary.percent == 100, "\(report.coverageText)")
        #expect(report.isClean, "\(report.text)")
    }
}

@Suite struct `Updates of tests` {
    @Test func `write figures that are wrong, and nothing else`() throws {
        let cases = """
            - name: raise   # the usual
              feed: [{series: {kind: smoke, cell: g1, source: s1}, every: 10s, value: "0.8x2"}]
              expect:
              # the score at once
              - {at: 20s, rule: fire.smoke, key: g1, state: idle, score: {public-safety: 70}}   # wrong
              - {at: 20s, tasks: [{priority: P2}]}
              values: [{at: 20s, rule: fire.smoke, key: g1, expr: w.n, is: 9}]

            """
        let text = "kind: tests\nversion: 1\ncases:\n" + cases
        let files = RuleFiles(
            catalog: `Tests of rules`.catalog,
            rules: [SourceFile(path: "a.rules.yaml", text: `Tests of rules`.rules)],
            tests: [SourceFile(path: "a.tests.yaml", text: text)])
        let update = TestUpdate(Workshop.run(files), files)
        let new = try #require(update.files.first).text
        #expect(
            new
                == text.replacing("state: idle", with: "state: active")
                .replacing("public-safety: 70", with: "public-safety: 80")
                .replacing("priority: P2", with: "priority: P1")
                .replacing("is: 9", with: "is: 3"))
        #expect(update.fixes == 4)
        var updated = files
        updated.tests = [SourceFile(path: "a.tests.yaml", text: new)]
        #expect(Workshop.run(updated).isClean)
    }
}
