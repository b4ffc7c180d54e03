import Foundation

/// A rule file's name and text.
public struct SourceFile: Sendable {
    /// A rule set of a whole city is some hundred kilobytes; a larger file is not one.
    public static let bytesMax = 1024 * 1024
    /// A table has a row for each device of a city.
    static let tableBytesMax = 64 * 1024 * 1024

    public let path: String
    public let text: String
    private let lines: [Substring]

    public init(path: String, text: String) {
        self.path = path
        self.text = text
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The file at `path`.
    ///
    /// **Fails**: with one finding when it can't be read, is too large or is not UTF-8.
    public static func read(_ path: String) throws(RuleErrors) -> SourceFile {
        try read(path, bytesMax: bytesMax)
    }

    static func read(_ path: String, bytesMax: Int) throws(RuleErrors) -> SourceFile {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw unreadable(path, .fileUnreadable, "the file can't be read")
        }
        guard data.count <= bytesMax else {
            throw unreadable(path, .fileTooLarge, "the file is larger than \(bytesMax) bytes")
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw unreadable(path, .fileUnreadable, "the file is not UTF-8 text")
        }
        return SourceFile(path: path, text: text)
    }

    private static func unreadable(
        _ path: String, _ code: FindingCode, _ message: String
    ) -> RuleErrors {
        let list = FindingList()
        list.error(code, message, at: Spot(SourceFile(path: path, text: ""), line: 1, column: 1))
        return RuleErrors(findings: list.findings)
    }

    var allLines: [String] { lines.indices.map { line($0 + 1) } }

    /// Line `number`, counted from 1, without its end; empty when there is none.
    func line(_ number: Int) -> String {
        guard number >= 1, number <= lines.count else { return "" }
        let line = lines[number - 1]
        return String(line.last == "\r" ? line.dropLast() : line)
    }

    /// The scalar at a place counted from 1, or nil past the end of the line.
    func scalar(line number: Int, column: Int) -> Unicode.Scalar? {
        line(number).unicodeScalars.dropFirst(column - 1).first
    }
}
