import Domain
import RuleBook

/// The tests of one file, or those written beside a rule.
struct TestSuite {
    /// Where the tests were read from.
    var file: String
    /// The rules they are run against: a catalog and the rule files named or beside.
    var sources: RuleFiles
    var start: Timestamp
    /// How long rules that need order wait for stragglers.
    /// In force from the start on.
    var silences: [Silence] = []
    var lateness = Interval.seconds(5)
    var map = TestMap()
    var cases: [TestCase] = []
}

/// The cells of a suite: those of the table `cell`, and which of them touch.
struct TestMap {
    var cells: [TestCell] = []
    var neighbours: [String: [String]] = [:]
}

/// A cell made for a test.
struct TestCell {
    var code: String
    var name: String
    /// Code of the parent; the city itself when nil.
    var parent: String?
    var level: String?
    var population = 0
    var use = ""
    var vulnerability = 0.0
    var access = 0.0
    /// Codes of the areas it lies in, by hierarchy.
    var areas: [String: String] = [:]
}

/// One case: what is fed, and what is to be true of it.
struct TestCase {
    var name: String
    var spot: Spot
    var feed: [FeedItem] = []
    var switches: [ModeSwitch] = []
    var expectations: [Expectation] = []
    var values: [ValueExpectation] = []
    var never: [TaskPattern] = []
    var variations = Variations()
}

/// What else a case is run with: the same is to hold.
struct Variations {
    var spot: Spot?
    /// How many orders of arrival to try, within the lateness bound.
    var shuffles = 0
    /// How often to run it: the journals must be the same, byte for byte.
    var repeats = 1
    /// When to reload the same rules.
    var reloads: [Interval] = []
}

/// One alert of a test.
struct FeedItem {
    /// When it happened, after the start.
    var time: Interval
    /// When it came in, after the start.
    var arrival: Interval
    var alert: AlertSketch
}

/// The city, or a cell with all below it, goes over to another mode.
struct ModeSwitch {
    var at: Interval
    var mode: String
    var cell: String?
    var spot: Spot
}

/// An alert as a test writes it; what is left out is left out on the wire, or has the default named
/// here.
struct AlertSketch {
    /// A value of an attribute, as JSON has it.
    enum Attribute {
        case text(String)
        case number(Double)
        case truth(Bool)
    }

    /// What an area alert is about, as the wire has it.
    enum Area {
        /// **Units**: metres, around the position.
        case radius(Double)
        case cells([String])
        case polygon([Position])
    }

    var spot: Spot
    var kind = ""
    var source = "test/sensor"
    var cell: String?
    var position: Position?
    var area: Area?
    var severity = "minor"
    /// NaN stands for a value that is none: the door refuses it.
    var value: Double?
    var limit: Double?
    var unit: String?
    var confidence: Double?
    var count: Int?
    var state: String?
    var status: String?
    var urgency: String?
    var id: String?
    var ref: String?
    var text: String?
    var attributes: [(name: String, value: Attribute)] = []

    init(spot: Spot) { self.spot = spot }

    /// The cells it names, its own first.
    var cells: [String] {
        if case .cells(let cells) = area { return [cell].compactMap { $0 } + cells }
        return [cell].compactMap { $0 }
    }
}

/// What is to hold at a moment; only what is named is looked at.
struct Expectation {
    var at: Interval
    var spot: Spot
    var rule: String?
    var key: [String] = []
    var state: Written?
    var cell: String?
    var scores: [ScoreExpectation] = []
    /// How far a score may be off.
    var within = 0.05
    var warning: WarningExpectation?
    /// What the cell's score is made of: ids of rules, and `spread` for what came from neighbours.
    var because: [String]?
    var tasks: TaskExpectation?

    init(at: Interval, spot: Spot, rule: String?) {
        (self.at, self.spot, self.rule) = (at, spot, rule)
    }
}

/// A word of a test, and where it is written.
struct Written {
    var text: String
    var spot: Spot
}

/// A category's score, and where it is written.
struct ScoreExpectation {
    var category: Category
    var points: Double
    var spot: Spot
}

/// A warning level, of one category or the worst of all.
struct WarningExpectation {
    var category: Category?
    var level: WarningLevel
    var spot: Spot
}

/// How many tasks are open, or which ones: a list is exact.
enum TaskExpectation {
    case count(Int, Spot)
    case one(TaskPattern)
    case exactly([TaskPattern])

    var patterns: [TaskPattern] {
        switch self {
        case .count: []
        case .one(let pattern): [pattern]
        case .exactly(let patterns): patterns
        }
    }
}

/// Some fields of a task; those not named are free.
struct TaskPattern {
    /// A field and its text, such as `kind` and `gas-leak`.
    struct Field {
        var name: String
        var text: String
        var spot: Spot
    }

    var spot: Spot
    var fields: [Field] = []
    /// Values of the task's `dedupe.key`, without `rule.id`; cells by their codes.
    var key: [String] = []

    var text: String {
        let own = fields.map { "\($0.name): \($0.text)" }
        let keys = key.isEmpty ? [] : ["key: \(key.joined(separator: ", "))"]
        return "{" + (own + keys).joined(separator: ", ") + "}"
    }
}

/// What an expression of a rule is to come to at a moment.
struct ValueExpectation {
    var at: Interval
    var spot: Spot
    var rule: String
    var key: [String]
    var expression: String
    /// `nothing`: the expression has no value, or fails.
    var expected: YAMLLiteral
    var expectedSpot: Spot
    /// How far a number may be off.
    var within: Double
}
