import CEL
import Domain
import Foundation
import Scoring
import Tasking
import Testing

@testable import RuleBook

@Suite(.enabled(if: ExampleRules.isThere, "the example of the language's design is not here"))
struct `The example of the whole language` {
    @Test func `checks clean: what is found are notes`() throws {
        let findings = RuleBook.check(try ExampleRules.files())
        let counted = findings.filter { $0.level != .note }
        #expect(counted.isEmpty, "\(counted.map(\.text).joined(separator: "\n"))")
    }

    @Test func `says that the table of its place is not there`() throws {
        let findings = RuleBook.check(try ExampleRules.files())
        #expect(findings.contains { $0.code == .tableMissing && $0.level == .note })
        #expect(throws: RuleErrors.self) {
            _ = try RuleBook.load(try ExampleRules.files(), after: []).hash
        }
    }

    @Test func `has each of its parts in the plans`() throws {
        let set = try RuleBook.load(try ExampleRules.files())
        let count = set.table.ruleCount
        #expect(set.rules.map(\.id).count == count)
        let modes = set.table.modeCount
        #expect(modes == 2)
        let fire = set.table.rules[0]
        #expect(fire.windowCount == 4)
        #expect(fire.neighbourCount == 1)
        #expect(fire.corroboration == 0)
        #expect(fire.raise.hold == .seconds(10))
        let hurried = set.table.rules[count]
        #expect(hurried.raise.hold == .zero)
        #expect(hurried.hash == fire.hash)
        let gas = set.table.rules[1]
        #expect(gas.sequence == 0 && gas.isOrdered)
        let steps = (0..<3).map { set.table.steps[$0] }
        #expect(steps.map(\.isNot) == [false, true, false])
        #expect(steps.map(\.capture) == [0, -1, 1])
        let silent = set.table.rules[2]
        #expect(silent.absence == 0)
        let absence = set.table.absences[0]
        #expect(absence.missed == 3 && absence.arm == .roster && absence.roster == 0)
        #expect(absence.fold?.into == RuleID(3))
        #expect(set.table.rules[3].isFoldTarget)
        #expect(set.table.rules[4].expire == .hours(12))
        let inhibits = set.tasks.inhibitCount
        #expect(inhibits == 2)
    }

    @Test func `has deadlines of its own in an emergency`() throws {
        let set = try RuleBook.load(try ExampleRules.files())
        let count = set.table.ruleCount
        let (everyday, hurried) = (set.table.rules[0].task, set.table.rules[count].task)
        #expect(set.tasks.plans[everyday].arriveWithin == .minutes(8))
        #expect(set.tasks.plans[hurried].arriveWithin == .minutes(5))
        #expect(set.tasks.plans[hurried].acceptWithin == .seconds(60))
    }

    @Test func `joins the rows that are given for its tables`() throws {
        var files = try ExampleRules.files()
        files.tables["sensor"] = TableText([
            TableText.Row(key: "t1", values: ["period": "60s", "gateway": "gw1"])
        ])
        let set = try RuleBook.load(files)
        let lookups = set.table.lookupCount
        #expect(lookups == 1)
        let plan = set.table.lookups[0]
        #expect(plan.rowCount == 1 && plan.join == RuleSlot.alertSource.rawValue)
        #expect(plan.columnCount == 2)
        let period = set.table.rows[1]
        #expect(period.tag == .duration && period.asInt == 60_000_000_000)
    }

    @Test func `names the attributes its rules read`() throws {
        let set = try RuleBook.load(try ExampleRules.files())
        let names = (0..<set.table.attributes.count).map { set.table.attributes.text($0) }
        #expect(names == ["phase", "state"])
    }
}

/// Where the design's example lies, beside the repository.
enum ExampleRules {
    static let directory = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("shared/design/example").path

    static var isThere: Bool { FileManager.default.fileExists(atPath: directory) }

    static func files() throws -> RuleFiles { try RuleFiles.find([directory]) }
}
