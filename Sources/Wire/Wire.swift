// Wire: bytes to alerts, and tasks and scores to bytes.
//
// In: one message as a span of bytes, with the kinds that exist. Out: an `Alert` filled in place,
// or a `Refusal` with its code, field and offset; and, the other way, JSON written into a
// `ByteBuffer`.
//
// Decoding is by allow-list: what `AlertField` does not name is checked for well-formedness,
// counted and never kept. It refuses what is not strict JSON in UTF-8, what breaks a limit of the
// protocol, and what says who somebody is. It knows no clock, no map and no sender: lateness,
// places and rights are decided by those who know them. Nothing here allocates, locks or calls into
// C.

/// The bytes that JSON and the protocol's texts are made of.
enum ASCII {
    @inline(__always) static var quote: UInt8 { 0x22 }
    @inline(__always) static var backslash: UInt8 { 0x5C }
    @inline(__always) static var slash: UInt8 { 0x2F }
    @inline(__always) static var comma: UInt8 { 0x2C }
    @inline(__always) static var colon: UInt8 { 0x3A }
    @inline(__always) static var dash: UInt8 { 0x2D }
    @inline(__always) static var plus: UInt8 { 0x2B }
    @inline(__always) static var dot: UInt8 { 0x2E }
    @inline(__always) static var zero: UInt8 { 0x30 }
    @inline(__always) static var openBrace: UInt8 { 0x7B }
    @inline(__always) static var closeBrace: UInt8 { 0x7D }
    @inline(__always) static var openBracket: UInt8 { 0x5B }
    @inline(__always) static var closeBracket: UInt8 { 0x5D }
    @inline(__always) static var space: UInt8 { 0x20 }

    @inline(__always) static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    @inline(__always) static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    @inline(__always) static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isDigit(byte) || isLetter(byte)
    }

    /// The value of a hexadecimal digit, or 16 and more.
    @inline(__always) static func hexadecimal(_ byte: UInt8) -> UInt8 {
        if isDigit(byte) { return byte &- 0x30 }
        let letter = (byte | 0x20) &- 0x61
        return letter < 6 ? letter &+ 10 : 16
    }
}
