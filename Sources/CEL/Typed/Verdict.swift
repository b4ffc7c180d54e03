/// Why an evaluation has no value.
public enum EvaluationFailure: UInt8, Error, BitwiseCopyable, Sendable, CaseIterable {
    /// An absent slot was read.
    case noSuchField
    case noSuchKey
    /// A value of another type than the operation takes.
    case noSuchOverload
    case indexOutOfRange
    case overflow
    case divisionByZero
    /// A conversion of a value outside the range of the type asked for.
    case outOfRange
}

/// The three ends of a condition.
public enum Verdict: BitwiseCopyable, Sendable, Hashable {
    case isFalse
    case isTrue
    case error(EvaluationFailure)
}
