import CEL
import Domain
import Scoring

// What can be said of a rule once its conditions are compiled.
extension RuleSetCompiler {
    func conditionChecks(
        _ rule: RuleDraft, _ scopes: RuleScopes, _ plan: RulePlan, _ file: RuleFileDraft
    ) {
        checkRaise(rule, plan)
        checkDead(rule, plan)
        WindowCheck(rule, scopes.judged.fragments, findings).check()
        ReadingCheck(rule: rule, scope: scopes.judged, findings: findings).check()
        UnitCheck(
            rule: rule, file: file, catalog: drafts.catalog, scope: scopes.judged,
            findings: findings
        ).check()
    }

    /// A raise that needs nothing to have been sensed would never end.
    private func checkRaise(_ rule: RuleDraft, _ plan: RulePlan) {
        guard let when = rule.raise?.when else { return }
        let own = Array(windows[plan.firstWindow..<plan.firstWindow + plan.windowCount])
        let near = Array(
            neighbours[plan.firstNeighbour..<plan.firstNeighbour + plan.neighbourCount])
        guard conditions.holdsOnNothing(plan.raise.when, own, near) else { return }
        findings.error(
            .ruleAlwaysTrue, "`raise` holds although nothing was sensed: every window is empty",
            at: when.spot, hint: "`absence` is for what fails to come")
    }

    /// A condition that is false whatever is sensed leaves the rule without effect.
    private func checkDead(_ rule: RuleDraft, _ plan: RulePlan) {
        for (source, condition) in [
            (rule.filter, plan.filter), (rule.raise?.when, plan.raise.when),
        ] {
            guard let source, conditions.constant(condition) == false,
                !ConditionText.readsAnything(source.value)
            else { continue }
            findings.warning(
                .ruleDead, "this is never true: the rule does nothing", at: source.spot)
        }
    }
}
