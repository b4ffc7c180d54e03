/// A zone of the IANA database in its compiled form (TZif, RFC 8536, version 2 and later).
///
///     "TZif" version 15×0 | six 32-bit counts | 32-bit data | the same header | 64-bit data |
///     "\n" rule for the time after the last transition "\n"
struct ZoneFile {
    private(set) var transitions: [Int64] = []
    private(set) var offsets: [Int64] = []
    private(set) var tail: ZoneRule?
    private let bytes: [UInt8]

    private struct Counts {
        var utcIndicators, standardIndicators, leaps, transitions, types, characters: Int

        func size(timeBytes: Int) -> Int {
            transitions * (timeBytes + 1) + types * 6 + characters + leaps * (timeBytes + 4)
                + standardIndicators + utcIndicators
        }
    }

    init?(_ bytes: [UInt8]) {
        self.bytes = bytes
        guard let first = counts(at: 0), bytes[4] >= UInt8(ascii: "2") else { return nil }
        let second = 44 + first.size(timeBytes: 4)
        guard let counts = counts(at: second), read(counts, at: second + 44) else { return nil }
        let rule = bytes[(second + 44 + counts.size(timeBytes: 8))...].dropFirst()
        let text = rule.prefix { $0 != UInt8(ascii: "\n") }
        tail = ZoneRule(String(decoding: text, as: UTF8.self))
    }

    private func counts(at start: Int) -> Counts? {
        guard start + 44 <= bytes.count, bytes[start..<start + 4].elementsEqual("TZif".utf8)
        else { return nil }
        let values = (0..<6).map { Int(number(at: start + 20 + $0 * 4, width: 4)) }
        guard values.allSatisfy({ $0 >= 0 }), values[4] > 0 else { return nil }
        return Counts(
            utcIndicators: values[0], standardIndicators: values[1], leaps: values[2],
            transitions: values[3], types: values[4], characters: values[5])
    }

    private mutating func read(_ counts: Counts, at start: Int) -> Bool {
        guard start + counts.size(timeBytes: 8) <= bytes.count else { return false }
        let typeIndexes = start + counts.transitions * 8
        let types = typeIndexes + counts.transitions
        offsets = [number(at: types, width: 4)]
        for index in 0..<counts.transitions {
            let type = Int(bytes[typeIndexes + index])
            guard type < counts.types else { return false }
            transitions.append(number(at: start + index * 8, width: 8))
            offsets.append(number(at: types + type * 6, width: 4))
        }
        return true
    }

    /// A signed big-endian number.
    private func number(at start: Int, width: Int) -> Int64 {
        var value = Int64(Int8(bitPattern: bytes[start]))
        for index in 1..<width { value = value << 8 | Int64(bytes[start + index]) }
        return value
    }
}

/// The yearly change between two offsets in POSIX form: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct ZoneRule: Sendable {
    private let standard: Int64
    private let summer: (offset: Int64, start: Day, end: Day)?

    /// A moment of the year on the clock in use before it.
    private struct Day: Sendable {
        enum Kind: Sendable {
            /// Week 5 is the last one.
            case weekday(month: Int64, week: Int64, day: Int64)
            /// From 1, the leap day not counted.
            case julian(Int64)
            /// From 0, the leap day counted.
            case ordinal(Int64)
        }

        var kind: Kind
        var seconds: Int64 = 7200
    }

    init?(_ text: String) {
        var scanner = RuleScanner(text)
        guard scanner.skipName(), let west = scanner.time() else { return nil }
        standard = -west
        guard !scanner.isAtEnd else {
            summer = nil
            return
        }
        guard scanner.skipName() else { return nil }
        let offset =
            scanner.peek == UInt8(ascii: ",") ? standard + 3600 : scanner.time().map { -$0 }
        guard let offset, let start = Self.day(&scanner), let end = Self.day(&scanner)
        else { return nil }
        summer = (offset, start, end)
    }

    private static func day(_ scanner: inout RuleScanner) -> Day? {
        guard scanner.take(",") else { return nil }
        var day: Day
        if scanner.take("M") {
            guard let month = scanner.number(), scanner.take("."), let week = scanner.number(),
                scanner.take("."), let weekday = scanner.number()
            else { return nil }
            day = Day(kind: .weekday(month: month, week: week, day: weekday))
        } else {
            let isJulian = scanner.take("J")
            guard let number = scanner.number() else { return nil }
            day = Day(kind: isJulian ? .julian(number) : .ordinal(number))
        }
        if scanner.take("/") {
            guard let time = scanner.time() else { return nil }
            day.seconds = time
        }
        return day
    }

    func offset(at seconds: Int64) -> Int64 {
        guard let summer else { return standard }
        let year = CivilTime(secondsSince1970: seconds + standard).year
        let start = Self.moment(summer.start, in: year) - standard
        let end = Self.moment(summer.end, in: year) - summer.offset
        // South of the equator summer runs over the turn of the year.
        let isSummer =
            start < end
            ? seconds >= start && seconds < end : seconds >= start || seconds < end
        return isSummer ? summer.offset : standard
    }

    private static func moment(_ day: Day, in year: Int64) -> Int64 {
        let newYear = CivilTime.days(year: year, month: 1, day: 1)
        let date: Int64
        switch day.kind {
        case .ordinal(let number): date = newYear + number
        case .julian(let number):
            let isLeap = CivilTime.daysInMonth(2, of: year) == 29
            date = newYear + number - 1 + (isLeap && number >= 60 ? 1 : 0)
        case .weekday(let month, let week, let weekday):
            let first = CivilTime.days(year: year, month: month, day: 1)
            var offset = (weekday - (first + 4).flooredRemainder(7)).flooredRemainder(7)
            offset += (week - 1) * 7
            if offset >= CivilTime.daysInMonth(month, of: year) { offset -= 7 }
            date = first + offset
        }
        return date * 86_400 + day.seconds
    }
}

/// Reads the parts of a POSIX time zone rule.
private struct RuleScanner {
    private let bytes: [UInt8]
    private var offset = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { offset == bytes.count }
    var peek: UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    /// Letters, or anything between `<` and `>`.
    mutating func skipName() -> Bool {
        let start = offset
        if take("<") {
            while !isAtEnd, peek != UInt8(ascii: ">") { offset += 1 }
            return take(">")
        }
        while Ascii.isLetter(peek) { offset += 1 }
        return offset > start
    }

    mutating func number() -> Int64? {
        var value: Int64?
        while Ascii.isDigit(peek), value ?? 0 < 100_000 {
            value = (value ?? 0) * 10 + Int64(peek - 0x30)
            offset += 1
        }
        return value
    }

    /// `[-]h[:m[:s]]` in seconds.
    mutating func time() -> Int64? {
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        guard let hours = number() else { return nil }
        var seconds = hours * 3600
        if take(":") {
            guard let minutes = number() else { return nil }
            seconds += minutes * 60
            if take(":") {
                guard let rest = number() else { return nil }
                seconds += rest
            }
        }
        return isNegative ? -seconds : seconds
    }
}
