import Domain
import Scoring
import Tasking

/// Compiles which rules withhold the tasks of which; rules that don't run withhold nothing.
struct InhibitCompiler {
    private let drafts: RuleDrafts
    private let plans: [RulePlan]
    private let numbers: [String: RuleID]
    private let findings: FindingList

    init(
        _ drafts: RuleDrafts, _ plans: [RulePlan], _ numbers: [String: RuleID],
        _ findings: FindingList
    ) {
        self.drafts = drafts
        self.plans = plans
        self.numbers = numbers
        self.findings = findings
    }

    func plans(_ tasks: inout TaskCompiler) -> [InhibitPlan] {
        let keys = KeyCompiler(names: drafts.names, findings: findings)
        var compared: Set<UInt8> = []
        return drafts.inhibits.compactMap { draft in
            let same = keys.slots(draft.same)
            for part in 0..<same.count { compared.insert(same.keyParts[part]) }
            guard compared.count <= TaskTable.sameSlotsMax else {
                findings.error(
                    .ruleLimit,
                    "all inhibits together compare at most \(TaskTable.sameSlotsMax) names",
                    at: draft.id.spot)
                return nil
            }
            guard let source = numbers[draft.source.value] else { return nil }
            var plan = InhibitPlan(source: source)
            plan.name = tasks.text(draft.id.value)
            plan.sourceWarning = draft.warning ?? .none
            if let target = draft.target {
                guard let number = numbers[target.value] else { return nil }
                plan.target = number
            }
            plan.targetCategory = draft.category
            plan.below = draft.below
            (plan.same, plan.sameCount) = (same.keyParts, same.count)
            return plan
        }
    }
}
