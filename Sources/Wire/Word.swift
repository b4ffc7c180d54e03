internal import Domain

/// Up to 16 bytes of text in two machine words, so that a key or an enumerated word is known by two
/// comparisons instead of a loop.
///
/// Zero bytes pad it: a text that holds a zero byte has no word.
struct Word: Equatable {
    var low: UInt64
    var high: UInt64

    @inline(__always) init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// Folded to two constants by the optimizer when `text` is a literal, which every use has.
    @inline(__always) init(_ text: StaticString) {
        low = 0
        high = 0
        let count = text.utf8CodeUnitCount
        let start = unsafe text.utf8Start
        var offset = 0
        while offset < count {
            if offset < 8 {
                unsafe low |= UInt64(start[offset]) &<< UInt64(offset &* 8)
            } else {
                unsafe high |= UInt64(start[offset]) &<< UInt64((offset &- 8) &* 8)
            }
            offset &+= 1
        }
    }

    /// What no text packs to: longer than 16 bytes, or holding a zero byte.
    @inline(__always) static var none: Word { Word(low: 0, high: 1) }

    /// Packs `bytes[start..<end]`, which holds no zero byte; `.none` when it is longer than 16
    /// bytes.
    ///
    /// A function, because an initializer would own the span, and its end would count as a release.
    @inline(__always)
    static func of(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Word {
        let length = end &- start
        if length > 16 { return .none }
        if length <= 8 { return Word(low: load(bytes, start, length), high: 0) }
        return Word(low: load(bytes, start), high: load(bytes, start &+ 8, length &- 8))
    }

    /// The 8 bytes at `at`, least significant first.
    ///
    /// The caller has checked that `at + 8` lies within the span. Exempt from the compiler's check
    /// because that holds even the end of a span's life for a possible deallocation; a span owns
    /// nothing.
    @_semantics("no_performance_analysis")
    @inline(__always) static func load(_ bytes: Span<UInt8>, _ at: Int) -> UInt64 {
        let word = unsafe bytes.bytes.unsafeLoadUnaligned(
            fromUncheckedByteOffset: at, as: UInt64.self)
        return UInt64(littleEndian: word)
    }

    /// The `length` bytes at `at`, 0 to 8 of them, padded with zeros.
    @inline(__always) static func load(_ bytes: Span<UInt8>, _ at: Int, _ length: Int) -> UInt64 {
        if at &+ 8 <= bytes.count {
            if length == 0 { return 0 }
            return load(bytes, at) & (UInt64.max &>> UInt64(64 &- length &* 8))
        }
        var word: UInt64 = 0
        var lane = 0
        while lane < length {
            word |= unsafe UInt64(bytes[unchecked: at &+ lane]) &<< UInt64(lane &* 8)
            lane &+= 1
        }
        return word
    }
}
