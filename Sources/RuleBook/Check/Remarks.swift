import Domain
import Foundation

/// `# tocsin: disable CODE` and `# tocsin: snooze DATE CODE` in a file: what its author knows and
/// does not want to hear of. Errors can't be silenced: nothing is loaded with them.
struct Remarks {
    /// One remark: findings with the code on the line are left out.
    struct Remark {
        var code: FindingCode
        var line: Int
        var spot: Spot
    }

    private(set) var remarks: [Remark] = []

    /// **Fails**: reports remarks that name no code, or whose date has passed.
    init(_ file: SourceFile, today: String, _ findings: FindingList) {
        for (index, line) in file.allLines.enumerated() {
            guard let mark = line.range(of: "# tocsin:") else { continue }
            let column = line[..<mark.lowerBound].unicodeScalars.count + 1
            let spot = Spot(file, line: index + 1, column: column, width: 9)
            let isOwnLine = line[..<mark.lowerBound].allSatisfy(\.isWhitespace)
            let words = line[mark.upperBound...].split(separator: " ").map(String.init)
            guard let code = Remarks.code(words, spot, today, findings) else { continue }
            let target = isOwnLine ? Remarks.next(after: index, in: file) : index + 1
            remarks.append(Remark(code: code, line: target, spot: spot))
        }
    }

    func silences(_ finding: Finding) -> Bool {
        guard finding.level != .error else { return false }
        return remarks.contains {
            $0.code == finding.code && $0.line == finding.place.line
                && $0.spot.file.path == finding.place.file
        }
    }

    private static func code(
        _ words: [String], _ spot: Spot, _ today: String, _ findings: FindingList
    ) -> FindingCode? {
        let isSnooze = words.first == "snooze"
        guard isSnooze || words.first == "disable", words.count == (isSnooze ? 3 : 2),
            let name = words.last
        else {
            findings.warning(
                .remarkCode, "this remark says nothing", at: spot,
                hint: "# tocsin: disable CODE, or # tocsin: snooze 2026-12-31 CODE")
            return nil
        }
        guard let code = FindingCode(rawValue: name) else {
            findings.warning(
                .remarkCode, "there is no code `\(name)`", at: spot,
                hint: Likeness.hint(for: name, among: FindingCode.allCases.map(\.rawValue)))
            return nil
        }
        if isSnooze, !isDate(words[1]) {
            findings.warning(
                .remarkDate, "`\(words[1])` is no date", at: spot, hint: "such as 2026-12-31")
            return nil
        }
        if isSnooze, words[1] < today {
            findings.warning(
                .remarkDate, "the snooze of `\(name)` ended on \(words[1])", at: spot,
                hint: "mend what it hid, or give it another date")
            return nil
        }
        return code
    }

    private static func isDate(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.count) == [4, 2, 2] && parts.allSatisfy { Int($0) != nil }
    }

    /// The next line that is not itself a remark, from 1.
    private static func next(after index: Int, in file: SourceFile) -> Int {
        var line = index + 2
        while file.line(line).drop(while: \.isWhitespace).hasPrefix("#") { line += 1 }
        return line
    }
}
