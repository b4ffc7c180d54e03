/// A part of a timestamp or the whole of a duration in a unit, in the proleptic Gregorian calendar.
enum TimePart: UInt8, BitwiseCopyable {
    case fullYear, month, date, dayOfMonth, dayOfWeek, dayOfYear
    case hours, minutes, seconds, milliseconds

    /// The part of a timestamp in a zone so many minutes east of Greenwich, or of a duration.
    @_noAllocation @_noLocks
    func value(of time: Slot, east minutes: Int64) -> Slot {
        switch time.tag {
        case .timestamp: .int(part(of: time.asInt, east: minutes))
        case .duration: whole(of: time.asInt)
        default: .error(.noSuchOverload)
        }
    }

    @_noAllocation @_noLocks
    private func whole(of nanoseconds: Int64) -> Slot {
        switch self {
        case .hours: .int(nanoseconds / 3_600_000_000_000)
        case .minutes: .int(nanoseconds / 60_000_000_000)
        case .seconds: .int(nanoseconds / 1_000_000_000)
        case .milliseconds: .int(nanoseconds % 1_000_000_000 / 1_000_000)
        default: .error(.noSuchOverload)
        }
    }

    @_noAllocation @_noLocks
    private func part(of nanoseconds: Int64, east minutes: Int64) -> Int64 {
        let second = Self.floored(nanoseconds, by: 1_000_000_000) + minutes * 60
        let day = Self.floored(second, by: 86_400)
        let clock = second - day * 86_400
        switch self {
        case .hours: return clock / 3600
        case .minutes: return clock / 60 % 60
        case .seconds: return clock % 60
        case .milliseconds:
            return (nanoseconds - Self.floored(nanoseconds, by: 1_000_000_000) * 1_000_000_000)
                / 1_000_000
        // The epoch was a Thursday; Sunday is 0.
        case .dayOfWeek: return day + 4 - Self.floored(day + 4, by: 7) * 7
        default: return calendarPart(of: day)
        }
    }

    /// From days since the epoch, by eras of 400 years whose years begin in March.
    @_noAllocation @_noLocks
    private func calendarPart(of day: Int64) -> Int64 {
        let shifted = day + 719_468
        let era = Self.floored(shifted, by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayFromMarch = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayFromMarch + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 2 : monthFromMarch - 10
        let year = yearOfEra + era * 400 + (month < 2 ? 1 : 0)
        let date = dayFromMarch - (153 * monthFromMarch + 2) / 5
        switch self {
        case .fullYear: return year
        case .month: return month
        case .dayOfMonth: return date
        case .date: return date + 1
        default: return Self.dayOfYear(year: year, dayFromMarch: dayFromMarch)
        }
    }

    @_noAllocation @_noLocks
    private static func dayOfYear(year: Int64, dayFromMarch: Int64) -> Int64 {
        if dayFromMarch >= 306 { return dayFromMarch - 306 }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return dayFromMarch + (isLeap ? 60 : 59)
    }

    @_noAllocation @_noLocks
    private static func floored(_ value: Int64, by unit: Int64) -> Int64 {
        let quotient = value / unit
        return value % unit < 0 ? quotient - 1 : quotient
    }
}
