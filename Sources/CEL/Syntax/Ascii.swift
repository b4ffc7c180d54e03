/// Classes of bytes the grammar is made of.
enum Ascii {
    static func isDigit(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10
    }

    /// A letter or `_`: what a name begins with.
    static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "_")
    }

    static func isWord(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte)
    }

    /// What may stand in a name between backquotes.
    static func isQuotedWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"), 0x20: true
        default: isWord(byte)
        }
    }

    static func hexValue(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x30...0x39: UInt32(byte) - 0x30
        case 0x41...0x46: UInt32(byte) - 0x41 + 10
        case 0x61...0x66: UInt32(byte) - 0x61 + 10
        default: nil
        }
    }
}

/// The letters in front of a quote: `r` raw, `b` bytes, `br` both; either case.
struct TextPrefix {
    var kind: Token.Kind
    var isRaw: Bool

    init?(_ bytes: ArraySlice<UInt8>) {
        let lower = bytes.map { $0 | 0x20 }
        switch lower {
        case [UInt8(ascii: "r")]: (kind, isRaw) = (.string, true)
        case [UInt8(ascii: "b")]: (kind, isRaw) = (.bytes, false)
        case [UInt8(ascii: "b"), UInt8(ascii: "r")]: (kind, isRaw) = (.bytes, true)
        default: return nil
        }
    }
}
