/// As incidents are written on the wire and in the journal.
extension TaskID {
    /// The incident in 32 hexadecimal digits; nil when it is not that.
    public init?(hexadecimal text: String) {
        let digits = text.utf8
        guard digits.count == 32, digits.allSatisfy({ TaskID.isDigit($0) }),
            let high = UInt64(text.prefix(16), radix: 16),
            let low = UInt64(text.suffix(16), radix: 16)
        else { return nil }
        self.init(high: high, low: low)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }

    public var hexadecimal: String { high.hexadecimal + low.hexadecimal }
}
