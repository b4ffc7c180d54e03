/// The words of messages that are about somebody, which are refused whole.
enum PersonWords {
    /// Whether a kind is about a person: its first segment says so, or any word of it means reading
    /// plates.
    @_noAllocation @_noLocks
    static func name(kind bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        if !mayName(kind: bytes, start, end) { return false }
        var (from, at, isFirst) = (start, start, true)
        while at <= end {
            let byte = at < end ? unsafe bytes[unchecked: at] : ASCII.dot
            if byte == ASCII.dot || byte == ASCII.dash || byte == 0x5F {
                let word = Word.of(bytes, from, at)
                if isPlateReading(word) { return true }
                if isFirst, byte == ASCII.dot, isPerson(word) { return true }
                isFirst = false
                from = at &+ 1
            }
            at &+= 1
        }
        return false
    }

    /// What the words of `name(kind:)` have in common: one begins so, or has a `pr` in it.
    @inline(__always)
    private static func mayName(kind bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        if start == end { return false }
        var last = unsafe bytes[unchecked: start]
        if last == 0x66 || last == 0x69 || last == 0x70 { return true }
        var at = start &+ 1
        while at < end {
            let byte = unsafe bytes[unchecked: at]
            if byte == 0x72, last == 0x70 { return true }
            last = byte
            at &+= 1
        }
        return false
    }

    /// Whether an event type is about a person: any word of it says so, for types begin with their
    /// maker.
    @_noAllocation @_noLocks
    static func name(type bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        var (from, at) = (start, start)
        while at <= end {
            let byte = at < end ? unsafe bytes[unchecked: at] : ASCII.dot
            if !ASCII.isAlphanumeric(byte) {
                let word = Word.of(bytes, from, at)
                let lower = Word(low: lowered(word.low), high: lowered(word.high))
                if isPlateReading(lower) || isPerson(lower) { return true }
                from = at &+ 1
            }
            at &+= 1
        }
        return false
    }

    /// Whether an attribute tells of a person: any word of its name says so.
    @_noAllocation @_noLocks
    static func name(attribute bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        var (from, at) = (start, start)
        while at <= end {
            let byte = at < end ? unsafe bytes[unchecked: at] : 0x5F
            if byte == 0x5F {
                let word = Word.of(bytes, from, at)
                if isPlateReading(word) || isPerson(word) || isOfPerson(word) { return true }
                from = at &+ 1
            }
            at &+= 1
        }
        return false
    }

    /// What somebody has and is. A place, a device and an authority have none of these.
    @inline(__always)
    private static func isOfPerson(_ word: Word) -> Bool {
        word == Word("phone") || word == Word("email") || word == Word("imei")
            || word == Word("imsi") || word == Word("passport") || word == Word("ssn")
            || word == Word("surname") || word == Word("nickname") || word == Word("user")
            || word == Word("username") || word == Word("driver") || word == Word("passenger")
            || word == Word("suspect") || word == Word("caller") || word == Word("patient")
            || word == Word("gender") || word == Word("race") || word == Word("ethnicity")
            || word == Word("religion") || word == Word("belief") || word == Word("birthday")
            || word == Word("birthdate") || word == Word("faceid") || word == Word("biometric")
    }

    /// Lower case for letters; the zeros that pad a word stay.
    @inline(__always)
    private static func lowered(_ word: UInt64) -> UInt64 {
        word | (word &>> 1 & 0x2020_2020_2020_2020)
    }

    @inline(__always)
    private static func isPlateReading(_ word: Word) -> Bool {
        word == Word("lpr") || word == Word("anpr") || word == Word("alpr")
    }

    @inline(__always)
    private static func isPerson(_ word: Word) -> Bool {
        word == Word("face") || word == Word("plate") || word == Word("person")
            || word == Word("identity")
    }
}
