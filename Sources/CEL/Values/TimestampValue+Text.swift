/// A date and time of day in one time zone's clock.
struct CivilTime {
    var year: Int64
    /// **Range** 1...12
    var month: Int64
    /// **Range** 1...31
    var day: Int64
    /// Since midnight.
    var secondOfDay: Int64
    /// From 0, the first of January.
    var dayOfYear: Int64
    /// From 0, Sunday.
    var weekday: Int64

    /// The clock's time at seconds since 1970 on that clock.
    init(secondsSince1970 seconds: Int64) {
        let days = seconds.flooredQuotient(86_400)
        secondOfDay = seconds - days * 86_400
        weekday = (days + 4).flooredRemainder(7)
        // Years begin in March here: the leap day is then the year's last.
        let shifted = days + 719_468
        let era = shifted.flooredQuotient(146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfMarchYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfMarchYear + 2) / 153
        day = dayOfMarchYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        dayOfYear = days - Self.days(year: year, month: 1, day: 1)
    }

    /// Days from 1970-01-01 to a date.
    static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = year.flooredQuotient(400)
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            - 719_468
    }

    static func daysInMonth(_ month: Int64, of year: Int64) -> Int64 {
        guard month == 2 else {
            return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
        }
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    }
}

extension Int64 {
    func flooredQuotient(_ divisor: Int64) -> Int64 {
        self / divisor - (self % divisor < 0 ? 1 : 0)
    }

    func flooredRemainder(_ divisor: Int64) -> Int64 {
        self - flooredQuotient(divisor) * divisor
    }
}

extension TimestampValue: CustomStringConvertible {
    /// RFC 3339 in UTC, with as many digits of the second as needed.
    public var description: String {
        let time = CivilTime(secondsSince1970: seconds)
        let second = time.secondOfDay
        let date = "\(pad(time.year, 4))-\(pad(time.month, 2))-\(pad(time.day, 2))"
        let clock = "\(pad(second / 3600, 2)):\(pad(second / 60 % 60, 2)):\(pad(second % 60, 2))"
        return "\(date)T\(clock)\(fraction(Int64(nanoseconds)))Z"
    }

    /// Reads RFC 3339; nil for anything else and outside the range.
    public init?(_ text: String) {
        var scanner = TimeScanner(text)
        guard let year = scanner.number(4), scanner.take("-"), let month = scanner.number(2),
            scanner.take("-"), let day = scanner.number(2), scanner.take("T") || scanner.take("t"),
            let hour = scanner.number(2), scanner.take(":"), let minute = scanner.number(2),
            scanner.take(":"), let second = scanner.number(2),
            (1...12).contains(month), day >= 1, day <= CivilTime.daysInMonth(month, of: year),
            hour < 24, minute < 60, second < 60
        else { return nil }
        let nanoseconds = scanner.take(".") ? scanner.fraction() : 0
        guard let nanoseconds, let offset = scanner.zoneOffset(), scanner.isAtEnd else {
            return nil
        }
        let days = CivilTime.days(year: year, month: month, day: day)
        self.init(
            seconds: days * 86_400 + hour * 3600 + minute * 60 + second - offset,
            carrying: nanoseconds)
    }
}

extension DurationValue: CustomStringConvertible {
    /// Seconds with as many digits as needed: `1.5s`.
    public var description: String {
        let sign = nanoseconds < 0 ? "-" : ""
        let magnitude = nanoseconds.magnitude
        let rest = Int64(magnitude % 1_000_000_000)
        return "\(sign)\(magnitude / 1_000_000_000)\(fraction(rest))s"
    }

    /// Reads `1h30m`, `-1.5s`, `250ms`; units h, m, s, ms, us, µs, ns.
    public init?(_ text: String) {
        var scanner = TimeScanner(text)
        let isNegative = scanner.take("-")
        if !isNegative { _ = scanner.take("+") }
        if text == "0" || text == "-0" || text == "+0" {
            self.init(nanoseconds: 0)
            return
        }
        var total: Int128 = 0
        guard !scanner.isAtEnd else { return nil }
        while !scanner.isAtEnd {
            guard let part = scanner.spanPart() else { return nil }
            total += part
            guard total <= 1 << 63 else { return nil }
        }
        guard let nanoseconds = Int64(exactly: isNegative ? -total : total) else { return nil }
        self.init(nanoseconds: nanoseconds)
    }
}

private func pad(_ number: Int64, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
}

/// The part of a second behind the point, without trailing zeros; empty for none.
private func fraction(_ nanoseconds: Int64) -> String {
    guard nanoseconds > 0 else { return "" }
    var text = pad(nanoseconds, 9)
    while text.hasSuffix("0") { text.removeLast() }
    return "." + text
}

/// Reads times and spans from text.
private struct TimeScanner {
    private let bytes: [UInt8]
    private var offset = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { offset == bytes.count }

    mutating func take(_ word: String) -> Bool {
        guard bytes[offset...].starts(with: word.utf8) else { return false }
        offset += word.utf8.count
        return true
    }

    /// A number of exactly so many digits.
    mutating func number(_ width: Int) -> Int64? {
        guard offset + width <= bytes.count else { return nil }
        var value: Int64 = 0
        for _ in 0..<width {
            guard Ascii.isDigit(bytes[offset]) else { return nil }
            value = value * 10 + Int64(bytes[offset] - 0x30)
            offset += 1
        }
        return value
    }

    /// Digits behind a point as nanoseconds; at least one, what is beyond nine is cut.
    mutating func fraction() -> Int64? {
        var value: Int64 = 0
        var scale: Int64 = 100_000_000
        let start = offset
        while offset < bytes.count, Ascii.isDigit(bytes[offset]) {
            value += Int64(bytes[offset] - 0x30) * scale
            scale /= 10
            offset += 1
        }
        return offset > start ? value : nil
    }

    /// `Z` or `+hh:mm`, in seconds.
    mutating func zoneOffset() -> Int64? {
        if take("Z") || take("z") { return 0 }
        let isNegative = take("-")
        guard isNegative || take("+"), let hours = number(2), take(":"), let minutes = number(2),
            hours < 24, minutes < 60
        else { return nil }
        return (hours * 3600 + minutes * 60) * (isNegative ? -1 : 1)
    }

    /// A number with its unit, in nanoseconds.
    mutating func spanPart() -> Int128? {
        var whole: Int128 = 0
        let start = offset
        while offset < bytes.count, Ascii.isDigit(bytes[offset]) {
            whole = whole * 10 + Int128(bytes[offset] - 0x30)
            offset += 1
            guard whole <= 1 << 63 else { return nil }
        }
        var digits = offset - start
        var rest: Int128 = 0
        if take(".") {
            guard let nanoseconds = fraction() ?? (digits > 0 ? 0 : nil) else { return nil }
            digits += 1
            rest = Int128(nanoseconds)
        }
        guard digits > 0, let unit = spanUnit() else { return nil }
        return whole * unit + rest * unit / 1_000_000_000
    }

    private mutating func spanUnit() -> Int128? {
        if take("ms") { return 1_000_000 }
        if take("us") || take("µs") || take("μs") { return 1000 }
        if take("ns") { return 1 }
        if take("h") { return 3_600_000_000_000 }
        if take("m") { return 60_000_000_000 }
        return take("s") ? 1_000_000_000 : nil
    }
}
