import Domain
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
