import Domain
import RuleBook
import Scoring

/// Gathers what cases saw of the rules of one suite.
struct CoverageRecorder {
    private let parts: ConditionParts
    private let rules: [RuleFact]
    /// What the parts are compiled to, in their order.
    let options: LoadOptions

    /// - Parameter rules: the suite's, loaded without probes.
    init(_ rules: [RuleFact], isDetailed: Bool) {
        self.rules = rules
        parts = ConditionParts(isDetailed ? rules : [])
        options = LoadOptions(probes: parts.probes(rules))
    }

    /// Which program is watched for which part, in the order of the parts.
    func watched(
        _ rules: [RuleFact], _ compiled: [Condition]
    ) -> [(condition: Condition, part: Condition)] {
        zip(parts.parts, compiled).map { (ConditionParts.program(of: $0, in: rules), $1) }
    }

    /// What a case's walk saw of every rule.
    func coverage(
        _ bench: inout Bench, _ watched: [(condition: Condition, part: Condition)],
        fed kinds: Set<String>
    ) -> [RuleCoverage] {
        let modes = judgedModes(&bench)
        return rules.enumerated().map { number, rule in
            let counters = bench.counters(number)
            let raised = rule.isPulse ? counters.matched : counters.raised
            let isFed = rule.isFoldTarget || !kinds.isDisjoint(with: rule.kinds)
            var coverage = RuleCoverage(
                rule: rule.id, matched: counters.matched, raised: raised,
                cleared: counters.cleared, quietCases: isFed && raised == 0 ? 1 : 0,
                canClear: !rule.isNeverActive, parts: [], modes: [:])
            coverage.parts = partCoverage(number, bench, watched)
            for mode in Set(rule.conditions.map(\.mode)) where mode != "normal" {
                coverage.modes[mode] = modes.contains(ModeOfRule(rule: number, mode: mode))
            }
            return coverage
        }
    }

    private struct ModeOfRule: Hashable {
        var rule: Int
        var mode: String
    }

    private func judgedModes(_ bench: inout Bench) -> Set<ModeOfRule> {
        Set(
            bench.takeTransitions().map { change in
                ModeOfRule(rule: change.rule.int, mode: bench.modeName(Int(change.mode)))
            })
    }

    /// Parts of the same text at the same place are one: modes repeat conditions.
    private func partCoverage(
        _ rule: Int, _ bench: borrowing Bench,
        _ watched: [(condition: Condition, part: Condition)]
    ) -> [PartCoverage] {
        var found: [PartCoverage] = []
        for (index, part) in parts.parts.enumerated() where part.rule == rule {
            guard watched[index].condition.isSet, watched[index].part.isSet else { continue }
            let (isTrue, isFalse) = bench.seen(watched[index].condition, watched[index].part)
            let line = part.condition.place.line
            let known = found.firstIndex {
                $0.text == part.text && $0.condition == part.condition.part && $0.line == line
            }
            let place = known ?? found.count
            if known == nil {
                found.append(
                    PartCoverage(condition: part.condition.part, line: line, text: part.text))
            }
            found[place].wasTrue = found[place].wasTrue || isTrue
            found[place].wasFalse = found[place].wasFalse || isFalse
        }
        return found
    }
}
