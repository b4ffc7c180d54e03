/// One signature of a function and what it does.
public struct Overload: Sendable {
    /// Works on arguments that already fit the parameters at run time.
    public typealias Body = @Sendable ([Value]) throws(EvaluationError) -> Value

    /// Unique in an environment, such as `add_int64`.
    public let id: String
    /// With a member the first parameter is the receiver.
    public let isMember: Bool
    public let parameters: [CELType]
    public let result: CELType
    /// nil: declared for checking, implemented elsewhere or nowhere.
    let body: Body?

    public init(
        _ id: String, _ parameters: [CELType], _ result: CELType, isMember: Bool = false,
        body: Body? = nil
    ) {
        self.id = id
        self.parameters = parameters
        self.result = result
        self.isMember = isMember
        self.body = body
    }
}

/// A function: a name and its overloads, tried in order.
public struct Function: Sendable {
    public let name: String
    public private(set) var overloads: [Overload]

    public init(_ name: String, _ overloads: Overload...) {
        self.name = name
        self.overloads = overloads
    }

    init(_ name: String, all overloads: [Overload]) {
        self.name = name
        self.overloads = overloads
    }

    /// Takes over the other's overloads; one with a known id replaces it.
    mutating func merge(_ other: Function) {
        for overload in other.overloads {
            overloads.removeAll { $0.id == overload.id }
            overloads.append(overload)
        }
    }
}
