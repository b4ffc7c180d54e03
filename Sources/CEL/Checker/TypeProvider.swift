/// What the checker and the evaluator ask about message types.
public protocol TypeProvider: Sendable {
    /// Whether there is a message of that full name.
    func hasMessage(_ name: String) -> Bool
    /// The type of a message's field, extensions by their full name; nil if there is none.
    func fieldType(_ field: String, of message: String) -> CELType?
    func fieldNames(of message: String) -> [String]
    /// The field of a message at hand; nil if it has none of that name.
    func field(_ name: String, of message: MessageValue) -> FieldDescriptor?
    /// A message without any field set, for fields nobody has set.
    func emptyMessage(_ name: String) -> Value
    /// The number of an enum constant by its full name.
    func enumValue(_ name: String) -> (enumeration: String, number: Int32)?
    /// Numbers of an enum's constants by their names, or nil if there is no such enum.
    func enumConstants(_ name: String) -> [String: Int32]?
    /// Builds a message of its fields; optional entries that are empty are left out before.
    func make(
        _ message: String, _ fields: [(name: String, value: Value)]
    ) throws(EvaluationError) -> Value
}

/// The provider of an environment without messages.
public struct NoTypes: TypeProvider {
    public init() {}

    public func hasMessage(_ name: String) -> Bool { false }
    public func fieldType(_ field: String, of message: String) -> CELType? { nil }
    public func fieldNames(of message: String) -> [String] { [] }
    public func field(_ name: String, of message: MessageValue) -> FieldDescriptor? { nil }
    public func emptyMessage(_ name: String) -> Value { .null }
    public func enumValue(_ name: String) -> (enumeration: String, number: Int32)? { nil }
    public func enumConstants(_ name: String) -> [String: Int32]? { nil }

    public func make(
        _ message: String, _ fields: [(name: String, value: Value)]
    ) throws(EvaluationError) -> Value {
        throw EvaluationError(.noSuchType, "no message '\(message)'")
    }
}
