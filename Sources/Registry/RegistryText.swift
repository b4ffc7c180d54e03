/// The bytes of a registry's file, by lines.
struct RegistryText: Sendable {
    let path: String
    let bytes: [UInt8]
    /// Where each line begins.
    private let starts: [Int]

    /// Longer lines are not shown with a problem.
    private static let shownBytesMax = 200

    init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
        var starts = [0]
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            starts.append(index + 1)
        }
        self.starts = starts
    }

    /// Line `number`, counted from 1, without its end; empty when there is none, or it is long.
    func line(_ number: Int) -> String {
        guard number >= 1, number <= starts.count else { return "" }
        var end = number < starts.count ? starts[number] - 1 : bytes.count
        let start = starts[number - 1]
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        guard end - start <= Self.shownBytesMax else { return "" }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }
}
