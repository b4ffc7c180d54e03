/// A message built from a descriptor at run time.
///
/// Fields hold values as the language sees them: wrappers, `Struct`, `Any` and the other
/// well-known types are already unwrapped.
public struct Message: Sendable {
    public let descriptor: MessageDescriptor
    /// The fields that are set, by number.
    public internal(set) var fields: [Int32: Value] = [:]

    init(_ descriptor: MessageDescriptor) {
        self.descriptor = descriptor
    }
}

extension Message: Equatable {
    public static func == (left: Message, right: Message) -> Bool {
        guard left.descriptor.name == right.descriptor.name else { return false }
        guard left.fields.count == right.fields.count else { return false }
        return left.fields.allSatisfy { number, value in right.fields[number] == value }
    }
}
