extension Fix {
    /// The text with the stretch replaced.
    func applied(to text: String) -> String {
        Fix.apply([self], to: text)
    }

    /// The text with all stretches replaced; of two at one place the first counts.
    static func apply(_ fixes: [Fix], to text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var seen: Set<[Int]> = []
        let unique = fixes.filter { seen.insert([$0.line, $0.column]).inserted }
        for fix in unique.sorted(by: { ($1.line, $1.column) < ($0.line, $0.column) })
        where lines.indices.contains(fix.line - 1) {
            var scalars = Array(lines[fix.line - 1].unicodeScalars)
            let start = fix.column - 1
            guard start >= 0, start + fix.width <= scalars.count else { continue }
            scalars.replaceSubrange(
                start..<(start + fix.width), with: Array(fix.text.unicodeScalars))
            lines[fix.line - 1] = String(String.UnicodeScalarView(scalars))
        }
        return lines.joined(separator: "\n")
    }
}
