internal import Domain

/// The names of fields that the allow-list does not know, for answers. Not on the hot path.
public enum DroppedFields {
    /// So many are named; the rest was dropped all the same.
    public static let namedMax = 16

    /// JSON pointers of unknown members of a readable alert and of its `data`.
    public static func names(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> [String] {
        var reader = JSONReader(start, end, of: bytes.count)
        var names: [String] = []
        do throws(Refusal) {
            try collect(&reader, bytes, into: &names, under: nil)
        } catch {
            // What cannot be read was refused, with a place of its own.
        }
        return Array(names.prefix(namedMax))
    }

    private static func collect(
        _ reader: inout JSONReader, _ bytes: Span<UInt8>, into names: inout [String],
        under parent: String?
    ) throws(Refusal) {
        guard reader.peek(bytes) == ASCII.openBrace else { return try reader.pass(bytes) }
        try reader.enter()
        var more = reader.first(bytes, before: ASCII.closeBrace)
        while more {
            let key = try reader.name(bytes)
            let word = Word.of(bytes, key.start, key.end)
            let field =
                parent == nil ? AlertDecoder.attribute(word) : AlertDecoder.contentField(word)
            if field == .message { names.append((parent ?? "") + "/" + text(bytes, key)) }
            _ = reader.peek(bytes)
            if field == .data {
                try collect(&reader, bytes, into: &names, under: "/data")
            } else {
                try reader.pass(bytes)
            }
            more = try reader.next(bytes, before: ASCII.closeBrace)
        }
    }

    /// The key as it is written, in what needs no escape in JSON.
    private static func text(_ bytes: Span<UInt8>, _ key: JSONText) -> String {
        let end = min(key.end, key.start + 48)
        let plain = (key.start..<end).map { at in
            let byte = bytes[at]
            let isPlain = byte >= 0x20 && byte < 0x7F && byte != 0x22 && byte != 0x5C
            return isPlain ? byte : 0x3F
        }
        return String(decoding: plain, as: UTF8.self)
    }
}
