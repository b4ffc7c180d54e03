import Domain
import RuleBook
import Testing
import Workshop

@Suite struct `An explanation` {
    private static func explain(_ question: Question?) throws -> ExplanationTree {
        var explainer = Explainer(
            try RuleBook.load(Recordings.rules()), try Recordings.grid())
        return try explainer.explain(try #require(question), over: Recordings.recording)
    }

    @Test func `leads from a task to the values of its conditions and to its alerts`() throws {
        let incident = try #require(try Recordings.replay(Recordings.rules()).tasks.first).incident
        let text = try Self.explain(Question(incident)).indented
        for words in [
            "Smoke in Cell g1", "priority P1: row 1 of the matrix", "urgency: immediate",
            "warning red of public-safety in T/g1: raised at 80", "score 80 of 100",
            "80 from fire.smoke@1", "Two smoke alerts in a minute are no accident.",
            "rule fire.smoke@1 for alert.cell T/g1: raised", "w.n >= 2 = true", "w.n = 2",
            "acme/s-g1#a-10-g1: smoke 0.8 1, confidence 0.9",
        ] { #expect(text.contains(words), "\(words)\n\(text)") }
    }

    @Test func `says what an alert did, and which rules it was not for`() throws {
        let taken = try Self.explain(Question("acme/s-g1#a-10-g1")).indented
        #expect(taken.contains("in T/g1") && taken.contains("w.n = 2"), "\(taken)")
        let other = try Self.explain(Question("a-40-g2")).indented
        #expect(other.contains("not for fire.smoke"), "\(other)")
        #expect(other.contains("alert.value >= 0.5 = false"), "\(other)")
    }

    @Test func `says what stands in a cell at a moment`() throws {
        let text = try Self.explain(Question("g1@2026-03-01T08:00:25Z")).indented
        #expect(text.contains("warning red") && text.contains("open task"), "\(text)")
        let quiet = try Self.explain(Question("g2@2026-03-01T08:00:25Z")).indented
        #expect(quiet.contains("nothing: every score is 0"))
    }

    @Test func `says why a rule is not raised`() throws {
        let text = try Self.explain(
            Question(whyNot: "fire.smoke", "g2@2026-03-01T08:00:45Z")
        ).indented
        for words in [
            "idle", "w.n >= 2 = false", "w.n = 1", "not taken: acme/s-g2#a-40-g2",
            "taken: acme/s-g2#a-5-g2",
        ] { #expect(text.contains(words), "\(words)\n\(text)") }
    }

    @Test func `says that there is nothing like it`() {
        #expect(throws: NothingThere.self) { try Self.explain(Question("0123456789")) }
        #expect(throws: NothingThere.self) { try Self.explain(Question("acme/x#1")) }
        #expect(throws: NothingThere.self) { try Self.explain(Question("g9@2026-03-01T08:00:45Z")) }
        #expect(Question("g9@then") == nil)
    }

    @Test func `is a tree in JSON`() throws {
        let tree = try Self.explain(Question("g1@2026-03-01T08:00:25Z"))
        #expect(try tree.json().contains("\"because\""))
    }
}

@Suite struct `A captured task` {
    @Test func `is a case that passes`() throws {
        let files = Recordings.rules()
        let incident = try #require(try Recordings.replay(files).tasks.first).incident
        let capture = try Capture(files, try Recordings.grid())
        let captured = try capture.testFile(
            of: incident, in: Recordings.recording, lead: .hours(1), directory: "")
        #expect(captured.alertCount == 4)
        #expect(captured.text.contains("kind: smoke, cell: g1, source: acme/s-g1"))
        let report = Workshop.run(captured, with: files)
        #expect(report.isClean && report.cases.count == 1, "\(report.text)\n\(captured.text)")
        let stricter = Workshop.run(captured, with: Recordings.rules(n: 9))
        #expect(!stricter.isClean)
    }

    @Test func `brings what the registry says of its sources`() throws {
        var files = Recordings.rules()
        files.rules[0] = SourceFile(
            path: "a.rules.yaml",
            text: files.rules[0].text.replacing(
                "alert.value >= 0.5", with: "'source.name == \"Boiler room: 1\"'"))
        files.tables[TableText.registryName] = TableText([
            .init(key: "acme/s-g1", values: ["name": "Boiler room: 1", "cell": "T/g1"]),
            .init(key: "acme/elsewhere", values: ["name": "x"]),
        ])
        let sources = try Recordings.sources()
        let replayed = try Recordings.replay(files, over: Recordings.placeless, sources: sources)
        let incident = try #require(replayed.tasks.first).incident
        let capture = try Capture(files, try Recordings.grid(), sources: sources)
        let captured = try capture.testFile(
            of: incident, in: Recordings.placeless, lead: .hours(1), directory: "")
        #expect(captured.text.contains("acme/s-g1: {cell: g1, name: 'Boiler room: 1'}"))
        #expect(!captured.text.contains("elsewhere"))
        let report = Workshop.run(captured, with: files)
        #expect(report.isClean && report.cases.count == 1, "\(report.text)\n\(captured.text)")
    }

    @Test func `must be there`() throws {
        #expect(throws: NothingThere.self) {
            let capture = try Capture(Recordings.rules(), try Recordings.grid())
            _ = try capture.testFile(
                of: "ffff", in: Recordings.recording, lead: .hours(1), directory: "")
        }
    }
}
