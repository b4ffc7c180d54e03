import Foundation
import RuleBook

/// How well a rule did for each choice of parameters.
public struct SweepReport: Encodable, Sendable {
    public var rule: String
    public var scores: [SweepScore]

    /// The choice with the best F1; of equals the first.
    public var best: SweepScore? {
        scores.reduce(nil) { best, score in
            if let best, best.f1 >= score.f1 { best } else { score }
        }
    }

    public func json() throws -> String {
        try prettyJSON(self)
    }

    var names: [String] { scores.first?.choice.values.keys.sorted() ?? [] }

    /// A table, the best choice marked and named in the last line.
    public var text: String {
        let head = names + ["raised", "right", "found", "precision", "recall", "F1", "lead", ""]
        let best = best.map { $0.label(names) }
        let rows = scores.map { $0.cells(names, isBest: $0.label(names) == best) }
        let widths = head.indices.map { column in
            ([head] + rows).map { $0[column].count }.max() ?? 0
        }
        let lines = ([head] + rows).map { row in
            zip(row, widths).map { text, width in
                String(repeating: " ", count: width - text.count) + text
            }.joined(separator: "  ")
        }
        let summary = best.map { ["best of \(rule): \($0)"] } ?? []
        return (lines + summary).joined(separator: "\n")
    }
}

extension SweepScore {
    /// `heat = 60, smoke = 0.35`
    func label(_ names: [String]) -> String {
        names.map { "\($0) = \((choice.values[$0] ?? 0).plainText)" }.joined(separator: ", ")
    }

    fileprivate func cells(_ names: [String], isBest: Bool) -> [String] {
        names.map { (choice.values[$0] ?? 0).plainText }
            + [
                "\(raised)", "\(right)", "\(found)/\(windows)", precision.hundredths,
                recall.hundredths, f1.hundredths, leadSeconds.map(SweepScore.span) ?? "-",
                isBest ? "*" : "",
            ]
    }

    private static func span(_ seconds: Double) -> String {
        switch seconds {
        case ..<120: "\(Int(seconds.rounded()))s"
        case ..<7200: "\(Int((seconds / 60).rounded()))m"
        default: "\(((seconds / 360).rounded() / 10).plainText)h"
        }
    }
}

extension Double {
    /// With two decimals.
    var hundredths: String {
        let whole = Int((self * 100).rounded())
        let digits = String(whole % 100)
        return "\(whole / 100)." + (digits.count == 1 ? "0" : "") + digits
    }
}
