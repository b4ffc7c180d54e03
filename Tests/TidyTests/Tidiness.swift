import Foundation

/// What is untidy in one source file, each in words.
enum Tidiness {
    static let fileLinesMax = 500
    static let functionLinesMax = 60
    static let columnsMax = 100

    static func sizes(_ text: String, path: String) -> [String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var found: [String] = []
        if lines.count - 1 > fileLinesMax { found.append("\(path): \(lines.count - 1) lines") }
        for index in linesOfCode(lines)
        where lines[index].utf8.count > columnsMax && lines[index].count > columnsMax {
            found.append("\(path):\(index + 1): \(lines[index].count) columns")
        }
        return found + longFunctions(lines, path: path)
    }

    /// The lines that can be broken: not those of a long text, nor those that quote one.
    private static func linesOfCode(_ lines: [Substring]) -> [Int] {
        var isText = false
        return lines.indices.filter { index in
            let marks = lines[index].components(separatedBy: "\"\"\"").count - 1
            defer { if marks % 2 == 1 { isText.toggle() } }
            return !isText && !lines[index].contains("\"")
        }
    }

    /// A function ends at the first line that closes at the indent it began with.
    private static func longFunctions(_ lines: [Substring], path: String) -> [String] {
        var found: [String] = []
        for (index, line) in lines.enumerated() where isFunction(line) {
            let indent = line.prefix { $0 == " " }
            let rest = lines[(index + 1)...]
            // C functions are declared without a body.
            let hasBody = line.hasSuffix("{") || line.hasSuffix("(")
            guard hasBody,
                let end = rest.firstIndex(where: { $0.hasPrefix(indent + "}") })
            else { continue }
            let length = end - index + 1
            // A declaration without a body, in a protocol, runs into what follows it.
            if length > functionLinesMax, !isSwitch(lines[index...end]) {
                found.append("\(path):\(index + 1): a function of \(length) lines")
            }
        }
        return found
    }

    private static func isFunction(_ line: Substring) -> Bool {
        // Words first: patterns are slow, and few lines hold one.
        guard line.contains("func ") || line.contains("init") else { return false }
        return line.contains(
            /^ *(@\w+ )*((public|private|static|mutating|fileprivate|consuming) )*(func|init)\b/
        )
    }

    /// A switch over opcodes may be long, and is nothing else.
    private static func isSwitch(_ lines: ArraySlice<Substring>) -> Bool {
        let cases = lines.count { $0.contains("case .") || $0.contains("case let .") }
        return cases > 40 || cases * 3 > lines.count
    }

    /// Words of a thing that is not finished.
    static func unfinished(_ text: String, path: String) -> [String] {
        let marks = ["TO" + "DO", "FIX" + "ME", "HA" + "CK:"]
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .filter { _, line in marks.contains { line.contains($0) } }
            .map { "\(path):\($0.offset + 1): unfinished" }
    }

    /// The modules that a file imports.
    static func imports(_ text: String) -> Set<String> {
        let pattern = /^(?:@\w+ )?(?:(?:public|internal|private|package) )?import (?:\w+ )?(\w+)/
        return Set(
            text.split(separator: "\n").compactMap {
                $0.firstMatch(of: pattern).map { String($0.1) }
            })
    }

    /// Error handling that hides an error.
    static func hidden(_ text: String, path: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .filter { _, line in !line.contains("//") && line.contains(/\btry[?!]/) }
            .map { "\(path):\($0.offset + 1): an error is hidden or trapped" }
    }
}
