public import Domain
public import Scoring
public import Tasking

/// A whole rule set, checked and compiled: what the engine takes over at start or at a reload.
public struct RuleSet: ~Copyable {
    public let catalog: Catalog
    /// The rules that run (active and shadow), indexed by `RuleID`.
    public let rules: [RuleFact]
    /// Drafts and retired rules: checked, not run.
    public let idle: [RuleFact]
    /// The same for the same rules on any machine: all rules' hashes and the catalog's thresholds.
    public let hash: UInt64
    public var kinds: KindTable
    public var table: RuleTable
    public var tasks: TaskTable
    /// Found, but no reason not to load.
    public let warnings: [Finding]

    /// What the engine runs, given up by the set.
    public consuming func compiled() -> CompiledRules {
        CompiledRules(kinds: kinds, rules: table, tasks: tasks)
    }
}

/// What people want to know of a rule beside what the engine runs.
public struct RuleFact: Sendable {
    public var id: String
    public var title: String
    public var why: String?
    public var status: RuleStatus
    public var revision: Int
    public var labels: [String: String]
    public var kinds: [String]
    public var place: Place
    /// The rule's hash: its canonical form, 64 bits.
    public var hash: UInt64
    /// Whether every alert that passes is evidence by itself: the rule has no `raise`.
    public var isPulse: Bool
    /// The parts of the key that its state is kept by.
    public var key: [RuleSlot]
}
