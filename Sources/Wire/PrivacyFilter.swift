internal import Domain

/// Finds what says who somebody is, in texts that should say what and where.
///
/// It looks for forms, with their check digits and ranges where they have any, and it wants them to
/// stand alone, because machine-made names are full of digits: `01J9Z3K6T4-17`, dates, ULIDs and
/// UUIDs pass. It finds Chinese identity numbers, US social security numbers, telephone numbers
/// (Chinese mobile, North American with separators, international with `+`), Chinese plates,
/// e-mail, IPv4, IPv6 and MAC addresses.
///
/// It is a net for mistakes, not for a sender who hides things.
enum PrivacyFilter {
    /// Whether `bytes[start..<end]`, valid UTF-8, holds any such form.
    @_noAllocation @_noLocks
    static func finds(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        let glance = Glance.of(bytes, start, end)
        if glance.digits >= 9, findsNumber(bytes, start, end) { return true }
        return glance.isPlain ? false : findsMarked(bytes, start, end)
    }

    /// The forms that have more about them than digits.
    @_noAllocation @_noLocks
    @inline(never)
    private static func findsMarked(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        let signs = Signs.of(bytes, start, end)
        if signs.hasPlus, findsInternational(bytes, start, end) { return true }
        if signs.hasAt, findsMail(bytes, start, end) { return true }
        if signs.dots >= 3, findsIPv4(bytes, start, end) { return true }
        if signs.colons >= 2 || signs.dashes >= 5, findsHexAddress(bytes, start, end) {
            return true
        }
        if !signs.isWide { return false }
        return findsPlate(bytes, start, end)
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
