import CEL
import Domain
import Scoring
import Tasking

/// Compiles a rule set: conditions to programs, rules to plans, in the order of the files.
///
/// Drafts and retired rules are compiled too, so that their mistakes are found, but get no plan.
struct RuleSetCompiler: ~Copyable {
    private let drafts: RuleDrafts
    let findings: FindingList
    var conditions: ConditionCompiler
    var rules: [RulePlan] = []
    var windows: [WindowPlan] = []
    var scores: [ScorePlan] = []
    var tasks = TaskCompiler()
    private var options = LoadOptions()
    private var probes: [Condition] = []
    private var running: [RuleFact] = []
    private var idle: [RuleFact] = []

    init(_ drafts: RuleDrafts, _ findings: FindingList) {
        self.drafts = drafts
        self.findings = findings
        conditions = ConditionCompiler(findings)
    }

    static func compile(
        _ drafts: RuleDrafts, _ options: LoadOptions, _ findings: FindingList
    ) -> RuleSet {
        var compiler = RuleSetCompiler(drafts, findings)
        compiler.options = options
        compiler.probes = Array(repeating: .none, count: options.probes.count)
        for file in drafts.files { compiler.compile(file) }
        return compiler.finish()
    }

    private mutating func compile(_ file: RuleFileDraft) {
        let scope = Scope(file, findings)
        var read: Set<String> = []
        for rule in file.rules {
            let form = CanonicalForm(rule, in: file)
            read.formUnion(form.names)
            compile(rule, RuleFact(rule, hash: form.hash), scope.named(rule))
        }
        reportUnused(file, read)
    }

    /// Said only of whole files: what is wrong elsewhere may be what should have read it.
    private func reportUnused(_ file: RuleFileDraft, _ read: Set<String>) {
        guard !findings.hasErrors else { return }
        let names =
            file.params.map { ("param", $0.name) } + file.defines.map { ("define", $0.name) }
        for (part, name) in names where !read.contains("\(part).\(name.value)") {
            findings.warning(
                .ruleUnused, "no rule of the file reads `\(part).\(name.value)`", at: name.spot)
        }
    }

    private mutating func compile(_ rule: RuleDraft, _ fact: RuleFact, _ scope: Scope) {
        if running.count == Int(RuleID.none.index) {
            findings.error(
                .ruleLimit, "there are more than \(running.count) rules", at: rule.id.spot)
        }
        var plan = RulePlan(id: RuleID(running.count))
        plan.isShadow = rule.status == .shadow
        plan.hash = fact.hash
        for (index, slot) in rule.key.prefix(RulePlan.keyPartsMax).enumerated() {
            plan.key[index] = slot.rawValue
            plan.keyCount = index + 1
        }
        plan.filter = conditions.compile(rule.filter, .truth, in: scope)
        let window = compileWindows(rule, scope)
        let inner = scope.withWindows(rule.windows)
        plan.raise = compile(rule.raise, inner)
        plan.clear = compile(rule.clear, inner)
        checkRaise(rule, plan.raise.when, window)
        WindowCheck(rule, inner.fragments, findings).check()
        let score = compileScores(rule, plan.id, inner)
        let task = compileTask(rule, plan.id, inner)
        var fact = fact
        fact.names = inner.names
        fact.conditions = conditionFacts(rule, plan, inner)
        for (index, probe) in options.probes.enumerated() where probe.rule == rule.id.value {
            let spot = Spot(probe.file, line: probe.line, column: probe.column)
            probes[index] = conditions.compile(Marked(probe.text, spot), .truth, in: inner)
        }
        guard rule.status.runs else { return idle.append(fact) }
        (plan.firstWindow, plan.windowCount) = (windows.count, window.count)
        (plan.firstScore, plan.scoreCount) = (scores.count, score.count)
        windows += window
        scores += score
        if let task, !plan.isShadow { plan.task = tasks.add(task) }
        rules.append(plan)
        running.append(fact)
    }

    private func conditionFacts(
        _ rule: RuleDraft, _ plan: RulePlan, _ scope: Scope
    ) -> [ConditionFact] {
        let parts = [
            ("where", rule.filter, plan.filter), ("raise.when", rule.raise?.when, plan.raise.when),
            ("clear.when", rule.clear?.when, plan.clear.when),
        ]
        return parts.compactMap { part, source, program in
            source.map {
                ConditionFact(
                    part: part, mode: "normal", text: $0.value, expanded: scope.expanded($0.value),
                    place: $0.spot.place, program: program)
            }
        }
    }

