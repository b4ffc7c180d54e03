import Testing

@testable import RuleBook

@Suite struct `The hash of a rule` {
    static let flow = """
        kind: rules
        version: 1
        param: {heat: {value: 60.0}, other: {value: 1.0}}
        define: {hot: alert.value >= param.heat}
        rules:
        - {id: a.rule, title: Hot, status: active, revision: 1, match: {kind: [smoke, temperature]},
           where: define.hot, by: [alert.cell],
           windows: {n: {fn: count, over: 5m}, m: {fn: max, over: 60s, of: alert.value, empty: 0}},
           raise: {when: w.n >= 3 && w.m > 1.0, hold: 10s}, clear: {when: w.n == 0},
           score: {public-safety: {points: '50.0', half_life: 5m}}}
        """

    static let block = """
        # The same rule, laid out anew.
        version: 1
        kind: rules
        define:
          hot: 'alert.value>=param.heat  // the same'
        param:
          other: {value: 1.0}
          heat:
            value: 60.0
        rules:
          - title: "Hot"
            why: a reason does not change what is decided
            id: a.rule
            revision: 7
            labels: {hazard: fire}
            status: shadow
            match: {kind: [temperature, smoke]}
            by:
              - alert.cell
            where: "define.hot"
            windows:
              m: {fn: max, of: alert.value, over: 1m, pane: 1s, empty: 0.0}
              n: {fn: count, over: 300s}
            clear: {hold: 0s, when: "w.n==0"}
            raise:
              hold: 10s
              when: >-
                w.n >= 3
                && w.m > 1.0
            score:
              public-safety:
                points: 50.0
                half_life: 300s
                group: a.rule
        """

    private func hash(_ text: String) -> UInt64 {
        let file = RuleDrafts(RuleBench.files(text), FindingList()).files[0]
        return CanonicalForm(file.rules[0], in: file).hash
    }

    @Test func `does not change when the file is laid out anew`() {
        #expect(hash(Self.flow) == hash(Self.block))
    }

    @Test func `is the same in every process`() {
        #expect(String(hash(Self.flow), radix: 16) == "29cf40e468eb6d8b")
    }

    static let changes: [(String, String)] = [
        ("value: 60.0", "value: 61.0"), ("w.n >= 3", "w.n >= 4"), ("hold: 10s", "hold: 11s"),
        ("over: 5m", "over: 6m"), ("[smoke, temperature]", "smoke"), ("'50.0'", "'51.0'"),
        ("half_life: 5m", "half_life: 6m"), ("a.rule,", "a.rules,"),
        ("fn: count", "fn: distinct, of: alert.source"),
        (">= param.heat", "> param.heat"), ("[alert.cell]", "[alert.source]"),
        ("empty: 0", "empty: 1"),
    ]

    @Test(arguments: changes)
    func `changes with what the rule decides`(from: String, to: String) {
        let changed = Self.flow.replacing(from, with: to)
        #expect(changed != Self.flow)
        #expect(hash(changed) != hash(Self.flow))
    }

    @Test func `does not change with a parameter the rule does not read`() {
        #expect(hash(Self.flow.replacing("value: 1.0", with: "value: 2.0")) == hash(Self.flow))
    }

    static let conditions: [(String, String)] = [
        ("a  &&\n b", "a&&b"), ("a in [1, 2]", "a in[1,2]"), ("'a  b' == x", "'a  b'==x"),
        ("x // remark\n + 1", "x+1"), ("\"//\" + y", "\"//\"+y"), ("a ? b : c", "a?b:c"),
        ("'it\\'s  ' + z", "'it\\'s  '+z"),
    ]

    @Test(arguments: conditions)
    func `is of conditions without blanks and remarks`(source: String, canonical: String) {
        #expect(CanonicalForm.condition(source) == canonical)
    }
}
