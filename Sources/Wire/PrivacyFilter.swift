internal import Domain

/// Finds what says who somebody is, in texts that should say what and where.
///
/// It looks for forms, with their check digits and ranges where they have any, and it wants them to stand
/// alone, because machine-made names are full of digits: `01J9Z3K6T4-17`, dates, ULIDs and UUIDs pass.
/// It finds Chinese identity numbers, US social security numbers, telephone numbers (Chinese mobile, North
/// American with separators, international with `+`), Chinese plates, e-mail, IPv4, IPv6 and MAC addresses.
///
/// It is a net for mistakes, not for a sender who hides things.
enum PrivacyFilter {
    /// Whether `bytes[start..<end]`, valid UTF-8, holds any such form.
    @_noAllocation @_noLocks
    static func finds(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        let signs = Signs.of(bytes, start, end)
        if signs.isHarmless { return false }
        if signs.digits >= 9, findsNumber(bytes, start, end) { return true }
        if signs.hasPlus, findsInternational(bytes, start, end) { return true }
        if signs.hasAt, findsMail(bytes, start, end) { return true }
        if signs.dots >= 3, findsIPv4(bytes, start, end) { return true }
        if signs.colons >= 2 || signs.dashes >= 5, findsHexAddress(bytes, start, end) { return true }
        if !signs.isWide { return false }
        return findsPlate(bytes, start, end)
    }

    /// What a text would have to hold at least to be looked at closer, counted eight bytes at a time.
    private struct Signs {
        var digits = 0
        var dots = 0
        var colons = 0
        var dashes = 0
        var hasAt = false
        var hasPlus = false
        var isWide = false

        @inline(__always)
        var isHarmless: Bool {
            let marked = hasAt || hasPlus || isWide
            return !marked && digits < 9 && dots < 3 && colons < 2 && dashes < 5
        }

        @inline(__always)
        static func of(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Signs {
            var signs = Signs()
            var at = start
            var (ats, pluses, wide) = (UInt64(0), UInt64(0), UInt64(0))
            var (digits, dots, colons, dashes) = (UInt64(0), UInt64(0), UInt64(0), UInt64(0))
            while at < end {
                let word = Word.load(bytes, at, min(8, end &- at))
                let low = word & Signs.lowBits
                wide |= word
                digits &+= Signs.digits(low, word) &>> 7
                dots &+= Signs.matches(low, 0x2E) &>> 7
                colons &+= Signs.matches(low, 0x3A) &>> 7
                dashes &+= Signs.matches(low, 0x2D) &>> 7
                ats |= Signs.matches(low, 0x40)
                pluses |= Signs.matches(low, 0x2B)
                at &+= 8
            }
            signs.digits = Signs.sum(digits)
            signs.dots = Signs.sum(dots)
            signs.colons = Signs.sum(colons)
            signs.dashes = Signs.sum(dashes)
            signs.hasAt = ats != 0
            signs.hasPlus = pluses != 0
            signs.isWide = wide & ~Signs.lowBits != 0
            return signs
        }

        @inline(__always) private static var lowBits: UInt64 { 0x7F7F_7F7F_7F7F_7F7F }
        @inline(__always) private static var ones: UInt64 { 0x0101_0101_0101_0101 }

        /// The top bit of each of the 7-bit lanes that equal `byte`; no lane carries into the next.
        @inline(__always)
        private static func matches(_ low: UInt64, _ byte: UInt64) -> UInt64 {
            ~((low ^ (ones &* byte)) &+ lowBits) & ~lowBits
        }

        @inline(__always)
        private static func digits(_ low: UInt64, _ word: UInt64) -> UInt64 {
            let atLeastZero = low &+ ones &* 0x50
            let pastNine = low &+ ones &* 0x46
            return atLeastZero & ~pastNine & ~word & ~lowBits
        }

        /// The sum of eight lanes; none is over 64, for no text has more than 512 bytes.
        @inline(__always)
        private static func sum(_ lanes: UInt64) -> Int {
            let even: UInt64 = 0x00FF_00FF_00FF_00FF
            let pairs = (lanes & even) &+ (lanes &>> 8 & even)
            return Int((pairs &* 0x0001_0001_0001_0001) &>> 48)
        }
    }

    /// The byte at `at`, or 0 outside the text.
    @inline(__always)
    static func byte(_ bytes: Span<UInt8>, _ at: Int, _ start: Int, _ end: Int) -> UInt8 {
        at >= start && at < end ? unsafe bytes[unchecked: at] : 0
    }

    /// The end of the run of digits at `at`.
    @inline(__always)
    static func digitsEnd(_ bytes: Span<UInt8>, _ at: Int, _ end: Int) -> Int {
        var last = at
        while last < end {
            guard ASCII.isDigit(unsafe bytes[unchecked: last]) else { break }
            last &+= 1
        }
        return last
    }
}
