/// Where the readers and the compiler put what they find wrong, in the order found.
///
/// **Owner**: one load; never shared between threads.
package final class FindingList {
    package private(set) var findings: [Finding] = []

    package init() {}

    package var hasErrors: Bool { findings.contains { $0.level == .error } }

    package func error(
        _ code: FindingCode, _ message: String, at spot: Spot, hint: String? = nil
    ) {
        add(code, .error, message, spot, hint)
    }

    package func warning(
        _ code: FindingCode, _ message: String, at spot: Spot, hint: String? = nil
    ) {
        add(code, .warning, message, spot, hint)
    }

    package func note(
        _ code: FindingCode, _ message: String, at spot: Spot, hint: String? = nil
    ) {
        add(code, .note, message, spot, hint)
    }

    /// Takes over what was found elsewhere.
    package func add(_ others: [Finding]) { findings += others }

    private func add(
        _ code: FindingCode, _ level: Finding.Level, _ message: String, _ spot: Spot,
        _ hint: String?
    ) {
        findings.append(
            Finding(
                code: code, level: level, place: spot.place, message: message, hint: hint,
                excerpt: spot.file.line(spot.line), width: max(1, spot.width)))
    }

    /// All findings by file and line, each once.
    package var sorted: [Finding] {
        var seen: Set<Finding> = []
        let unique = findings.filter { seen.insert($0).inserted }
        return unique.sorted {
            ($0.place.file, $0.place.line, $0.place.column)
                < ($1.place.file, $1.place.line, $1.place.column)
        }
    }
}

/// A stretch of one line of a file, to point at.
package struct Spot: Sendable {
    package var file: SourceFile
    package var line: Int
    package var column: Int
    package var width: Int

    package init(_ file: SourceFile, line: Int, column: Int, width: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
        self.width = width
    }

    package var place: Place { Place(file: file.path, line: line, column: column) }
}
