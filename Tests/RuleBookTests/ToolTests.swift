import Domain
import Foundation
import Testing

@testable import RuleBook

@Suite struct `The tools of rule authors` {
    static let text = RuleBench.file(
        """
        by: [alert.cell], windows: {n: {fn: count, over: 5m, where: define.real}},
        raise: {when: w.n >= param.many, hold: 10s}, clear: {when: w.n == 0},
        score: {public-safety: {points: 'param.heat', half_life: 5m}}
        """)

    private func facts(_ text: String) throws -> [RuleFact] {
        let set = try RuleBook.load(RuleBench.files(text))
        return set.rules + set.idle
    }

    static let changes: [(String, String, [String], RuleDiff.State)] = [
        ("w.n == 0", "w.n == 1", ["clear.when"], .kept),
        ("'param.heat'", "'51.0'", ["score.public-safety.points"], .kept),
        ("hold: 10s", "hold: 11s", ["other"], .kept),
        ("many: {value: 3}", "many: {value: 4}", ["raise.when"], .kept),
        ("over: 5m", "over: 6m", ["other"], .rebuilt),
        ("[alert.cell]", "[alert.source]", ["by"], .rebuilt),
        ("status: active", "status: draft", ["status"], .reset),
        ("title: A rule", "title: The rule", ["title"], .kept),
    ]

    @Test(arguments: changes)
    func `say what changed, and what becomes of its state`(
        from: String, to: String, parts: [String], state: RuleDiff.State
    ) throws {
        let changed = Self.text.replacing(from, with: to)
        let diff = RuleDiff(try facts(Self.text), try facts(changed))
        let entry = try #require(diff.entries.first)
        #expect(entry.change == .changed && entry.parts == parts && entry.state == state)
    }

    @Test func `tell rules that came and went`() throws {
        let other = Self.text.replacing("a.rule", with: "b.rule")
        let diff = RuleDiff(try facts(Self.text), try facts(other))
        #expect(diff.entries.map(\.change) == [.removed, .added])
        #expect(diff.text.contains("- a.rule: state reset\n+ b.rule: state reset"))
        #expect(RuleDiff(try facts(Self.text), try facts(Self.text)).unchanged == 1)
    }

    @Test func `lock what a revision decides`() throws {
        var files = RuleBench.files(Self.text)
        let lock = try RuleBook.lock(files)
        files.lock = SourceFile(path: "rules.lock", text: lock.text)
        #expect(RuleBook.lockFindings(files).isEmpty)
        let changed = Self.text.replacing("w.n == 0", with: "w.n == 1")
        files.rules = RuleBench.files(changed).rules
        let refused = RuleBook.lockFindings(files)
        #expect(refused.map(\.code) == [.lockRevision])
        #expect(refused.first?.place.file == "0.rules.yaml")
        files.rules = RuleBench.files(changed.replacing("revision: 1", with: "revision: 2")).rules
        #expect(RuleBook.lockFindings(files).map(\.code) == [.lockStale])
    }

    @Test func `hash as others do`() {
        #expect(
            SHA256.hex("abc")
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            SHA256.hex(String(repeating: "a", count: 119)).hasPrefix(
                "31eba51c313a5c08226adf18d4a359cf"))
    }

    @Test func `write SARIF with what its specification requires`() throws {
        let files = RuleBench.files(RuleBench.file("wher: x, \(RuleBench.score)"))
        let report = RuleBook.report(files, today: "2026-03-01")
        let data = Data(SARIF.text(report, version: "0.1.0").utf8)
        let log = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(log["version"] as? String == "2.1.0")
        let run = try #require((log["runs"] as? [[String: Any]])?.first)
        let driver = (run["tool"] as? [String: Any])?["driver"] as? [String: Any]
        #expect(driver?["name"] as? String == "tocsin check")
        let result = try #require((run["results"] as? [[String: Any]])?.first)
        #expect((result["message"] as? [String: Any])?["text"] is String)
        #expect(result["ruleId"] as? String == "yaml/unknown-key")
        #expect(["none", "note", "warning", "error"].contains(result["level"] as? String))
        let location = (result["locations"] as? [[String: Any]])?.first
        let physical = location?["physicalLocation"] as? [String: Any]
        let region = physical?["region"] as? [String: Any]
        #expect(region?["startLine"] as? Int == 7)
        #expect(region?["startColumn"] as? Int == 1)
    }

    @Test(arguments: JSONSchema.Kind.allCases)
    func `ship the JSON Schema that the readers hold files against`(kind: JSONSchema.Kind) throws {
        let path = "\(`The shipped rules`.directory)/schema/\(kind.rawValue).json"
        let shipped = try String(contentsOfFile: path, encoding: .utf8)
        #expect(shipped == JSONSchema.text(kind), "tocsin schema --write Rules/schema")
        let object = try JSONSerialization.jsonObject(with: Data(shipped.utf8))
        let schema = try #require(object as? [String: Any])
        #expect(schema["additionalProperties"] as? Bool == false)
        let required = try #require(schema["required"] as? [String])
        #expect(required.contains("kind") && required.contains("version"))
    }
}

