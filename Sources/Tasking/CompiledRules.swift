public import Domain
public import Scoring

/// What the catalog and the rule files compile to.
@frozen
public struct CompiledRules: ~Copyable, Sendable {
    public var kinds: KindTable
    public var rules: RuleTable
    public var tasks: TaskTable

    public init(
        kinds: consuming KindTable, rules: consuming RuleTable, tasks: consuming TaskTable
    ) {
        self.kinds = kinds
        self.rules = rules
        self.tasks = tasks
    }
}
