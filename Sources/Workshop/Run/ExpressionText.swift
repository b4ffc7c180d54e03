import CEL

/// Texts of parts of an expression.
enum ExpressionText {
    /// The stretch with the parentheses that belong to it: a part's range leaves out those around
    /// its first and last operand.
    static func whole(_ source: Source, _ range: Range<Int>) -> String {
        let bytes = Array(source.text.utf8)
        var (low, high) = (range.lowerBound, range.upperBound)
        let (missing, open) = balance(bytes[low..<high])
        low = outward(bytes, from: low, step: -1, UInt8(ascii: "("), missing)
        high = outward(bytes, from: high, step: 1, UInt8(ascii: ")"), open)
        return String(decoding: bytes[low..<high], as: UTF8.self)
    }

    /// How many parentheses are closed and not opened, and opened and not closed; quoted ones don't
    /// count.
    private static func balance(_ bytes: ArraySlice<UInt8>) -> (missing: Int, open: Int) {
        var (missing, open) = (0, 0)
        var quote: UInt8?
        var isEscaped = false
        for byte in bytes {
            if let mark = quote {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == mark {
                    quote = nil
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
            case UInt8(ascii: "("): open += 1
            case UInt8(ascii: ")") where open > 0: open -= 1
            case UInt8(ascii: ")"): missing += 1
            default: break
            }
        }
        return (missing, open)
    }

    /// The bound beyond `count` more of the parentheses, with the blanks between.
    private static func outward(
        _ bytes: [UInt8], from bound: Int, step: Int, _ mark: UInt8, _ count: Int
    ) -> Int {
        var (at, left) = (bound, count)
        while left > 0 {
            let next = step > 0 ? at : at - 1
            guard bytes.indices.contains(next) else { return bound }
            guard bytes[next] == mark || bytes[next] == 0x20 || bytes[next] == 0x0A else {
                return bound
            }
            if bytes[next] == mark { left -= 1 }
            at += step
        }
        return at
    }
}
