public import RuleBook

/// Test files with the actual figures written into the expectations that failed.
public struct TestUpdate: Sendable {
    /// The files that change, by path, with their new text.
    public private(set) var files: [(path: String, text: String)] = []
    public private(set) var fixes = 0
    /// Mismatches that no figure can be written for.
    public private(set) var left = 0

    /// - Parameter sources: the files the report is of. Comments and layout stay as they are: only
    ///   the figures and words that are wrong are replaced.
    public init(_ report: TestReport, _ sources: RuleFiles) {
        let mismatches = report.cases.flatMap(\.mismatches)
        left = mismatches.count { $0.fix == nil }
        let fixes = Dictionary(grouping: mismatches.compactMap(\.fix), by: \.file)
        for file in sources.rules + sources.tests {
            guard let own = fixes[file.path] else { continue }
            let text = Fix.apply(own, to: file.text)
            if text == file.text { continue }
            files.append((file.path, text))
            self.fixes += Set(own.map { "\($0.line):\($0.column)" }).count
        }
    }
}
