/// Writes out names in a condition's text, outside of its quoted texts.
enum NameExpansion {
    static func expand(_ text: String, _ meanings: [String: String]) -> String {
        let scalars = Array(text.unicodeScalars)
        var (result, at) = ("", 0)
        while at < scalars.count {
            let scalar = scalars[at]
            var end = at + 1
            if scalar == "\"" || scalar == "'" {
                while end < scalars.count, scalars[end] != scalar {
                    end += scalars[end] == "\\" ? 2 : 1
                }
                end = min(end + 1, scalars.count)
                result += String(scalars[at..<end])
            } else if isWord(scalar) {
                while end < scalars.count, isWord(scalars[end]) || scalars[end] == "." { end += 1 }
                result += meaning(of: String(scalars[at..<end]), meanings)
            } else {
                result.unicodeScalars.append(scalar)
            }
            at = end
        }
        return result
    }

    /// The whole of a dotted name, or of its longest beginning that has a meaning.
    private static func meaning(of name: String, _ meanings: [String: String]) -> String {
        var (head, tail) = (name[...], "")
        while true {
            if let found = meanings[String(head)] { return found + tail }
            guard let dot = head.lastIndex(of: ".") else { return name }
            tail = head[dot...] + tail
            head = head[..<dot]
        }
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.properties.isAlphabetic
            || (scalar.value >= 0x30 && scalar.value <= 0x39)
    }
}

extension String {
    fileprivate init(_ scalars: ArraySlice<Unicode.Scalar>) {
        self = String(String.UnicodeScalarView(scalars))
    }
}
