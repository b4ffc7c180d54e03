/// Kinds as people name them: one by its name, `gas.concentration`, or all below a prefix, `gas.*`.
public struct KindPattern: Sendable, Hashable {
    /// As it is written.
    public let text: String
    /// What a kind begins with, its last dot included; nil where the pattern names one kind.
    private let prefix: String?

    /// **Fails**: gives nil for what is neither a kind's name nor a prefix with `.*`.
    public init?(_ text: String) {
        let isPrefix = text.hasSuffix(".*")
        let name = isPrefix ? text.dropLast(2) : text[...]
        let segments = name.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= Limits.kindBytesMax,
            segments.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(KindPattern.isNameByte) })
        else { return nil }
        self.text = text
        prefix = isPrefix ? name + "." : nil
    }

    /// Whether it names `kind`.
    public func covers(_ kind: String) -> Bool {
        guard let prefix else { return kind == text }
        return kind.hasPrefix(prefix)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
