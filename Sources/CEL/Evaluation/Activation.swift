/// Where an evaluation gets the values of its variables.
public protocol Activation {
    /// The value of a variable by its full name, or nil if it has none now.
    func value(of name: String) -> Value?
}

extension Dictionary: Activation where Key == String, Value == CEL.Value {
    public func value(of name: String) -> CEL.Value? { self[name] }
}
