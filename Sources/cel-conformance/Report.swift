import Foundation

/// Passed and total per file, and what failed.
struct Report {
    struct Count {
        var passed = 0
        var total = 0
    }

    struct Failure {
        var id: String
        var expression: String
        var reason: String
    }

    private var files: [String: Count] = [:]
    private var all = Count()
    /// Cases that need no messages.
    private var plain = Count()
    /// Cases that also ran as typed programs.
    private var typedCount = 0
    private(set) var failures: [Failure] = []

    mutating func countTyped() {
        typedCount += 1
    }

    mutating func add(
        _ file: String, _ id: String, _ needs: [String], _ expression: String, _ reason: String?
    ) {
        let passed = reason == nil ? 1 : 0
        files[file, default: Count()].add(passed)
        all.add(passed)
        if !needs.contains(where: { $0.hasPrefix("proto") }) { plain.add(passed) }
        if let reason {
            failures.append(Failure(id: id, expression: expression, reason: reason))
        }
    }

    func text(withFailures: Bool) -> String {
        var lines: [String] = []
        for (file, count) in files.sorted(by: { $0.key < $1.key }) {
            lines.append("\(file): \(count.passed)/\(count.total)")
        }
        lines.append("without messages: \(plain.passed)/\(plain.total) \(plain.percent)")
        lines.append("all: \(all.passed)/\(all.total) \(all.percent)")
        lines.append("of these also as typed programs: \(typedCount)")
        if withFailures {
            for failure in failures {
                lines.append("FAILED \(failure.id)\n  \(failure.expression)\n  \(failure.reason)")
            }
        }
        return lines.joined(separator: "\n")
    }

    func json() throws -> String {
        let object: [String: Any] = [
            "files": files.mapValues { ["passed": $0.passed, "total": $0.total] },
            "plain": ["passed": plain.passed, "total": plain.total],
            "passed": all.passed, "total": all.total, "typed": typedCount,
            "failures": failures.map {
                ["id": $0.id, "expression": $0.expression, "reason": $0.reason]
            },
        ]
        let data = try JSONSerialization.data(withJSONObject: object, options: .sortedKeys)
        return String(decoding: data, as: UTF8.self)
    }
}

extension Report.Count {
    mutating func add(_ passed: Int) {
        self.passed += passed
        total += 1
    }

    var percent: String {
        let tenths = total == 0 ? 1000 : passed * 1000 / total
        return "(\(tenths / 10).\(tenths % 10) %)"
    }
}
