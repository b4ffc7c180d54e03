import Domain
import Scoring

/// Reads what moves a rule's state: `raise`, `clear`, `expire` and the policies.
struct StateReader {
    static let holds: ClosedRange<Interval> = .zero...(.hours(24))
    static let expiries: ClosedRange<Interval> = .seconds(1)...(.hours(24 * 30))

    let findings: FindingList

    func read(_ section: Section, _ rule: inout RuleDraft) {
        rule.raise = readHeld(section["raise"])
        rule.clear = readHeld(section["clear"])
        rule.expire = section["expire"]?.duration(StateReader.expiries)
        rule.onError = section["on_error"]?.word(Vocabulary.policies) ?? .hold
        rule.onNoData = section["on_no_data"]?.word(Vocabulary.policies) ?? .hold
        rule.foldedFrom = (section["folded_from"]?.items() ?? []).compactMap { $0.text() }
        check(section, rule)
    }

    func readHeld(_ value: YAMLValue?) -> HeldDraft? {
        guard let section = value?.section(.held), let when = section.require("when")?.source()
        else { return nil }
        let hold = section["hold"]?.duration(StateReader.holds) ?? .zero
        return HeldDraft(when: when, hold: hold)
    }

    /// State is moved by one thing: conditions, a sequence, an absence, or folded findings.
    private func check(_ section: Section, _ rule: RuleDraft) {
        let movers = ["sequence", "absence", "folded_from"].filter { section[$0] != nil }
        if movers.count > 1, let second = section[movers[1]] {
            second.error(.ruleState, "`\(movers[1])` beside `\(movers[0])`: one moves the state")
        }
        if let mover = movers.first {
            for other in ["raise", "windows", "neighbours", "corroborate"] {
                section[other]?.error(
                    .ruleState, "`\(other)` beside `\(mover)`: `\(mover)` alone moves the state",
                    hint: "write a second rule with \(other == "raise" ? "the raise" : "it")")
            }
        } else if section["raise"] == nil {
            for other in ["clear", "expire"] {
                section[other]?.error(.ruleState, "`\(other)` without `raise` has nothing to end")
            }
        }
    }
}
