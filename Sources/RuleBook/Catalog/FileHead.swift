/// The first two keys of every file: what it is, and in which version of the language.
package enum FileHead {
    package static let version: Int64 = 1

    package static func check(_ section: Section, kind: String) {
        if let given = section.require("kind")?.source(), given.value != kind {
            section.value.findings.error(
                .fileKind, "this is a file of kind `\(given.value)`, not `\(kind)`", at: given.spot)
        }
        guard let value = section.require("version"), let version = value.integer(0...(.max)) else {
            return
        }
        if version != FileHead.version {
            value.error(.fileVersion, "version \(version) of the rule language is not known here")
        }
    }
}

/// How names in rule files are spelled.
enum Names {
    /// `gas.concentration`: segments of lower-case letters, digits, `-` and `_`, joined by dots.
    static func isDotted(_ name: String) -> Bool {
        name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy(isSegment)
    }

    private static func isSegment(_ segment: Substring) -> Bool {
        guard let first = segment.utf8.first, first >= 0x61, first <= 0x7A else { return false }
        return segment.utf8.allSatisfy { byte in
            (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
    }

    /// A name that conditions can use: letters, digits and `_`, not first a digit.
    static func isIdentifier(_ name: String) -> Bool {
        guard let first = name.utf8.first, first < 0x30 || first > 0x39 else { return false }
        return name.utf8.allSatisfy { byte in
            (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x41 && byte <= 0x5A)
                || (byte >= 0x30 && byte <= 0x39) || byte == UInt8(ascii: "_")
        }
    }
}
