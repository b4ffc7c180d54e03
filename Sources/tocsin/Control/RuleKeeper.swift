import Cells
import Domain
import Foundation
import Journal
import Lanes
import Pipeline
import Registry
import RuleBook
import Scoring
import Settings
import Workshop

/// Why a rule set was not taken over.
struct ReloadRefusal: Error {
    let reason: String
    let findings: [String]
}

/// Knows which rules, which registry of sources and which grid run, and replaces them: read, check,
/// run the tests, compile, all aside; then one swap between two alerts. Where anything is wrong
/// nothing changes.
struct RuleKeeper {
    private let paths: RulePaths
    let registryPath: String?
    private(set) var registry: SourceRegistry
    private var city: CityKeeper
    /// The city's, whose areas rules may read.
    private var hierarchies: [String]
    private let admission: AdmissionPolicy
    /// Where new rules find what they would have seen.
    var past: JournalPast?
    /// The rules that run, in the order of their numbers.
    private(set) var facts: [RuleFact]
    private(set) var kinds: [String]
    private let time: TimePlan
    private let limits: RuleLimits
    private var generation: UInt32 = 0

    /// The swap of a full state takes a few hundred milliseconds; a lane that takes this long is
    /// stuck.
    static let patience = Duration.seconds(30)
    static let isStuck = ReloadRefusal(
        reason: "the engine did not come to it within \(patience); it will", findings: [])

    init(
        _ settings: Settings, running: borrowing RuleSet, _ registry: SourceRegistry,
        _ city: CityKeeper, _ hierarchies: [String]
    ) {
        self.city = city
        self.hierarchies = hierarchies
        admission = AdmissionPolicy(settings.sources)
        paths = settings.rules
        registryPath = settings.sources.registry
        self.registry = registry
        facts = running.rules
        kinds = running.catalog.kinds.map(\.name)
        (time, limits) = (running.table.time, running.table.limits)
    }

    /// Takes over the rules as they are on disk now, or with `dryRun` says what that would do.
    ///
    /// **Fails**: `ReloadRefusal`.
    mutating func reload(
        dryRun: Bool, _ errands: Errands<Walk>
    ) throws(ReloadRefusal) -> ReloadReport {
        let start = ContinuousClock.now
        let files = try find()
        let changed = try city.changed()
        var draft = try readRegistry(changed, errands)
        let hierarchies = CityKeeper.hierarchies(of: changed) ?? hierarchies
        let set = try load(joined(files, try finish(draft), hierarchies))
        try checkRoom(set.table)
        draft.check(kinds: set.catalog.kinds.map(\.name))
        let newRegistry = try finish(draft)
        let cases = try test(files)
        let (fresh, kinds) = (set.rules, set.catalog.kinds.map(\.name))
        var report = ReloadReport(
            dryRun: dryRun, set: set.hash.hexadecimal, rules: compare(fresh, set.table),
            casesPassed: cases, loadMilliseconds: 0)
        if registryPath != nil { report.sources = newRegistry.changes(from: registry) }
        report.loadMilliseconds = Int((ContinuousClock.now - start).seconds * 1000)
        if dryRun {
            report.cells = try fates(in: changed, errands)
            return report
        }
        let reach = reach(of: report.rules, set.table)
        let joined = joined(files, newRegistry, hierarchies)
        let rehearsal = try rehearse(joined, newRegistry, reach, errands)
        let registered = (newRegistry.plans, report.sources)
        let prints = CityKeeper.prints(of: changed)
        let swapped = try swap(set, registered, changed, after: rehearsal, errands)
        if let prints { city.note(prints) }
        report.cells = swapped.cells
        let adoption = swapped.adoption
        for (rule, until) in adoption.warmUntil.enumerated() {
            report.rules[rule].warmUntil = until?.rfc3339Seconds
            if !adoption.isRehearsed, report.rules[rule].fate == .rebuilt {
                report.rules[rule].fate = .reset
            }
        }
        report.swapMicroseconds = Int(adoption.nanoseconds / 1000)
        report.keysKept = adoption.keysKept
        report.keysDropped = adoption.keysDropped
        facts = fresh
        self.kinds = kinds
        registry = newRegistry
        self.hierarchies = hierarchies
        return report
    }

    /// What the engine lays out at its start can't change while it runs.
    private func checkRoom(_ table: borrowing RuleTable) throws(ReloadRefusal) {
        var changed: [String] = []
        if table.time.idleSource != time.idleSource { changed.append("time.idle_source") }
        if table.limits.contributions != limits.contributions {
            changed.append("limits.contributions")
        }
        if table.limits.waiting != limits.waiting { changed.append("limits.waiting") }
        guard changed.isEmpty else {
            throw ReloadRefusal(
                reason: "the catalog's \(changed.joined(separator: ", ")) can only change with a "
                    + "restart", findings: [])
        }
    }

    private func find() throws(ReloadRefusal) -> RuleFiles {
        do {
            return try RuleFiles.find([paths.catalog] + paths.packs)
        } catch {
            throw ReloadRefusal(
                reason: "the rule files cannot be read", findings: error.findings.map(\.text))
        }
    }

    private func load(_ files: RuleFiles) throws(ReloadRefusal) -> RuleSet {
        do {
            return try RuleBook.load(files, after: facts)
        } catch {
            throw ReloadRefusal(
                reason: "the rules do not load", findings: error.findings.map(\.text))
        }
    }

