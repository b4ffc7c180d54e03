import CEL
import Cells
import Domain
import Lanes
import Scenario
import Scoring
import Tasking
import Testing

@testable import Pipeline

/// What conditions read of an alert besides its fields, over a table without rules.
@Suite struct FactsTests {
    /// A walk that knows the kind `smoke`, reads `phase` and `floors`, and joins a table by source.
    private static func walk() throws -> Walk {
        var kinds = KindTable(capacity: 4)
        _ = kinds.add("smoke", categories: [.publicSafety])
        var memory = SlotMemory()
        let row = (
            key: memory.symbols.slot("acme/a"),
            values: [memory.symbols.slot("gw-1"), Slot.duration(nanoseconds: 60_000_000_000)]
        )
        var source = RuleSource(library: ProgramLibrary(), memory: memory)
        source.attributes = ["phase", "floors"]
        let first = UInt8(RuleSlot.firstColumn)
        source.lookups = [
            LookupSource(
                join: RuleSlot.alertSource.rawValue, columns: [first, first + 1], rows: [row])
        ]
        let tasks = TaskTable(
            plans: [], pieces: [], texts: [], matrix: [], certainty: CertaintyScale())
        let ring = RecordRing(byteCapacity: 1 << 20)
        return Walk(
            WalkParts(
                compiled: CompiledRules(kinds: kinds, rules: RuleTable(source), tasks: tasks),
                grid: try City.grid(), admission: AdmissionPolicy(),
                outlet: Outlet(ring: ring.writer(), instance: "test", epoch: 1)))
    }

    private static func take(
        _ id: String, _ change: [String: String], from source: String = "acme/a",
        _ walk: inout Walk
    ) {
        var letter = Letter()
        letter.compose(
            topic: "alert/v1/json/\(source)/", body: Array(alert(id, source: source, change).utf8),
            path: .push, received: City.start)
        walk.take(letter)
    }

    private static func text(_ slot: Int, _ walk: borrowing Walk) -> String? {
        let value = walk.rules.slots[slot]
        return value.isString ? walk.rules.table.memory.symbols.text(of: value.asSymbol) : nil
    }

    @Test func attributesThatARuleReadsStandInTheirSlotsAndOnlyForTheirAlert() throws {
        var walk = try Self.walk()
        let facts = #"{"other":1,"floors":4.5,"phase":"start"}"#
        Self.take("1", ["attrs": facts], &walk)
        #expect(Self.text(RuleSlot.firstAttribute, walk) == "start")
        let floors = walk.rules.slots[RuleSlot.firstAttribute + 1]
        #expect(floors.tag == .double)
        #expect(floors.asDouble == 4.5)
        Self.take("2", ["attrs": #"{"phase":true}"#], &walk)
        let phase = walk.rules.slots[RuleSlot.firstAttribute]
        #expect(phase.tag == .bool)
        #expect(phase.asBool)
        let absent = walk.rules.slots[RuleSlot.firstAttribute + 1]
        #expect(absent.tag == .absent)
    }

    @Test func equalStringsAreOneSymbolAndNewOnesAreCounted() throws {
        var walk = try Self.walk()
        for (index, word) in ["a", "b", "a", "acme/a"].enumerated() {
            Self.take("\(index)", ["attrs": #"{"phase":"\#(word)"}"#], &walk)
        }
        // The unit of the measure, "1", and the two that nothing had named before.
        let kept = walk.factStrings
        #expect(kept == 3)
        #expect(Self.text(RuleSlot.firstAttribute, walk) == "acme/a")
        let unit = Self.text(Int(RuleSlot.alertUnit.rawValue), walk)
        #expect(unit == "1")
    }

    @Test func aStringThatFindsNoRoomIsAbsentAndCounted() throws {
        var walk = try Self.walk()
        Self.take("1", ["attrs": #"{"phase":"known"}"#], &walk)
        walk.factStrings = Walk.factStringsMax
        Self.take("2", ["attrs": #"{"phase":"new"}"#], &walk)
        let absent = walk.rules.slots[RuleSlot.firstAttribute]
        #expect(absent.tag == .absent)
        #expect(walk.counters.evicted == 1)
        Self.take("3", ["attrs": #"{"phase":"known"}"#], &walk)
        #expect(Self.text(RuleSlot.firstAttribute, walk) == "known")
    }

    @Test func aTablesRowIsFoundByTheAlertsSource() throws {
        var walk = try Self.walk()
        Self.take("1", [:], &walk)
        #expect(Self.text(RuleSlot.firstColumn, walk) == "gw-1")
        let period = walk.rules.slots[RuleSlot.firstColumn + 1]
        #expect(period.tag == .duration)
        #expect(period.asInt == 60_000_000_000)
        Self.take("2", [:], from: "acme/b", &walk)
        let absent = walk.rules.slots[RuleSlot.firstColumn]
        #expect(absent.tag == .absent)
    }

    @Test func theCellsUseIsKnown() throws {
        var walk = try Self.walk()
        let grid = try City.grid()
        let dedicated = try #require(
            (0..<grid.count).first { !grid.use(of: CellID($0)).isEmpty })
        let cell = "\"\(grid.path(of: CellID(dedicated)))\""
        Self.take("1", ["cell": cell, "position": ""], &walk)
        let use = Self.text(Int(RuleSlot.cellUse.rawValue), walk)
        #expect(use == grid.use(of: CellID(dedicated)))
        let isDedicated = walk.rules.slots[Int(RuleSlot.cellDedicated.rawValue)]
        #expect(isDedicated.asBool)
    }
}
