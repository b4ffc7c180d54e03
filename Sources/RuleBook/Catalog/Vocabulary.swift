import Domain
import Scoring
import Tasking

/// The words of rule files and what they stand for. CAP words are written as CAP writes them.
enum Vocabulary {
    static let categories: KeyValuePairs<String, Domain.Category> = [
        "political-security": .politicalSecurity, "public-order": .publicOrder,
        "social-conflict": .socialConflict, "public-safety": .publicSafety,
        "cyber-security": .cyberSecurity,
    ]
    static let severities: KeyValuePairs<String, Severity> = [
        "Unknown": .unknown, "Minor": .minor, "Moderate": .moderate, "Severe": .severe,
        "Extreme": .extreme,
    ]
    static let urgencies: KeyValuePairs<String, Urgency> = [
        "Unknown": .unknown, "Past": .past, "Future": .future, "Expected": .expected,
        "Immediate": .immediate,
    ]
    static let certainties: KeyValuePairs<String, Certainty> = [
        "Unknown": .unknown, "Unlikely": .unlikely, "Possible": .possible, "Likely": .likely,
        "Observed": .observed,
    ]
    static let priorities: KeyValuePairs<String, Priority> = [
        "P1": .p1, "P2": .p2, "P3": .p3, "P4": .p4, "P5": .p5,
    ]
    static let repeats: KeyValuePairs<String, RepeatPolicy> = [
        "update": .update, "ignore": .ignore, "new": .new,
    ]

    static let rollUps: KeyValuePairs<String, RollUpMethod> = [
        "max": .max, "top_mean": .topMean, "weighted_mean": .weightedMean,
    ]
    static let windowFunctions: KeyValuePairs<String, WindowFunction> = [
        "count": .count, "sum": .sum, "avg": .average, "min": .min, "max": .max, "rate": .rate,
        "distinct": .distinct, "first": .first, "last": .last, "stddev": .deviation,
        "quantile": .quantile,
    ]
    static let neighbourFunctions: KeyValuePairs<String, NeighbourFunction> = [
        "max": .max, "min": .min, "avg": .average, "sum": .sum, "count": .count,
    ]
    static let confidences: KeyValuePairs<String, ConfidenceFunction> = [
        "noisy_or": .noisyOr, "max": .max, "min": .min, "avg": .average,
    ]
    static let policies: KeyValuePairs<String, HoldPolicy> = [
        "hold": .hold, "clear": .clear, "raise": .raise,
    ]
    static let statuses: KeyValuePairs<String, RuleStatus> = [
        "draft": .draft, "shadow": .shadow, "active": .active, "retired": .retired,
    ]
    static let armings: KeyValuePairs<String, ArmingPolicy> = [
        "roster": .roster, "first-seen": .firstSeen,
    ]
    static let warnings: KeyValuePairs<String, WarningLevel> = [
        "blue": .blue, "yellow": .yellow, "orange": .orange, "red": .red,
    ]
    /// CAP 1.2, what those who are told should do.
    static let responses = [
        "Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear",
        "None",
    ]

    /// The word for a value of one of the tables above.
    static func word<Meaning: Equatable>(
        _ meaning: Meaning, in words: KeyValuePairs<String, Meaning>
    ) -> String {
        words.first { $0.value == meaning }?.key ?? ""
    }
}

extension YAMLValue {
    func category() -> Domain.Category? { word(Vocabulary.categories) }

    /// One of `words`, or nil inside for `auto`.
    func wordOrAuto<Meaning>(_ words: KeyValuePairs<String, Meaning>) -> Choice<Meaning>? {
        if let text = core, text == .text("auto") { return .auto }
        return word(words).map { .fixed($0) }
    }
}

/// A value the author fixed, or left to the engine with `auto`.
enum Choice<Meaning> {
    case auto
    case fixed(Meaning)

    var value: Meaning? {
        switch self {
        case .auto: nil
        case .fixed(let value): value
        }
    }
}

extension Choice: Equatable where Meaning: Equatable {}
