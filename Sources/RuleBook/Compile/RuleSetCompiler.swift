import CEL
import Domain
import Scoring
import Tasking

/// Compiles a rule set: conditions to programs, rules to plans, in the order of the files, once for
/// each mode.
///
/// Drafts and retired rules are compiled too, so that their mistakes are found, but get no plan.
struct RuleSetCompiler: ~Copyable {
    let drafts: RuleDrafts
    let findings: FindingList
    let options: LoadOptions
    var conditions: ConditionCompiler
    /// For each mode the plans of the rules that run.
    var plans: [[RulePlan]]
    var windows: [WindowPlan] = []
    var neighbours: [NeighbourPlan] = []
    var corroborations: [CorroborationPlan] = []
    var witnesses: [WitnessPlan] = []
    var sequences: [SequencePlan] = []
    var steps: [StepPlan] = []
    var stepKinds: [KindID] = []
    var absences: [AbsencePlan] = []
    var scores: [ScorePlan] = []
    var tasks = TaskCompiler()
    var lookups: LookupCompiler
    var probes: [Condition]
    private var modes: [ModePlan] = []
    private var running: [RuleFact] = []
    private var idle: [RuleFact] = []
    /// Rules that ran before and are gone.
    var gone: [RuleFact] = []
    private var inhibits: [InhibitPlan] = []
    /// The numbers of the rules that run, by id.
    let numbers: [String: RuleID]

    init(_ drafts: RuleDrafts, _ files: RuleFiles, _ options: LoadOptions, _ findings: FindingList)
    {
        self.drafts = drafts
        self.findings = findings
        self.options = options
        conditions = ConditionCompiler(findings, costMax: drafts.catalog.limits.cost)
        plans = Array(repeating: [], count: drafts.catalog.modes.count)
        lookups = LookupCompiler(drafts, files, options.tables, findings)
        probes = Array(repeating: .none, count: options.probes.count)
        var numbers: [String: RuleID] = [:]
        for rule in drafts.rules where rule.status.runs && numbers[rule.id.value] == nil {
            numbers[rule.id.value] = RuleID(numbers.count)
        }
        self.numbers = numbers
    }

    static func compile(
        _ drafts: RuleDrafts, _ files: RuleFiles, _ options: LoadOptions, _ findings: FindingList
    ) -> RuleSet {
        var compiler = RuleSetCompiler(drafts, files, options, findings)
        compiler.compileModes()
        for file in drafts.files { compiler.compile(file) }
        compiler.addGone(options.before)
        compiler.compileInhibits()
        return compiler.finish()
    }

    private mutating func compileModes() {
        let scope = Scope(cityOf: drafts.names)
        for mode in drafts.catalog.modes {
            var plan = ModePlan()
            plan.enter = compile(mode.enter, scope, "modes.\(mode.name).enter")
            plan.leave = compile(mode.leave, scope, "modes.\(mode.name).leave")
            plan.slaFactor = mode.slaFactor
            plan.lateness = mode.lateness
            modes.append(plan)
        }
        _ = conditions.takeFacts()
    }

