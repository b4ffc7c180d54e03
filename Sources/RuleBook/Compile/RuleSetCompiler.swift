import Domain
import Scoring
import Tasking
enum RuleSetCompiler {
    static func compile(_ drafts: RuleDrafts, _ findings: FindingList) -> RuleSet { fatalError() }
}
