/// One value a typed program reads or makes: 16 bytes, no references, no ownership.
///
///     0                8     9         12                16
///     | bits           | tag | 0       | extent          |
///
/// `bits` is the payload: a number's bit pattern, a symbol, nanoseconds, an arena index.
/// `extent` is a list's element count, or the capacity of a map less one (a mask).
/// Tag and extent share a word, so that a slot is copied and cleared whole.
public struct Slot: BitwiseCopyable, Sendable {
    public let bits: UInt64
    @usableFromInline let form: UInt64

    @_noAllocation @_noLocks @inlinable
    init(_ tag: SlotTag, _ bits: UInt64, extent: UInt32) {
        self.bits = bits
        form = UInt64(extent) &<< 32 | UInt64(unsafe unsafeBitCast(tag, to: UInt8.self))
    }

    @_noAllocation @_noLocks @inlinable
    init(_ tag: SlotTag, _ bits: UInt64) {
        self.bits = bits
        form = UInt64(unsafe unsafeBitCast(tag, to: UInt8.self))
    }

    public var tag: SlotTag {
        @_noAllocation @_noLocks @inlinable get {
            unsafe unsafeBitCast(UInt8(truncatingIfNeeded: form), to: SlotTag.self)
        }
    }

    public var extent: UInt32 {
        @_noAllocation @_noLocks @inlinable get { UInt32(truncatingIfNeeded: form &>> 32) }
    }

    /// An absent value.
    @_noAllocation @_noLocks @inlinable
    public init() {
        bits = 0
        form = 0
    }

    @_noAllocation @_noLocks @inlinable
    public static func null() -> Slot { Slot(.null, 0) }

    @_noAllocation @_noLocks @inlinable
    public static func bool(_ value: Bool) -> Slot { Slot(.bool, value ? 1 : 0) }

    @_noAllocation @_noLocks @inlinable
    public static func int(_ value: Int64) -> Slot { Slot(.int, UInt64(bitPattern: value)) }

    @_noAllocation @_noLocks @inlinable
    public static func uint(_ value: UInt64) -> Slot { Slot(.uint, value) }

    @_noAllocation @_noLocks @inlinable
    public static func double(_ value: Double) -> Slot { Slot(.double, value.bitPattern) }

    @_noAllocation @_noLocks @inlinable
    public static func string(_ symbol: Symbol) -> Slot {
        Slot(.string, UInt64(symbol.rawValue))
    }

    /// **Units** nanoseconds since the Unix epoch: the years 1678 to 2261.
    @_noAllocation @_noLocks @inlinable
    public static func timestamp(nanoseconds: Int64) -> Slot {
        Slot(.timestamp, UInt64(bitPattern: nanoseconds))
    }

    @_noAllocation @_noLocks @inlinable
    public static func duration(nanoseconds: Int64) -> Slot {
        Slot(.duration, UInt64(bitPattern: nanoseconds))
    }

    @_noAllocation @_noLocks @inlinable
    public static func error(_ failure: EvaluationFailure) -> Slot {
        Slot(.error, UInt64(unsafe unsafeBitCast(failure, to: UInt8.self)))
    }

    /// The payload as a signed number; meaningful for int, timestamp and duration.
    public var asInt: Int64 {
        @_noAllocation @_noLocks @inlinable get { Int64(bitPattern: bits) }
    }

    public var asDouble: Double {
        @_noAllocation @_noLocks @inlinable get { Double(bitPattern: bits) }
    }

    public var asBool: Bool {
        @_noAllocation @_noLocks @inlinable get { bits != 0 }
    }

    public var asSymbol: Symbol {
        @_noAllocation @_noLocks @inlinable get {
            Symbol(rawValue: UInt32(truncatingIfNeeded: bits))
        }
    }

    /// Why there is no value; meaningful for absent and error slots and for a misplaced type.
    public var failure: EvaluationFailure {
        @_noAllocation @_noLocks get {
            switch tag {
            case .absent: .noSuchField
            case .error:
                unsafe unsafeBitCast(UInt8(truncatingIfNeeded: bits), to: EvaluationFailure.self)
            default: .noSuchOverload
            }
        }
    }
}
