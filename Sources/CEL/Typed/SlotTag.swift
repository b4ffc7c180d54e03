/// What a slot holds; the type of a value while a typed program runs.
public enum SlotTag: UInt8, BitwiseCopyable, Sendable, CaseIterable {
    /// Nothing: reading it is an error, `has` of it is false.
    case absent
    /// An evaluation that failed; the payload is an `EvaluationFailure`.
    case error
    case null, bool, int, uint, double
    /// A `Symbol`.
    case string
    /// Nanoseconds, signed: since the Unix epoch for a timestamp.
    case timestamp, duration
    /// A place in a `SlotArena`.
    case list, map

    // Written out because the generic operators of a raw-valued enum are refused on the hot path
    // of a build without optimization.
    @_noAllocation @_noLocks @inlinable
    public static func == (left: SlotTag, right: SlotTag) -> Bool {
        unsafe unsafeBitCast(left, to: UInt8.self) == unsafeBitCast(right, to: UInt8.self)
    }

    @_noAllocation @_noLocks @inlinable
    public static func != (left: SlotTag, right: SlotTag) -> Bool {
        unsafe unsafeBitCast(left, to: UInt8.self) != unsafeBitCast(right, to: UInt8.self)
    }

    /// Whether values of the tag compare with one another as numbers do.
    var isNumber: Bool {
        @_noAllocation @_noLocks get { self == .int || self == .uint || self == .double }
    }
}
