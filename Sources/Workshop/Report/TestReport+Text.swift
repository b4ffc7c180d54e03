import Foundation
import RuleBook

extension TestReport {
    /// All cases with what was expected and what was, the worst to find last: the summary.
    public var text: String {
        var lines = findings.map(\.text)
        for result in cases {
            let mark = result.mismatches.isEmpty ? "ok  " : "FAIL"
            lines.append("\(mark) \(result.file):\(result.line): \(result.name)")
            for mismatch in result.mismatches {
                lines.append("     line \(mismatch.line): \(mismatch.what)")
                lines.append("       expected  \(mismatch.expected)")
                lines.append("       actual    \(mismatch.actual)")
                lines += mismatch.why.map { "         \($0)" }
            }
        }
        for rule in coverage where rule.raised == 0 {
            lines.append("note \(rule.rule): no test raises it")
        }
        for rule in coverage where rule.quietCases == 0 {
            lines.append("note \(rule.rule): no test keeps it quiet")
        }
        lines.append("\(passed) of \(cases.count) cases passed")
        return lines.joined(separator: "\n")
    }

    /// What the tests have not seen, rule by rule, and how much they have.
    public var coverageText: String {
        var lines: [String] = []
        for rule in coverage {
            lines.append("\(rule.rule): \(rule.seen) of \(rule.countable)")
            lines += rule.gaps.map { "  \($0)" }
        }
        let summary = coverageSummary
        let percent = (summary.percent * 10).rounded(.down) / 10
        lines.append("coverage \(percent.plainText) %: \(summary.seen) of \(summary.countable)")
        return lines.joined(separator: "\n")
    }

    public var coverageSummary: CoverageSummary { CoverageSummary(coverage) }

    /// The report as one JSON value.
    public func json() throws -> String {
        try prettyJSON(self)
    }

    /// The report as JUnit XML, which continuous integration reads: a suite a file.
    public var junit: String {
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        xml += "<testsuites tests=\"\(cases.count)\" failures=\"\(failed)\">\n"
        let files = cases.map(\.file).reduce(into: [String]()) { files, file in
            if files.last != file { files.append(file) }
        }
        for file in files {
            let own = cases.filter { $0.file == file }
            let failures = own.count { !$0.mismatches.isEmpty }
            xml += "  <testsuite name=\"\(TestReport.escape(file))\" tests=\"\(own.count)\""
            xml += " failures=\"\(failures)\">\n"
            for result in own { xml += TestReport.junit(result) }
            xml += "  </testsuite>\n"
        }
        return xml + "</testsuites>\n"
    }

    private static func junit(_ result: CaseResult) -> String {
        let name = escape(result.name)
        let head = "    <testcase name=\"\(name)\" classname=\"\(escape(result.file))\""
        guard !result.mismatches.isEmpty else { return head + "/>\n" }
        let failures = result.mismatches.map { mismatch in
            let text =
                "line \(mismatch.line): \(mismatch.what): "
                + "expected \(mismatch.expected), actual \(mismatch.actual)"
            return "      <failure message=\"\(escape(text))\"/>\n"
        }
        return head + ">\n" + failures.joined() + "    </testcase>\n"
    }

    private static func escape(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