    private mutating func compileWindows(_ rule: RuleDraft, _ scope: Scope) -> [WindowPlan] {
        rule.windows.prefix(RulePlan.windowsMax).map { draft in
            var plan = WindowPlan(draft.function, over: draft.over, pane: draft.pane)
            plan.filter = conditions.compile(draft.filter, .truth, in: scope)
            let wanted: Wanted = draft.function == .distinct ? .scalar : .number
            plan.sample = conditions.compile(draft.sample, wanted, in: scope)
            plan.empty = draft.empty ?? 0
            plan.hasEmpty = draft.empty != nil
            return plan
        }
    }

    private mutating func compile(_ held: HeldDraft?, _ scope: Scope) -> HeldCondition {
        guard let held else { return .none }
        return HeldCondition(
            when: conditions.compile(held.when, .truth, in: scope), hold: held.hold)
    }

    /// A raise that needs nothing to have been sensed would never end.
    private func checkRaise(_ rule: RuleDraft, _ raise: Condition, _ windows: [WindowPlan]) {
        guard let when = rule.raise?.when, conditions.holdsOnNothing(raise, windows) else { return }
        findings.error(
            .ruleAlwaysTrue, "`raise` holds although nothing was sensed: every window is empty",
            at: when.spot, hint: "`absence` is for what fails to come, and not of this version")
    }

    private mutating func compileScores(
        _ rule: RuleDraft, _ id: RuleID, _ scope: Scope
    ) -> [ScorePlan] {
        rule.scores.prefix(RulePlan.scoresMax).enumerated().map { index, draft in
            ScorePlan(
                rule: id,
                identity: RuleSetCompiler.hash("\(rule.id.value)|\(draft.category.word)|\(index)"),
                category: draft.category,
                points: conditions.compile(draft.points, .number, in: scope),
                confidence: conditions.compile(draft.confidence, .number, in: scope),
                halfLife: draft.halfLife, group: RuleSetCompiler.hash(draft.group))
        }
    }

    /// 32 bits of a name that are the same in every process; 0xFFFFFFFF is the group of what spreads.
    private static func hash(_ name: String) -> UInt32 {
        var hash = StableHash()
        let utf8 = Array(name.utf8)
        hash.combine(utf8.span, 0, utf8.count)
        return UInt32(truncatingIfNeeded: hash.value >> 33)
    }

    private mutating func compileTask(
        _ rule: RuleDraft, _ id: RuleID, _ scope: Scope
    ) -> CompiledTask? {
        guard let draft = rule.task, let score = rule.scores.first else { return nil }
        let responsibility = drafts.catalog.responsibility(draft.kind.value)
        var task = CompiledTask(
            plan: TaskPlan(draft, rule: id, category: score.category), kind: draft.kind.value,
            department: responsibility?.department ?? "", level: responsibility?.level ?? "")
        for piece in Template(draft.title, findings).pieces {
            switch piece {
            case .text(let text): task.title.append(.text(text))
            case .expression(let source, let offset, let decimals):
                let condition = conditions.compile(
                    source, at: offset, of: draft.title, .text, in: scope)
                task.title.append(.expression(condition, decimals: decimals ?? -1))
            }
        }
        return task
    }

    private consuming func finish() -> RuleSet {
        var hash = StableHash()
        for rule in running { hash.combine(rule.hash) }
        let catalog = drafts.catalog
        hash.combine(catalog.hash)
        let taskTable = tasks.table(catalog)
        let warnings = findings.sorted
        let compiledProbes = probes
        let (facts, others, routes) = (running, idle, catalog.routes(running))
        let source = RuleSource(
            rules: rules, windows: windows, scores: scores, conditions: conditions,
            facts: running, catalog: catalog, routes: routes)
        return RuleSet(
            catalog: catalog, rules: facts, idle: others, hash: hash.value,
            kinds: catalog.kindTable(), table: RuleTable(source), tasks: taskTable,
            probes: compiledProbes, warnings: warnings)
    }
}
