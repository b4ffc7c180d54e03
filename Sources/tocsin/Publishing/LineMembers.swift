/// The top-level members of one JSON object on one line, found by quotes and brackets alone.
///
/// It finds where things stand, so that a field can be read, replaced or moved without parsing the
/// rest; whether the values are well formed is for the server to judge.
struct LineMembers {
    /// One `"key":value`; ranges are byte offsets, the key's without its quotes.
    struct Member {
        var key: Range<Int>
        var value: Range<Int>
    }

    enum Fault: String, Error {
        case notAnObject = "not a JSON object"
        case unfinished = "the object does not end"
        case afterTheEnd = "something follows the object"
    }

    private(set) var members: [Member] = []

    /// Reads `bytes[start..<end]` in place of what was read before.
    mutating func read(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) throws(Fault) {
        members.removeAll(keepingCapacity: true)
        var at = try opening(bytes, start, end)
        while true {
            at = skipSpace(bytes, at, end)
            guard at < end else { throw .unfinished }
            if bytes[at] == UInt8(ascii: "}") { break }
            let key = try text(bytes, at, end)
            at = skipSpace(bytes, key.upperBound + 1, end)
            guard at < end, bytes[at] == UInt8(ascii: ":") else { throw .notAnObject }
            let value = try value(bytes, skipSpace(bytes, at + 1, end), end)
            members.append(Member(key: key, value: value))
            at = skipSpace(bytes, value.upperBound, end)
            if at < end, bytes[at] == UInt8(ascii: ",") { at += 1 }
        }
        guard skipSpace(bytes, at + 1, end) == end else { throw .afterTheEnd }
    }

    /// The value's range of the member named `name`; nil when there is none.
    func value(_ name: StaticString, in bytes: Span<UInt8>) -> Range<Int>? {
        members.first { Self.equal(bytes, $0.key, name) }?.value
    }

    static func equal(_ bytes: Span<UInt8>, _ range: Range<Int>, _ name: StaticString) -> Bool {
        guard range.count == name.utf8CodeUnitCount else { return false }
        for offset in 0..<range.count
        where unsafe bytes[range.lowerBound + offset] != name.utf8Start[offset] {
            return false
        }
        return true
    }

    private func opening(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) throws(Fault) -> Int {
        let at = skipSpace(bytes, start, end)
        guard at < end, bytes[at] == UInt8(ascii: "{") else { throw .notAnObject }
        return at + 1
    }

    private func skipSpace(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        var at = start
        while at < end, bytes[at] == 0x20 || (bytes[at] >= 0x09 && bytes[at] <= 0x0D) { at += 1 }
        return at
    }

    /// The inside of the text that starts at `at`.
    private func text(_ bytes: Span<UInt8>, _ at: Int, _ end: Int) throws(Fault) -> Range<Int> {
        guard bytes[at] == UInt8(ascii: "\"") else { throw .notAnObject }
        var to = at + 1
        while to < end, bytes[to] != UInt8(ascii: "\"") {
            to += bytes[to] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard to < end else { throw .unfinished }
        return at + 1..<to
    }

    /// A whole value, its quotes or brackets included.
    private func value(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) throws(Fault) -> Range<Int> {
        var (at, depth) = (start, 0)
        while at < end {
            switch bytes[at] {
            case UInt8(ascii: "\""): at = try text(bytes, at, end).upperBound
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "}"), UInt8(ascii: ","):
                if depth == 0 { return start..<trimmed(bytes, start, at) }
                if bytes[at] == UInt8(ascii: "}") { depth -= 1 }
            default: break
            }
            at += 1
        }
        throw .unfinished
    }

    private func trimmed(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        var end = end
        while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        return end
    }
}
