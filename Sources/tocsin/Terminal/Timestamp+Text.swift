import Domain
import Foundation
import Glibc

extension Timestamp {
    /// The moment by the machine's clock.
    static var now: Timestamp {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// `2026-05-25T13:42:11.412Z`
    var rfc3339: String {
        let milliseconds = nanoseconds.quotient(flooredBy: 1_000_000)
        let seconds = milliseconds.quotient(flooredBy: 1000)
        let (year, month, day) = Timestamp.date(day: seconds.quotient(flooredBy: 86_400))
        let second = Int(seconds - seconds.quotient(flooredBy: 86_400) * 86_400)
        var text = "\(year)-"
        text.append(month, digits: 2, then: "-")
        text.append(day, digits: 2, then: "T")
        text.append(second / 3600, digits: 2, then: ":")
        text.append(second / 60 % 60, digits: 2, then: ":")
        text.append(second % 60, digits: 2, then: ".")
        text.append(Int(milliseconds - seconds * 1000), digits: 3, then: "Z")
        return text
    }

    /// `2026-05-25T13:42:11Z`
    var rfc3339Seconds: String { String(rfc3339.prefix(19)) + "Z" }

    /// `13:42:11`, UTC.
    var clock: String { String(rfc3339.dropFirst(11).prefix(8)) }

    /// A moment as the server writes it; nil when `text` is none.
    init?(rfc3339 text: String) {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains("."))
        do {
            let seconds = try style.parse(text).timeIntervalSince1970
            // A year after 2262 is written well, and is no moment of ours.
            guard let nanoseconds = Int64(exactly: (seconds * 1e9).rounded()) else { return nil }
            self.init(nanoseconds: nanoseconds)
        } catch {
            return nil
        }
    }

    /// The Gregorian date of a day counted from 1970-01-01, by the days of a 400-year cycle that
    /// starts in March (Howard Hinnant, `civil_from_days`).
    private static func date(day: Int64) -> (year: Int, month: Int, day: Int) {
        let shifted = Int(day) + 719_468
        let era = Int64(shifted).quotient(flooredBy: 146_097)
        let dayOfEra = shifted - Int(era) * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + Int(era) * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }
}

extension Int64 {
    /// The quotient rounded down, also for moments before 1970.
    fileprivate func quotient(flooredBy divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

extension String {
    fileprivate mutating func append(_ number: Int, digits: Int, then mark: String) {
        let text = String(number)
        self += String(repeating: "0", count: Swift.max(0, digits - text.count)) + text + mark
    }
}
