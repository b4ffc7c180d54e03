public import CEL
public import Domain
public import Scoring
public import Tasking

/// A whole rule set, checked and compiled: what the engine takes over at start or at a reload.
public struct RuleSet: ~Copyable {
    public let catalog: Catalog
    /// The rules that run (active and shadow), indexed by `RuleID`; after them those that ran
    /// before and are gone, as retired.
    public let rules: [RuleFact]
    /// Drafts and retired rules: checked, not run.
    public let idle: [RuleFact]
    /// The same for the same rules on any machine: all rules' hashes and the catalog's thresholds.
    public let hash: UInt64
    public var kinds: KindTable
    public var table: RuleTable
    public var tasks: TaskTable
    /// What `RuleProbe`s were compiled to, in their order; `.none` where one was wrong.
    public let probes: [Condition]
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
    /// Who answers for the file it stands in.
    public var owner: String?
    public var status: RuleStatus
    public var revision: Int
    public var labels: [String: String]
    public var kinds: [String]
    public var place: Place
    /// The rule's hash: its canonical form, 64 bits.
    public var hash: UInt64
    /// SHA-256 of the canonical form, hexadecimal: what a lock holds.
    public var digest: String
    /// A hash of what its state is made of; where it is the same, state outlives a reload.
    public var stateHash: UInt64
    /// Whether every alert that passes is evidence by itself: nothing keeps a state.
    public var isPulse: Bool
    /// Whether it never stands raised: a pulse, or a sequence that neither clears nor expires.
    public var isNeverActive: Bool
    /// Whether findings of other rules are folded into it, and no alert is its own.
    public var isFoldTarget: Bool
    /// The parts of the key that its state is kept by, as far as they are of every rule.
    public var key: [RuleSlot]
    /// The names of all parts of the key, and their slots.
    public var keyNames: [String] = []
    public var keySlots: [UInt8] = []
    /// Names of windows, neighbours, witnesses and captured steps, in the order of their slots.
    public var windows: [String] = []
    public var neighbours: [String] = []
    public var witnesses: [String] = []
    public var steps: [String] = []
    /// All conditions, in the order they are judged; those of other modes where they differ.
    public var conditions: [ConditionFact] = []
    /// What its conditions can name.
    public var names: [NameFact] = []
    public var scores: [ScoreFact] = []
    public var task: TaskFact?
    /// The modes in which it differs.
    public var modes: [String] = []
}

/// One condition of a rule.
public struct ConditionFact: Sendable {
    /// Such as `raise.when` or `windows.heads.where`.
    public var part: String
    /// The mode it is of, where the rule differs in it; `normal` else.
    public var mode: String
    /// As it stands in the file.
    public var text: String
    /// The same with `define.`, `param.` and `rule.id` written out.
    public var expanded: String
    public var place: Place
    public var program: Condition
}

/// A name that conditions can read, and the slot it stands in.
public struct NameFact: Sendable {
    public var name: String
    public var type: CELType
    public var slot: Int
}

/// What a rule adds to a score, as far as it outlives the rule.
public struct ScoreFact: Sendable {
    public var identity: UInt32
    public var category: Category
    public var group: UInt32
    public var halfLife: Interval
}

/// The task of a rule, as far as it outlives the rule.
public struct TaskFact: Sendable {
    public var kind: String
    public var department: String
    public var level: String
    public var category: Category
}

/// An expression to be compiled as if it stood in a rule, for those who look into a running set.
public struct RuleProbe: Sendable {
    public var rule: String
    public var text: String
    /// Where it is written, for findings.
    public var file: SourceFile
    public var line: Int
    public var column: Int

    public init(rule: String, text: String, file: SourceFile, line: Int, column: Int) {
        self.rule = rule
        self.text = text
        self.file = file
        self.line = line
        self.column = column
    }
}