    /// All tests beside the rules and in test files must pass.
    private func test(_ files: RuleFiles) throws(ReloadRefusal) -> Int {
        let tests = Workshop.run(files)
        guard tests.isClean else {
            let failed = tests.cases.filter { !$0.mismatches.isEmpty }
            throw ReloadRefusal(
                reason: "\(tests.failed) of \(tests.cases.count) tests failed",
                findings: tests.findings.map(\.text)
                    + failed.map { "\($0.file):\($0.line): \($0.name)" })
        }
        return tests.passed
    }

    /// How far back the state of the rules reaches that would begin anew.
    private func reach(
        of rules: [ReloadReport.Rule], _ table: borrowing RuleTable
    ) -> Interval {
        var reach = Interval.zero
        for (number, rule) in rules.enumerated() where rule.fate == .rebuilt || rule.fate == .new {
            reach = max(reach, table.reach(of: RuleID(number)))
        }
        return reach
    }

    /// The new rules in an engine aside that has lived through the past; nil when they need none.
    private func rehearse(
        _ files: RuleFiles, _ registry: SourceRegistry, _ reach: Interval, _ errands: Errands<Walk>
    ) throws(ReloadRefusal) -> Rehearsal? {
        guard reach > .zero, let past else { return nil }
        let set = try load(files)
        return past.rehearse(set.compiled(), registry.plans, reach: reach, errands)
    }

    private mutating func swap(
        _ set: consuming RuleSet, _ registered: (plans: [SourcePlan], changes: RegistryChanges?),
        _ changed: consuming ChangedCity?, after rehearsal: consuming Rehearsal?,
        _ errands: Errands<Walk>
    ) throws(ReloadRefusal) -> Aside.Outcome {
        generation += 1
        let base = generation << 16
        let names = JournalReload(
            set: set.hash.hexadecimal, rules: ServerRules.journaled(set))
        let detail = Self.json(names)
        let plans = registered.plans
        let event = registered.changes.flatMap { $0.isNothing ? nil : Self.json($0) }
        let handover = Handover(
            Aside(set.compiled(), changed, admission, plans, after: rehearsal))
        let swapped: Swap? = errands.perform(within: Self.patience) { walk in
            let missing = walk.missingRoom(for: plans)
            if missing > 0 { return .noRoom(missing) }
            let now = Timestamp.now
            if let event { walk.record(.sources, event, at: now) }
            walk.record(.reload, detail, ruleBase: base, at: now)
            return .done(handover.take().swap(into: &walk, plans, at: now))
        }
        switch swapped {
        case .done(let outcome): return outcome
        case .noRoom(let count):
            throw ReloadRefusal(
                reason: "there is no room for \(count) of the registered sources; raise "
                    + "limits.sources, and start the server anew", findings: [])
        case nil: throw Self.isStuck
        }
    }

    private enum Swap: Sendable {
        case done(Aside.Outcome)
        case noRoom(Int)
    }

    /// What would become of the cells; nil where the grid is the one that runs.
    private func fates(
        in changed: consuming ChangedCity?, _ errands: Errands<Walk>
    ) throws(ReloadRefusal) -> CellsReport? {
        guard let city = consume changed else { return nil }
        let grid = Handover(city.grid)
        let report = errands.perform(within: Self.patience) { walk in
            let grid = grid.take()
            return walk.withGrid { CellsReport(CellSuccession(from: $0, to: grid)) }
        }
        guard let report else { throw Self.isStuck }
        return report
    }

    static func json(_ detail: some Encodable) -> String {
        do {
            return String(decoding: try JSONEncoder().encode(detail), as: UTF8.self)
        } catch {
            preconditionFailure("names and digits always make JSON: \(error)")
        }
    }

    /// What becomes of each rule.
    private func compare(
        _ fresh: [RuleFact], _ table: borrowing RuleTable
    ) -> [ReloadReport.Rule] {
        let old = Dictionary(facts.map { ($0.id, $0) }) { first, _ in first }
        var rules: [ReloadReport.Rule] = []
        for (number, rule) in fresh.enumerated() {
            var fate = fate(rule, old[rule.id])
            if fate == .rebuilt, table.reach(of: RuleID(number)) == .zero { fate = .reset }
            rules.append(ReloadReport.Rule(rule: "\(rule.id)@\(rule.revision)", fate: fate))
        }
        return rules
    }

    private func fate(_ rule: RuleFact, _ old: RuleFact?) -> ReloadReport.Fate {
        if rule.status == .retired { return .retired }
        guard let old, old.status != .retired else { return .new }
        if old.stateHash != rule.stateHash { return .rebuilt }
        return old.hash == rule.hash ? .kept : .changed
    }
}

extension ReloadReport {
    /// `66 rules: 64 kept, 1 changed, 1 new; swapped in 0.4 ms`
    var summary: String {
        let fates: [Fate] = [.kept, .changed, .rebuilt, .reset, .new, .retired]
        let parts = fates.compactMap { fate in
            let count = rules.count { $0.fate == fate }
            return count > 0 ? "\(count) \(fate.rawValue)" : nil
        }
        var text = "\(rules.count) rules: " + parts.joined(separator: ", ")
        if let cells { text += "; \(cells.summary)" }
        if let sources { text += "; \(sources.summary)" }
        text += "; \(casesPassed) tests passed"
        if let swapMicroseconds {
            let milliseconds = Double(swapMicroseconds) / 1000
            text += "; the engine stood still for \(milliseconds) ms"
        }
        return text
    }
}
