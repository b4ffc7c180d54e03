import Domain
import RuleBook

/// The tests of one file, or those written beside a rule.
struct TestSuite {
    /// Where the tests were read from.
    var file: String
    /// The rules they are run against: a catalog and the rule files named or beside.
    var sources: RuleFiles
    var start: Timestamp
    var cells: [TestCell] = []
    var cases: [TestCase] = []
}

/// A cell made for a test.
struct TestCell {
    var code: String
    var name: String
    /// Code of the parent; the city itself when nil.
    var parent: String?
    var level: String?
    var population = 0
}

/// One case: what is fed, and what is to be true of it.
struct TestCase {
    var name: String
    var spot: Spot
    var feed: [FeedItem] = []
    var expectations: [Expectation] = []
    var never: [TaskPattern] = []
}

/// One alert of a test.
struct FeedItem {
    /// When it happened, after the start.
    var time: Interval
    /// When it came in, after the start.
    var arrival: Interval
    var alert: AlertSketch
}

/// An alert as a test writes it; what is left out is left out on the wire, or has the default named
/// here.
struct AlertSketch {
    var kind = ""
    var source = "test/sensor"
    var cell = ""
    var severity = "minor"
    var value: Double?
    var limit: Double?
    var unit: String?
    var confidence: Double?
    var count: Int?
    var state: String?
    var status: String?
    var urgency: String?
}

/// What is to hold at a moment; only what is named is looked at.
struct Expectation {
    var at: Interval
    var spot: Spot
    var rule: String?
    var key: [String] = []
    var state: String?
    var cell: String?
    var scores: [(category: Category, points: Double)] = []
    /// How far a score may be off.
    var within = 0.05
    var warning: WarningExpectation?
    var tasks: TaskExpectation?
}

/// A warning level, of one category or the worst of all.
struct WarningExpectation {
    var category: Category?
    var level: WarningLevel
}

/// How many tasks are open, or which ones: a list is exact.
enum TaskExpectation {
    case count(Int)
    case exactly([TaskPattern])
}

/// Some fields of a task; those not named are free.
struct TaskPattern {
    var spot: Spot
    /// Field on the wire to its text, such as `kind` to `gas-leak`.
    var fields: [(name: String, text: String)] = []

    var text: String {
        "{" + fields.map { "\($0.name): \($0.text)" }.joined(separator: ", ") + "}"
    }
}