@Suite struct `Remarks that silence findings` {
    private func report(_ remark: String, today: String = "2026-03-01") -> CheckReport {
        let text = """
            kind: rules
            version: 1
            rules:
            \(remark)
            - {id: a.rule, title: A rule, status: active, revision: 1, match: {kind: smoke},
               score: {public-safety: {points: '50.0', half_life: 5m}}}
            """
        return RuleBook.report(RuleBench.files(text), today: today)
    }

    @Test func `leave out the code they name, and are counted`() {
        let open = report("")
        #expect(open.findings.map(\.code) == [.testNone])
        #expect(open.findings.first?.level == .warning)
        let silenced = report("# tocsin: disable test/none")
        #expect(silenced.findings.isEmpty && silenced.silenced.map(\.code) == [.testNone])
        #expect(silenced.summary == "0 errors, 0 warnings, 1 silenced: test/none")
    }

    @Test func `that snooze end with their day`() {
        #expect(report("# tocsin: snooze 2026-03-01 test/none").isClean)
        let ended = report("# tocsin: snooze 2026-02-28 test/none")
        #expect(ended.findings.map(\.code) == [.remarkDate, .testNone])
    }

    @Test func `must name a code there is`() {
        let wrong = report("# tocsin: disable test/nome")
        #expect(wrong.findings.first?.code == .remarkCode)
        #expect(wrong.findings.first?.hint == "did you mean `test/none`?")
        #expect(report("# tocsin: disable").findings.first?.code == .remarkCode)
        #expect(report("# tocsin: snooze soon test/none").findings.first?.code == .remarkDate)
    }
}

@Suite struct `Silences` {
    static let head = "kind: silences\nversion: 1\nsilences:\n"

    private func silences(_ body: String) throws -> [Silence] {
        let file = SourceFile(path: "silences.yaml", text: Self.head + body)
        return try RuleBook.silences([file], rules: ["a.rule"], kinds: ["smoke"])
    }

    @Test func `say what is silent, until when, and by whom`() throws {
        let silence = try #require(
            try silences(
                "- {id: s1, match: {rule: a.rule, cell: CITY/north/}, "
                    + "from: 2026-03-01T22:00:00+08:00, until: 2026-03-02T06:00:00+08:00, "
                    + "by: duty-officer, reason: Firmware, scores: drop}"
            ).first)
        #expect(silence.cell == "CITY/north" && silence.rule == "a.rule" && !silence.keepsScores)
        #expect(silence.until.nanoseconds - silence.from.nanoseconds == 8 * 3600 * 1_000_000_000)
    }

    static let mistakes: [(FindingCode, String)] = [
        (.yamlMissingKey, "- {id: s1, match: {rule: a.rule}, by: me, reason: x}"),
        (
            .yamlEmpty,
            "- {id: s1, match: {}, until: 2026-03-02T06:00:00Z, by: me, reason: x}"
        ),
        (
            .ruleReference,
            "- {id: s1, match: {rule: b.rule}, until: 2026-03-02T06:00:00Z, by: me, reason: x}"
        ),
        (
            .silenceTime,
            "- {id: s1, match: {kind: smoke}, from: 2026-03-03T06:00:00Z, "
                + "until: 2026-03-02T06:00:00Z, by: me, reason: x}"
        ),
        (.yamlType, "- {id: s1, match: {kind: smoke}, until: tomorrow, by: me, reason: x}"),
    ]

    @Test(arguments: mistakes)
    func `that are wrong are refused`(code: FindingCode, body: String) {
        let errors = #expect(throws: RuleErrors.self) { _ = try silences(body) }
        #expect(errors?.findings.contains { $0.code == code } == true)
    }
}
