import Domain

/// Moments as text, without a calendar library: days to dates by Howard Hinnant's
/// `civil_from_days`.
enum TimeText {
    /// `2026-05-25T13:42:11.412Z`: RFC 3339 in UTC with milliseconds.
    static func rfc3339(_ time: Timestamp) -> String {
        let milliseconds = floored(time.nanoseconds, 1_000_000)
        let date = civil(floored(milliseconds.quotient, 86_400_000).quotient)
        let fraction = floored(milliseconds.quotient, 1000).remainder
        return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))T"
            + "\(clock(time)).\(padded(fraction, 3))Z"
    }

    /// `13:42:11` in UTC.
    static func clock(_ time: Timestamp) -> String {
        let seconds = floored(floored(time.nanoseconds, 1_000_000_000).quotient, 86_400).remainder
        return [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }
            .joined(separator: ":")
    }

    private static func floored(
        _ number: Int64, _ divisor: Int64
    ) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = floored(days + 719_468, 146_097)
        let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let day = dayOfYear - (153 * shifted + 2) / 5 + 1
        return (year + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
