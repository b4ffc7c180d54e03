import Domain

/// The sources alerts were sent for, each with the last number given.
struct PublishedSources {
    private var names: [String] = []
    private var last: [UInt64] = []
    private var indexes: [String: Int] = [:]

    var count: Int { names.count }

    /// Names and last numbers, in the order of first sight.
    var all: [(name: String, last: UInt64)] { Array(zip(names, last)).map { ($0, $1) } }

    /// Counts one more alert of the source `bytes[text]`; its number.
    mutating func next(_ bytes: Span<UInt8>, _ text: Range<Int>) -> UInt64 {
        let index = index(bytes, text)
        last[index] += 1
        return last[index]
    }

    /// Remembers the source without numbering.
    mutating func seen(_ bytes: Span<UInt8>, _ text: Range<Int>) -> UInt64 {
        last[index(bytes, text)]
    }

    private mutating func index(_ bytes: Span<UInt8>, _ text: Range<Int>) -> Int {
        let name = unsafe String(unsafeUninitializedCapacity: text.count) { buffer in
            for (offset, at) in text.enumerated() { unsafe buffer[offset] = bytes[at] }
            return text.count
        }
        if let known = indexes[name] { return known }
        indexes[name] = names.count
        names.append(name)
        last.append(0)
        return names.count - 1
    }
}
