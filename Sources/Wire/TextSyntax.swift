internal import Domain

/// The forms that names on the wire must have.
enum TextSyntax {
    /// 1 to `Limits.idBytesMax` printable ASCII characters.
    @_noAllocation @_noLocks
    static func isID(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        guard end > start, end &- start <= Limits.idBytesMax else { return false }
        var at = start
        while at < end {
            let byte = unsafe bytes[unchecked: at]
            if byte &- 0x20 > 0x5E { return false }
            at &+= 1
        }
        return true
    }

    /// Up to six segments between slashes, of lower-case letters, digits, `.`, `_` and `-`.
    @_noAllocation @_noLocks
    static func isSource(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        guard end > start, end &- start <= Limits.sourceBytesMax else { return false }
        var (at, from, segments) = (start, start, 1)
        while at < end {
            let byte = unsafe bytes[unchecked: at]
            if byte == ASCII.slash {
                if at == from { return false }
                segments &+= 1
                from = at &+ 1
            } else {
                guard isLowerName(byte) else { return false }
            }
            at &+= 1
        }
        return at > from && segments <= Limits.sourceSegmentsMax
    }

    /// Up to eight codes of at most 31 letters, digits, `.`, `_` and `-`, each followed by a slash
    /// that the last may lack.
    @_noAllocation @_noLocks
    static func isCellPath(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        guard end > start, end &- start <= Limits.cellPathBytesMax else { return false }
        var (at, from, codes) = (start, start, 0)
        while at < end {
            let byte = unsafe bytes[unchecked: at]
            if byte == ASCII.slash {
                guard at > from, at &- from <= 31 else { return false }
                codes &+= 1
                from = at &+ 1
            } else {
                guard isName(byte) else { return false }
            }
            at &+= 1
        }
        if at > from {
            guard at &- from <= 31 else { return false }
            codes &+= 1
        }
        return codes <= 8
    }

    /// Dotted lower case: segments of letters, digits, `_` and `-` with a dot between.
    @_noAllocation @_noLocks
    static func isKind(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        guard end > start, end &- start <= Limits.kindBytesMax else { return false }
        var (at, from) = (start, start)
        while at < end {
            let byte = unsafe bytes[unchecked: at]
            if byte == ASCII.dot {
                if at == from { return false }
                from = at &+ 1
            } else {
                guard isLowerName(byte) else { return false }
            }
            at &+= 1
        }
        return at > from
    }

    /// A measure's name: letters, digits, `.`, `_` and `-`.
    @_noAllocation @_noLocks
    static func isMeasureName(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        guard end > start, end &- start <= Limits.measureNameBytesMax else { return false }
        var at = start
        while at < end {
            guard isName(unsafe bytes[unchecked: at]) else { return false }
            at &+= 1
        }
        return true
    }

    /// An attribute's name: a lower-case letter, then lower-case letters, digits and `_`.
    @_noAllocation @_noLocks
    static func isAttributeName(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        guard end > start, end &- start <= Limits.attributeNameBytesMax else { return false }
        guard unsafe bytes[unchecked: start] &- 0x61 < 26 else { return false }
        var at = start &+ 1
        while at < end {
            let byte = unsafe bytes[unchecked: at]
            guard byte &- 0x61 < 26 || ASCII.isDigit(byte) || byte == 0x5F else { return false }
            at &+= 1
        }
        return true
    }

    /// An https link with something after its `//`.
    @_noAllocation @_noLocks
    static func isLink(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        guard end &- start > 8, end &- start <= Limits.mediaBytesMax else { return false }
        return Word.load(bytes, start, 8) == Word("https://").low
    }

    /// A sender's text of at most `most` bytes: anything but control characters other than line
    /// breaks and tabs.
    @_noAllocation @_noLocks
    static func isText(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int, most: Int
    ) -> Bool {
        guard end &- start <= most else { return false }
        var at = start
        while at < end {
            let byte = unsafe bytes[unchecked: at]
            if byte < 0x20 {
                guard byte == 0x09 || byte == 0x0A || byte == 0x0D else { return false }
            }
            at &+= 1
        }
        return true
    }

    /// `application/json`, with or without parameters.
    @_noAllocation @_noLocks
    static func isJSONType(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        guard end &- start >= 16 else { return false }
        guard Word.of(bytes, start, start &+ 16) == Word("application/json") else { return false }
        if end &- start == 16 { return true }
        return unsafe bytes[unchecked: start &+ 16] == 0x3B
    }

    /// Letters, digits, `-`, `.` and `_`, by one bit for each ASCII character.
    @inline(__always)
    private static func isName(_ byte: UInt8) -> Bool {
        let row: UInt64 = byte < 64 ? 0x03FF_6000_0000_0000 : 0x07FF_FFFE_87FF_FFFE
        return byte < 128 && row &>> UInt64(byte & 63) & 1 == 1
    }

    @inline(__always)
    private static func isLowerName(_ byte: UInt8) -> Bool {
        let row: UInt64 = byte < 64 ? 0x03FF_6000_0000_0000 : 0x07FF_FFFE_8000_0000
        return byte < 128 && row &>> UInt64(byte & 63) & 1 == 1
    }
}
