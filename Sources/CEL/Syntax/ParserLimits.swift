/// How large an expression may be; each limit protects the stack or the time of a load.
public struct ParserLimits: Sendable {
    /// **Units** UTF-8 bytes of text.
    public var textBytesMax = 100_000
    /// Brackets, calls and conditionals inside each other while parsing.
    public var nestingMax = 250
    /// Height of the finished tree, macros expanded: what walks over it recurse through.
    public var heightMax = 500
    /// Nodes of the finished tree, macros expanded.
    public var nodesMax = 100_000

    public init() {}
}
