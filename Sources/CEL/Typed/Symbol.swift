/// A string's number in one `SymbolTable`: equal strings have equal symbols.
public struct Symbol: BitwiseCopyable, Sendable, Hashable {
    public let rawValue: UInt32

    @_noAllocation @_noLocks @inlinable
    init(rawValue: UInt32) { self.rawValue = rawValue }

    @_noAllocation @_noLocks @inlinable
    public static func == (left: Symbol, right: Symbol) -> Bool { left.rawValue == right.rawValue }

    /// Whether the string is forgotten when the scratch region is cleared.
    public var isScratch: Bool {
        @_noAllocation @_noLocks @inlinable get { rawValue >= 0x8000_0000 }
    }
}
