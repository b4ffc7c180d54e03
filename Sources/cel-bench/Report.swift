import Foundation

/// The figures as a table or as JSON.
struct Report: Encodable {
    struct Row: Encodable {
        var name: String
        var result: String
        var nanoseconds: Double
        var leastNanoseconds: Double
        var allocations: Double
        var steps: Int
    }

    var evaluations: [Row]
    var planThousandMilliseconds: Double
    var checkAndPlanThousandMilliseconds: Double
    var planAllocations: Double

    init(_ measurements: [Measurement], compilation: Compilation) {
        evaluations = measurements.map {
            Row(
                name: $0.name, result: $0.result, nanoseconds: $0.medianNanoseconds,
                leastNanoseconds: $0.leastNanoseconds, allocations: $0.allocations,
                steps: $0.steps)
        }
        planThousandMilliseconds = compilation.plannedMilliseconds
        checkAndPlanThousandMilliseconds = compilation.checkedAndPlannedMilliseconds
        planAllocations = compilation.allocations
    }

    var table: String {
        var lines = [line("condition", "median ns", "least ns", "allocations", "result")]
        for row in evaluations {
            lines.append(
                line(
                    row.name, figure(row.nanoseconds), figure(row.leastNanoseconds),
                    String(row.allocations), row.result))
        }
        lines.append("")
        lines.append("parse and plan 1,000 conditions: \(figure(planThousandMilliseconds)) ms")
        lines.append("parse, check and plan: \(figure(checkAndPlanThousandMilliseconds)) ms")
        lines.append("allocations to parse and plan one: \(figure(planAllocations))")
        return lines.joined(separator: "\n")
    }

    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        guard let data = Self.encoded(self, encoder) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }

    private static func encoded(_ report: Report, _ encoder: JSONEncoder) -> Data? {
        do { return try encoder.encode(report) } catch { return nil }
    }

    private func figure(_ value: Double) -> String {
        String((value * 10).rounded() / 10)
    }

    private func line(_ cells: String...) -> String {
        let widths = [14, 10, 10, 12, 0]
        return zip(cells, widths).map { cell, width in
            cell + String(repeating: " ", count: max(1, width - cell.count))
        }.joined()
    }
}
