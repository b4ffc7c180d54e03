/// Why an evaluation has no value.
public struct EvaluationError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Code: String, Sendable {
        case noSuchOverload, noSuchKey, noSuchField, noSuchType, unknownName, indexOutOfRange
        case divisionByZero, overflow, range, conversion, invalidArgument, duplicateKey
        case iterationLimit
    }

    public let code: Code
    public let message: String
    /// The id of the node that failed; 0 until an evaluator has said so.
    public internal(set) var nodeID = 0
    /// Byte offset of that node's token.
    public internal(set) var offset = 0

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }

    /// The error as a message with line, column and a caret into the expression's text.
    public func diagnostic(in source: Source) -> Diagnostic {
        Diagnostic(.type, message, at: offset, in: source, hint: hint)
    }

    private var hint: String? {
        switch code {
        case .noSuchKey, .noSuchField: "guard the read with has(…) or write a.?b.orValue(…)"
        case .divisionByZero: "guard the division: b != 0 && a / b > 1"
        case .noSuchOverload: "numbers of different types do not mix: convert with double(…)"
        default: nil
        }
    }
}
