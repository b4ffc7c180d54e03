internal import Domain

extension JSONReader {
    /// Moves past any value, checking it as strictly as one that is kept.
    ///
    /// Without recursion: an open bracket is a bit, 1 for an object.
    @_noAllocation @_noLocks
    mutating func skip(_ bytes: Span<UInt8>) throws(Refusal) {
        let floor = depth
        var objects: UInt64 = 0
        while true {
            let byte = peek(bytes)
            if byte == ASCII.openBrace || byte == ASCII.openBracket {
                try enter()
                let isObject = byte == ASCII.openBrace
                objects = objects &<< 1 | (isObject ? 1 : 0)
                if first(bytes, before: isObject ? ASCII.closeBrace : ASCII.closeBracket) {
                    if isObject { try passKey(bytes) }
                    continue
                }
                objects &>>= 1
            } else {
                try skipScalar(bytes, byte)
            }
            while true {
                if depth == floor { return }
                let isObject = objects & 1 == 1
                let close = isObject ? ASCII.closeBrace : ASCII.closeBracket
                if try next(bytes, before: close) {
                    if isObject { try passKey(bytes) }
                    break
                }
                objects &>>= 1
            }
        }
    }

    @_noAllocation @_noLocks
    private mutating func skipScalar(_ bytes: Span<UInt8>, _ byte: UInt8) throws(Refusal) {
        if byte == ASCII.quote {
            _ = try string(bytes)
        } else if byte == ASCII.dash || ASCII.isDigit(byte) {
            _ = try number(bytes)
        } else {
            try literal(bytes)
        }
    }

    @_noAllocation @_noLocks
    private mutating func passKey(_ bytes: Span<UInt8>) throws(Refusal) {
        guard peek(bytes) == ASCII.quote else { throw malformed }
        _ = try string(bytes)
        guard peek(bytes) == ASCII.colon else { throw malformed }
        at &+= 1
    }
}
