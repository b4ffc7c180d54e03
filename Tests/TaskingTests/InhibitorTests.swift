import Domain
import Scoring
import Testing

@testable import Tasking

@Suite struct InhibitorTests {
    static func inhibitor(_ key: UInt32, value: UInt64, inhibit: UInt16 = 0) -> Inhibitor {
        Inhibitor(
            inhibit: inhibit, rule: RuleID(1), key: key, cell: CellID(2), task: 9, value: value,
            next: 0, previous: 0)
    }

    static func keys(_ inhibitors: borrowing Inhibitors, _ value: UInt64) -> Set<UInt32> {
        var keys: Set<UInt32> = []
        var entry = inhibitors.first(value)
        while entry >= 0 {
            keys.insert(inhibitors.inhibitor(entry).key)
            entry = inhibitors.next(entry)
        }
        return keys
    }

    @Test func keysAreFoundByWhatTheyHaveInCommonInAnyOrderOfComingAndGoing() {
        var inhibitors = Inhibitors()
        var model: [UInt32: UInt64] = [:]
        var state: UInt64 = 5
        for _ in 0..<5000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let key = UInt32(state >> 33) % 40
            let value = (state >> 50) % 5 + 1
            if state >> 62 == 0 {
                #expect(inhibitors.deactivate(0, key: key) == (model[key] != nil))
                model[key] = nil
            } else {
                let moves = model[key].map { $0 != value } ?? false
                #expect(inhibitors.activate(Self.inhibitor(key, value: value)) == moves)
                model[key] = value
            }
            for value in UInt64(1)...5 {
                let expected = Set(model.filter { $0.value == value }.keys)
                #expect(Self.keys(inhibitors, value) == expected)
            }
        }
    }

    @Test func oneKeyMayServeSeveralInhibits() {
        var inhibitors = Inhibitors()
        _ = inhibitors.activate(Self.inhibitor(3, value: 7, inhibit: 0))
        _ = inhibitors.activate(Self.inhibitor(3, value: 8, inhibit: 1))
        _ = inhibitors.deactivate(0, key: 3)
        #expect(Self.keys(inhibitors, 7) == [])
        #expect(Self.keys(inhibitors, 8) == [3])
    }
}

@Suite struct TaskTableTests {
    @Test func theFirstFittingRowGivesThePriorityAndItsNumber() {
        var extreme = PriorityRow(.p1)
        extreme.severities = 1 << Severity.extreme.rawValue
        var immediate = PriorityRow(.p2)
        immediate.urgencies = 1 << Urgency.immediate.rawValue
        let table = TaskTable(
            plans: [], pieces: [], texts: [], matrix: [extreme, immediate],
            certainty: CertaintyScale())
        let rows = (
            table.row(.extreme, .immediate, .observed), table.row(.minor, .immediate, .unknown),
            table.row(.minor, .expected, .unknown)
        )
        #expect(rows == (0, 1, -1))
        let priorities = (table.priority(row: 0), table.priority(row: 1), table.priority(row: -1))
        #expect(priorities == (.p1, .p2, .p5))
    }

    @Test func inhibitsShareTheSlotsTheyCompare() {
        var one = InhibitPlan(source: RuleID(0))
        one.same = [13, 15, 0, 0]
        one.sameCount = 2
        var other = InhibitPlan(source: RuleID(1))
        other.same = [15, 2, 0, 0]
        other.sameCount = 2
        let table = TaskTable(
            plans: [], pieces: [], texts: [], matrix: [], certainty: CertaintyScale(),
            inhibits: [one, other])
        let slots = (0..<table.sameSlotCount).map { table.sameSlots[$0] }
        #expect(slots == [13, 15, 2])
    }
}

@Suite struct SilenceTests {
    static let start = Timestamp(nanoseconds: 1_700_000_000_000_000_000)

    @Test func aSilenceIsAboutWhatItNamesInItsAreaAndItsTime() {
        let tree = CellTree(parents: [nil, 0, 1, 0], populations: [0, 0, 0, 0])
        var plan = SilencePlan(from: Self.start, until: Self.start + .minutes(1))
        plan.area = CellID(1)
        plan.rule = RuleID(4)
        plan.kind = KindID(2)
        plan.category = .publicSafety
        let table = SilenceTable([plan], texts: ["sil-1"])
        func first(
            _ rule: Int = 4, _ category: Category = .publicSafety, kind: Int = 2, cell: Int = 2,
            seconds: Int64 = 0
        ) -> Int {
            table.first(
                RuleID(rule), category, KindID(kind),
                (CellID(cell), Self.start + .seconds(seconds)), tree)
        }
        #expect(first() == 0)
        #expect(first(cell: 1) == 0)
        #expect(first(5) == -1)
        #expect(first(4, .publicOrder) == -1)
        #expect(first(kind: 3) == -1)
        #expect(first(cell: 3) == -1)
        #expect(first(seconds: -1) == -1)
        #expect(first(seconds: 59) == 0)
        #expect(first(seconds: 60) == -1)
        let ends = (table.nextEnd(after: Self.start), table.nextEnd(after: plan.until))
        #expect(ends == (plan.until, .forever))
    }
}
