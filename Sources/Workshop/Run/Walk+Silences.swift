public import Domain
public import Pipeline
public import RuleBook
import Tasking

extension Walk {
    /// Puts silences in force; gives the cells that the grid does not have, and then nothing
    /// changes.
    ///
    /// - Parameter rules: the ids of the rules that run, in the order of their numbers.
    public mutating func take(
        _ silences: [Silence], rules: [String], at now: Timestamp
    ) -> [String] {
        var plans: [SilencePlan] = []
        var lost: [String] = []
        for (index, silence) in silences.enumerated() {
            var plan = SilencePlan(from: silence.from, until: silence.until)
            plan.name = index
            plan.category = silence.category
            plan.keepsScores = silence.keepsScores
            if let rule = silence.rule { plan.rule = RuleID(rules.firstIndex(of: rule) ?? 0xFFFE) }
            if let kind = silence.kind { plan.kind = kindNumber(named: kind) }
            if let name = silence.cell {
                if let cell = cell(named: name) { plan.area = cell } else { lost.append(name) }
            }
            plans.append(plan)
        }
        guard lost.isEmpty else { return lost }
        record(.silences, "{\"silences\":\(plans.count)}", at: now)
        replaceSilences(SilenceTable(plans, texts: silences.map(\.id)), at: now)
        return []
    }
}
