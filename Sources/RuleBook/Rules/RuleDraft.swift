import Domain
import Scoring
import Tasking

/// Where a rule stands in its life.
public enum RuleStatus: String, CaseIterable, Codable, Sendable {
    /// Checked, not run.
    case draft
    /// Evaluated and counted; adds no score, opens no task.
    case shadow
    case active
    /// Not run any more; its id stays taken.
    case retired

    /// Whether the engine gets it.
    public var runs: Bool { self == .shadow || self == .active }
}

/// One rule file as read: everything checked that can be without looking at conditions.
struct RuleFileDraft {
    var file: SourceFile
    var set = SetDraft()
    var params: [Param] = []
    var defines: [Define] = []
    var rules: [RuleDraft] = []
    var inhibits: [InhibitDraft] = []
}

/// Whose rules a file holds, for people.
struct SetDraft {
    var name: String?
    var owner: String?
    var contact: String?
}

/// A number with a name, that conditions read as `param.<name>`.
struct Param {
    enum Value: Equatable, Sendable {
        case int(Int64)
        case double(Double)

        var text: String {
            switch self {
            case .int(let value): "\(value)"
            case .double(let value): "\(value)"
            }
        }

        var number: Double {
            switch self {
            case .int(let value): Double(value)
            case .double(let value): value
            }
        }
    }
    var name: Marked<String>
    var value: Value
    var range: ClosedRange<Double>?
    var unit: Marked<String>?
}

/// A condition with a name, that conditions read as `define.<name>`.
struct Define {
    var name: Marked<String>
    var source: Marked<String>
}

/// One rule as read.
struct RuleDraft {
    var id: Marked<String>
    var title = ""
    var why: String?
    var status = RuleStatus.active
    var revision = 1
    var labels: [String: String] = [:]
    var kinds: [Marked<String>] = []
    /// What else `match` asks: fields with the words they may have.
    var words: [WordMatch] = []
    var filter: Marked<String>?
    var key: [Marked<String>] = []
    /// In the order of their names: that of the file means nothing.
    var windows: [WindowDraft] = []
    var neighbours: [NeighbourDraft] = []
    var corroboration: CorroborationDraft?
    var sequence: SequenceDraft?
    var absence: AbsenceDraft?
    var foldedFrom: [Marked<String>] = []
    var raise: HeldDraft?
    var clear: HeldDraft?
    var expire: Interval?
    var onError = HoldPolicy.hold
    var onNoData = HoldPolicy.hold
    var scores: [ScoreDraft] = []
    var modes: [ModeOverride] = []
    var task: TaskDraft?
    /// The tests written beside the rule, unread.
    var tests: YAMLValue?

    /// Whether an alert alone is evidence: nothing keeps a state.
    var isPulse: Bool {
        raise == nil && sequence == nil && absence == nil && foldedFrom.isEmpty
    }

    /// Whether it tells of moments only: a pulse, or a sequence that neither clears nor expires.
    var isNeverActive: Bool { isPulse || sequence != nil && clear == nil && expire == nil }
}

/// `match: {state: raise}`: a field and the words it may have.
struct WordMatch {
    var field: String
    var words: [Marked<String>]

    /// The same as a condition.
    var condition: String {
        let list = words.map { "\"\($0.value.escapedForCEL)\"" }.joined(separator: ", ")
        return "alert.\(field) in [\(list)]"
    }
}

extension String {
    /// The text as it stands between double quotes in a condition.
    var escapedForCEL: String {
        replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }
}

struct WindowDraft {
    var name: Marked<String>
    var function: WindowFunction
    var quantile = 0.5
    var sample: Marked<String>?
    var filter: Marked<String>?
    var over: Interval
    var pane: Interval
    var per: Interval?
    var empty: Double?
}

struct NeighbourDraft {
    var name: Marked<String>
    var function: NeighbourFunction
    var rings: Int
    var of: Marked<String>
    var least: Double?
    var empty: Double?
}

struct CorroborationDraft {
    var spot: Spot
    var within: Interval
    var need: Int
    var distinct: Marked<String>
    var witnesses: [(name: Marked<String>, when: Marked<String>)]
    var confidence: ConfidenceFunction
}

struct SequenceDraft {
    var spot: Spot
    var within: Interval
    var restartsOnLatest = true
    var overlaps = false
    var steps: [StepDraft] = []
}

struct StepDraft {
    var name: Marked<String>
    var isNot: Bool
    var kinds: [Marked<String>] = []
    var words: [WordMatch] = []
    var filter: Marked<String>?
}

struct AbsenceDraft {
    var spot: Spot
    var expect: Marked<String>
    var missed = 1
    var arm = ArmingPolicy.firstSeen
    var settle = Interval.zero
    var fold: FoldDraft?
}

struct FoldDraft {
    var by: Marked<String>
    var share: Double
    var least: Int
    var into: Marked<String>
}

struct HeldDraft: Sendable {
    var when: Marked<String>
    var hold: Interval
}

struct ScoreDraft {
    var category: Domain.Category
    var categorySpot: Spot
    var points: Marked<String>
    var confidence: Marked<String>?
    var halfLife: Interval
    var group: String
    var spread = SpreadPlan.none
}

struct TaskDraft {
    var spot: Spot
    var kind: Marked<String>
    var title: Marked<String>
    var note: Marked<String>?
    var cap: CAPCategory?
    var responses: [String] = []
    var urgency = Urgency.expected
    var severity: Severity?
    var certainty: Certainty?
    var priority: Priority?
    var accept: Interval?
    var arrive: Interval?
    var resolve: Interval?
    /// What makes it the same task; nil where the file does not say.
    var key: [Marked<String>]?
    var repeats = RepeatPolicy.update
    var remind = Interval.zero
    var escalate: (repeats: Int, within: Interval, to: Priority)?
    var reopen = Interval.zero
    var closesOnClear = false
}

/// While `source` is active, tasks of the target are withheld.
struct InhibitDraft {
    var id: Marked<String>
    var source: Marked<String>
    var warning: WarningLevel?
    var target: Marked<String>?
    var category: Domain.Category?
    var below: Priority?
    var same: [Marked<String>]
}
