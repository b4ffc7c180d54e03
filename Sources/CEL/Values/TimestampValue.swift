/// A moment: seconds since 1970 and nanoseconds on top.
///
/// **Range** years 1 to 9999, as protocol buffers have it.
public struct TimestampValue: Sendable, Hashable, Comparable {
    public let seconds: Int64
    /// **Range** 0..<1_000_000_000
    public let nanoseconds: Int32

    static let secondsMin: Int64 = -62_135_596_800
    static let secondsMax: Int64 = 253_402_300_799

    public init(seconds: Int64, nanoseconds: Int32) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// nil outside the range; any number of nanoseconds is carried over.
    init?(seconds: Int64, carrying nanoseconds: Int64) {
        var carry = nanoseconds / 1_000_000_000
        var rest = nanoseconds % 1_000_000_000
        if rest < 0 {
            rest += 1_000_000_000
            carry -= 1
        }
        let (sum, overflow) = seconds.addingReportingOverflow(carry)
        guard !overflow, (Self.secondsMin...Self.secondsMax).contains(sum) else { return nil }
        self.init(seconds: sum, nanoseconds: Int32(rest))
    }

    public static func < (left: TimestampValue, right: TimestampValue) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    func advanced(by span: DurationValue) -> TimestampValue? {
        let whole = span.nanoseconds / 1_000_000_000
        let rest = span.nanoseconds % 1_000_000_000
        return TimestampValue(seconds: seconds + whole, carrying: Int64(nanoseconds) + rest)
    }

    /// The span from `other` to here, or nil if it does not fit a duration.
    func since(_ other: TimestampValue) -> DurationValue? {
        let difference = Int128(seconds - other.seconds) * 1_000_000_000
        return Int64(exactly: difference + Int128(nanoseconds - other.nanoseconds))
            .map(DurationValue.init)
    }
}

/// A duration.
///
/// **Range** that of 64-bit nanoseconds, some 292 years to either side.
public struct DurationValue: Sendable, Hashable {
    public let nanoseconds: Int64

    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// nil outside the range.
    public init?(seconds: Int64, nanoseconds: Int64) {
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carried) = scaled.addingReportingOverflow(nanoseconds)
        guard !overflow, !carried else { return nil }
        self.init(nanoseconds: sum)
    }
}
