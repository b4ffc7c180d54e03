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
    private static let registry = TableText([
        .init(key: "acme/a", values: ["period": "1m", "cell": "b", "name": "Boiler room"]),
        .init(key: "acme/cam", values: ["cell": "c"]),
    ])

    private static func set(_ registry: TableText, rules: String = rules) throws -> RuleSet {
        var files = RuleFiles(
            catalog: SourceFile(path: "catalog.yaml", text: Town.catalog),
            rules: [SourceFile(path: "town.rules.yaml", text: Town.head + rules)])
        files.tables[TableText.registryName] = registry
        return try RuleBook.load(files)
    }

    private static func walk(rules: String = rules) throws -> Walk {
        let set = try set(registry, rules: rules)
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

    /// When another registry is taken over, and how often the rule has raised and cleared after.
    @Test(
        "Who is taken off it is watched no more, and what was found of them ends",
        arguments: [(2, 0, 0), (10, 1, 1)])
    func takenOff(minutes: Int64, raised: UInt64, cleared: UInt64) throws {
        var walk = try Self.walk()
        walk.advance(to: Town.start)
        walk.advance(to: Town.start + .minutes(minutes))
        let fresh = try Self.set(
            TableText([.init(key: "acme/new", values: ["period": "30m", "cell": "b"])]))
        let adoption = walk.adopt(fresh.compiled(), at: Town.start + .minutes(minutes))
        #expect(adoption.keysKept == 1)
        walk.advance(to: Town.start + .minutes(60))
        var counters = walk.ruleCounters(RuleID(0))
        #expect(counters.raised == raised && counters.cleared == cleared)
        walk.advance(to: Town.start + .minutes(minutes + 91))
        counters = walk.ruleCounters(RuleID(0))
        #expect(counters.raised == raised + 1, "the new one owes a report too")
    }

    @Test("Who gets a period is watched from then on, who loses it no more")
    func period() throws {
        var walk = try Self.walk()
        walk.advance(to: Town.start)
        let exchanged = try Self.set(
            TableText([
                .init(key: "acme/a", values: ["cell": "b"]),
                .init(key: "acme/cam", values: ["period": "1m", "cell": "c"]),
            ]))
        _ = walk.adopt(exchanged.compiled(), at: Town.start + .minutes(1))
        walk.advance(to: Town.start + .minutes(30))
        let grid = try Town.grid()
        let time = Town.start + .minutes(30)
        #expect(walk.standing(grid.find("b"), .publicSafety, at: time).score.points == 0)
        #expect(walk.standing(grid.find("c"), .publicSafety, at: time).score.points > 0)
    }

    @Test("An alert of somebody else begins no watch")
    func strangers() throws {
        let steady = Self.rules.replacing("expect: source.period", with: "expect: 1m")
        var walk = try Self.walk(rules: steady)
        walk.advance(to: Town.start)
        let change = ["position": "", "cell": "\"d\"", "measures": ""]
        let body = alert("1", source: "acme/other", time: Town.start, change)
        var letter = Letter()
        letter.compose(
            topic: "alert/v1/json/acme/other/", body: Array(body.utf8), path: .push,
            received: Town.start)
        walk.take(letter)
        walk.advance(to: Town.start + .minutes(30))
        let grid = try Town.grid()
        let time = Town.start + .minutes(30)
        #expect(walk.standing(grid.find("d"), .publicSafety, at: time).score.points == 0)
        #expect(walk.standing(grid.find("b"), .publicSafety, at: time).score.points > 0)
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
