import Domain
import Scoring
import Tasking

/// Where a rule stands in its life.
public enum RuleStatus: String, CaseIterable, Sendable {
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
    var params: [Param] = []
    var defines: [Define] = []
    var rules: [RuleDraft] = []
}

/// A number with a name, that conditions read as `param.<name>`.
struct Param {
    enum Value: Equatable {
        case int(Int64)
        case double(Double)

        var text: String {
            switch self {
            case .int(let value): "\(value)"
            case .double(let value): "\(value)"
            }
        }
    }
    var name: Marked<String>
    var value: Value
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
    var filter: Marked<String>?
    var key: [RuleSlot] = []
    var windows: [WindowDraft] = []
    var raise: HeldDraft?
    var clear: HeldDraft?
    var scores: [ScoreDraft] = []
    var task: TaskDraft?
    /// The tests written beside the rule, unread.
    var tests: YAMLValue?
}

struct WindowDraft {
    var name: Marked<String>
    var function: WindowFunction
    var sample: Marked<String>?
    var filter: Marked<String>?
    var over: Interval
    var pane: Interval
    var empty: Double?
}

struct HeldDraft {
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
}

struct TaskDraft {
    var spot: Spot
    var kind: Marked<String>
    var title: Marked<String>
    var cap: CAPCategory?
    var urgency = Urgency.expected
    var severity: Severity?
    var certainty: Certainty?
    var priority: Priority?
    var accept: Interval?
    var arrive: Interval?
    var resolve: Interval?
    var key: [RuleSlot] = [.alertCell]
    var repeats = RepeatPolicy.update
    var reopen = Interval.zero
    var closesOnClear = false
}
