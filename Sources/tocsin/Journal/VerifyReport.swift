import Journal

/// What `tocsin journal verify` says.
struct VerifyReport: Encodable {
    struct Finding: Encodable {
        let table: String
        let row: Int64?
        let problem, advice: String
        let lost: Loss?
    }
    struct Loss: Encodable {
        let run: Int64
        let firstPosition, lastPosition: UInt64?
        let from, to: String

        enum CodingKeys: String, CodingKey {
            case run, from, to
            case firstPosition = "first_position"
            case lastPosition = "last_position"
        }
    }

    let batches, alerts: Int
    let findings: [Finding]

    init(_ verdict: JournalVerdict) {
        (batches, alerts) = (verdict.batches, verdict.alerts)
        findings = verdict.findings.map { finding in
            Finding(
                table: finding.table, row: finding.row, problem: finding.problem,
                advice: finding.advice, lost: finding.lost.map(Loss.init))
        }
    }

    var lines: [String] {
        let count = findings.count
        let sum = count == 0 ? "nothing found" : "\(grouped(count)) finding\(count == 1 ? "" : "s")"
        return findings.flatMap(\.lines) + [
            "\(grouped(batches)) batches with \(grouped(alerts)) whole alerts: \(sum)"
        ]
    }
}

extension VerifyReport.Loss {
    init(_ range: AlertRange) {
        run = range.run
        (firstPosition, lastPosition) = (range.positions?.lowerBound, range.positions?.upperBound)
        (from, to) = (range.from.rfc3339, range.to.rfc3339)
    }
}

extension VerifyReport.Finding {
    fileprivate var lines: [String] {
        let place = row.map { "\(table) row \($0)" } ?? table
        let loss = lost.map { lost in
            let positions = lost.firstPosition.flatMap { first in
                lost.lastPosition.map { ", positions \(first) to \($0)" }
            }
            return
                "    lost: run \(lost.run)\(positions ?? ""), received \(lost.from) to \(lost.to)"
        }
        return ["\(place): \(problem)"] + (loss.map { [$0] } ?? []) + ["    \(advice)"]
    }
}