    private mutating func compile(_ file: RuleFileDraft) {
        let scope = Scope(file, drafts.names, findings)
        var read: Set<String> = []
        for rule in file.rules {
            let form = CanonicalForm(rule, in: file)
            read.formUnion(form.names)
            compile(rule, form, scope, file)
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

    /// One rule in all modes: where it says nothing of a mode, it is in it as it always is.
    private mutating func compile(
        _ rule: RuleDraft, _ form: CanonicalForm, _ scope: Scope, _ file: RuleFileDraft
    ) {
        if running.count == Int(RuleID.none.index) {
            findings.error(
                .ruleLimit, "there are more than \(running.count) rules", at: rule.id.spot)
        }
        var fact = RuleFact(rule, form, file.set)
        let scopes = RuleScopes(rule, scope.named(rule, nil))
        compileProbes(rule, scopes)
        let plan = compile(rule, scopes, form)
        conditionChecks(rule, scopes, plan, file)
        let runs = rule.status.runs && numbers[rule.id.value]?.int == running.count
        if runs { plans[0].append(plan) }
        for (index, mode) in drafts.catalog.modes.enumerated().dropFirst() {
            var inMode = plan
            if let override = rule.modes.first(where: { $0.mode.value == mode.name }) {
                conditions.mode = mode.name
                let changed = rule.inMode(override)
                inMode = compile(changed, RuleScopes(changed, scope.named(rule, override)), form)
                conditions.mode = "normal"
            }
            if runs { plans[index].append(inMode) }
        }
        finish(&fact, rule, plan, scopes.judged)
        if runs { running.append(fact) } else { idle.append(fact) }
    }

    private mutating func finish(
        _ fact: inout RuleFact, _ rule: RuleDraft, _ plan: RulePlan, _ scope: Scope
    ) {
        fact.keySlots = (0..<plan.keyCount).map { plan.key[$0] }
        fact.key = fact.keySlots.compactMap { RuleSlot(rawValue: $0) }
        fact.names = scope.names
        fact.conditions = conditions.takeFacts()
        for index in plan.firstScore..<plan.firstScore + plan.scoreCount {
            fact.scores.append(ScoreFact(scores[index]))
        }
        if let task = rule.task, let score = rule.scores.first {
            let owner = drafts.catalog.responsibility(task.kind.value)
            fact.task = TaskFact(
                kind: task.kind.value, department: owner?.department ?? "",
                level: owner?.level ?? "", category: score.category)
        }
    }

    /// The rule's plan in one mode.
    private mutating func compile(
        _ rule: RuleDraft, _ scopes: RuleScopes, _ form: CanonicalForm
    ) -> RulePlan {
        let id = numbers[rule.id.value] ?? .none
        var plan = RulePlan(id: id)
        plan.isShadow = rule.status == .shadow
        (plan.hash, plan.stateHash) = (form.hash, form.stateHash)
        compileKey(rule, &plan)
        plan.filter = compileFilter(
            rule.filter, rule.words, scopes.early, part: "where")
        compileParts(rule, scopes, &plan)
        plan.raise = compile(rule.raise, scopes.judged, "raise.when", windowsOf: rule)
        plan.clear = compile(rule.clear, scopes.judged, "clear.when", windowsOf: rule)
        plan.expire = rule.expire ?? .zero
        (plan.onError, plan.onNoData) = (rule.onError, rule.onNoData)
        compileScores(rule, scopes.judged, &plan)
        let task = compileTask(rule, id, scopes.judged)
        if let task, rule.status == .active { plan.task = tasks.add(task) }
        return plan
    }

    private func compileKey(_ rule: RuleDraft, _ plan: inout RulePlan) {
        var keys = KeyCompiler(names: drafts.names, findings: findings)
        keys.isFoldTarget = !rule.foldedFrom.isEmpty
        let slots = keys.slots(rule.key)
        plan.key = slots.keyParts
        plan.keyCount = slots.count
    }

    mutating func compile(
        _ held: HeldDraft?, _ scope: Scope, _ part: String, windowsOf rule: RuleDraft? = nil
    ) -> HeldCondition {
        guard let held else { return .none }
        var plan = HeldCondition(
            when: conditions.compile(held.when, .truth, in: scope, part: part), hold: held.hold)
        guard let rule, let tree = ConditionText(held.when.value, fragments: scope.fragments)
        else { return plan }
        for (index, window) in rule.windows.prefix(RulePlan.windowsMax).enumerated()
        where !window.function.countsToZero && tree.reads("w.\(window.name.value)") {
            plan.valueWindows |= 1 << UInt8(index)
        }
        return plan
    }

    /// `where`, joined with the words that `match` asks for.
    mutating func compileFilter(
        _ filter: Marked<String>?, _ words: [WordMatch], _ scope: Scope, part: String
    ) -> Condition {
        let condition = conditions.compile(filter, .truth, in: scope, part: part)
        guard !words.isEmpty, filter == nil || condition.isSet else { return condition }
        var texts = words.map(\.condition)
        var joined = scope
        if let filter {
            joined.define("rule.filter", filter, FindingList())
            texts.append("rule.filter")
        }
        return conditions.compile(own: texts.joined(separator: " && "), in: joined)
    }

    private mutating func compileProbes(_ rule: RuleDraft, _ scopes: RuleScopes) {
        for (index, probe) in options.probes.enumerated() where probe.rule == rule.id.value {
            let spot = Spot(probe.file, line: probe.line, column: probe.column)
            probes[index] = conditions.compile(
                Marked(probe.text, spot), .anything, in: scopes.judged, part: "probe")
        }
        _ = conditions.takeFacts()
    }

    private mutating func compileInhibits() {
        let compiler = InhibitCompiler(drafts, plans[0], numbers, findings)
        inhibits = compiler.plans(&tasks)
    }

    private consuming func finish() -> RuleSet {
        var hash = StableHash()
        for rule in running { hash.combine(rule.hash) }
        let catalog = drafts.catalog
        hash.combine(catalog.hash)
        let taskTable = tasks.table(catalog, inhibits)
        let rows = lookups.sources(&conditions.memory)
        let (facts, others, compiledProbes) = (running + gone, idle, probes)
        let routes = catalog.routes(running)
        let (names, findings) = (drafts.names, findings)
        var source = RuleSource(conditions)
        source.fill(catalog, facts, routes)
        source.rules = plans.flatMap { $0 }
        (source.modes, source.windows, source.neighbours) = (modes, windows, neighbours)
        (source.corroborations, source.witnesses) = (corroborations, witnesses)
        (source.sequences, source.steps, source.stepKinds) = (sequences, steps, stepKinds)
        (source.absences, source.scores) = (absences, scores)
        (source.attributes, source.lookups) = (names.attributes, rows)
        (source.areas, source.firstArea) = (names.areas, names.firstArea)
        source.factNames = names.facts
        return RuleSet(
            catalog: catalog, rules: facts, idle: others, hash: hash.value,
            kinds: catalog.kindTable(), table: RuleTable(source), tasks: taskTable,
            probes: compiledProbes, warnings: findings.sorted)
    }
}
