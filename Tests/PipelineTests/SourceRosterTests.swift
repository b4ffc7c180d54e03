import Cells
import Domain
import Lanes
import Pipeline
import RuleBook
import Scoring
import Testing

@Suite("The registry of sources as a table of rules")
struct SourceRosterTests {
    private static let rules = """
        rules:
        - id: town.silent
          title: Silent
          status: active
          revision: 1
          match: {kind: smoke}
          by: [alert.source]
          absence: {expect: source.period, missed: 3, arm: roster, settle: 1m}
          score: {public-safety: {points: '50.0', confidence: '0.9', half_life: 6h}}
        - id: town.named
          title: Heat where the registry says that it is a boiler room
          status: active
          revision: 1
          match: {kind: heat}
          where: source.name == "Boiler room"
          score: {public-safety: {points: '30.0', confidence: '0.5', half_life: 1h}}
        """

    /// `acme/a` reports once a minute, `acme/cam` owes no report.
    private static func walk() throws -> Walk {
        var files = RuleFiles(
            catalog: SourceFile(path: "catalog.yaml", text: Town.catalog),
            rules: [SourceFile(path: "town.rules.yaml", text: Town.head + rules)])
        files.tables["source"] = TableText([
            .init(key: "acme/a", values: ["period": "1m", "cell": "b", "name": "Boiler room"]),
            .init(key: "acme/cam", values: ["cell": "c"]),
        ])
        let set = try RuleBook.load(files)
        let ring = RecordRing(byteCapacity: 1 << 20)
        return Walk(
            WalkParts(
                compiled: set.compiled(), grid: try Town.grid(), admission: AdmissionPolicy(),
                outlet: Outlet(ring: ring.writer(), instance: "test", epoch: 1)))
    }

    @Test("Who has a period and never reports is silent in its cell, who has none is not awaited")
    func roster() throws {
        var walk = try Self.walk()
        walk.advance(to: Town.start)
        walk.advance(to: Town.start + .minutes(10))
        let counters = walk.ruleCounters(RuleID(0))
        #expect(counters.raised == 1 && counters.errors == 0)
        let standing = walk.standing(
            try Town.grid().find("b"), .publicSafety, at: Town.start + .minutes(10))
        #expect(standing.score.points > 0)
    }

    @Test("Conditions read its columns for the alert's source")
    func columns() throws {
        var walk = try Self.walk()
        var letter = Letter()
        for (index, source) in ["acme/a", "acme/cam"].enumerated() {
            let change = ["kind": "\"heat\"", "position": "", "cell": "\"d\"", "measures": ""]
            let body = alert("\(index)", source: source, time: Town.start, change)
            letter.compose(
                topic: "alert/v1/json/\(source)/", body: Array(body.utf8), path: .push,
                received: Town.start)
            walk.take(letter)
        }
        #expect(walk.sequence == 2)
        #expect(walk.ruleCounters(RuleID(1)).matched == 1)
    }

    @Test("A catalog cannot have a table of that name")
    func nameIsTaken() throws {
        let tables = "tables: {source: {key: id, columns: {period: duration}}}\n"
        let files = RuleFiles(
            catalog: SourceFile(path: "catalog.yaml", text: Town.catalog + tables),
            rules: [SourceFile(path: "town.rules.yaml", text: Town.head + Self.rules)])
        let findings = RuleBook.check(files)
        #expect(findings.contains { $0.code == .catalogTable })
    }
}
