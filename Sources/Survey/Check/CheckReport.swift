/// What a check found, in the order of reading.
package struct CheckReport {
    /// The most severe first, of one code the largest first.
    package let findings: [CellFinding]
    /// Cells looked at.
    package let cells: Int
    package let sliverMetres: Double
    let city: CityDraft

    init(_ findings: [CellFinding], of city: CityDraft, sliverMetres: Double) {
        let order = Dictionary(
            uniqueKeysWithValues: FindingCode.allCases.enumerated().map { ($1, $0) })
        let ranks = findings.enumerated().map { index, finding in
            (order[finding.code] ?? 0, -(finding.squareMetres ?? 0), index)
        }
        let sorted = findings.indices.sorted { a, b in
            let (x, y) = (findings[a].severity, findings[b].severity)
            return x == y ? ranks[a] < ranks[b] : x < y
        }
        self.findings = sorted.map { findings[$0] }
        self.city = city
        cells = city.count
        self.sliverMetres = sliverMetres
    }

    package func count(_ severity: FindingSeverity) -> Int {
        findings.count { $0.severity == severity }
    }
}

extension CheckReport {
    /// For people: by code, the worst first.
    ///
    /// - Parameter most: lines a code; the rest is counted.
    package func text(most: Int) -> String {
        var lines: [String] = []
        for group in groups {
            let (code, members) = (group[0].finding.code, group)
            lines.append(
                "\(code.severity.rawValue) \(code.rawValue): \(code.title) (\(members.count))")
            for (number, finding) in members.prefix(most) {
                lines.append("  \(number)  \(finding.text)")
            }
            if members.count > most {
                lines.append("  … and \(members.count - most) more (--all shows them)")
            }
            lines.append("  → \(code.hint)")
            lines.append("")
        }
        return (lines + [summary]).joined(separator: "\n")
    }

    /// Findings by code, numbered through.
    private var groups: [[(number: Int, finding: CellFinding)]] {
        var groups: [[(number: Int, finding: CellFinding)]] = []
        for (index, finding) in findings.enumerated() {
            if groups.last?.last?.finding.code != finding.code { groups.append([]) }
            groups[groups.count - 1].append((index + 1, finding))
        }
        return groups
    }

    package var summary: String {
        let counts = FindingSeverity.allCases.map { severity in
            let count = count(severity)
            return "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
        }
        return "\(cells) cells, \(counts.joined(separator: ", ")); slivers are what no circle of "
            + "\(sliverMetres.formatted(sliverMetres < 1 ? 2 : 0)) m fits into"
    }

    /// For scripts.
    package struct Document: Encodable {
        let cells: Int
        let errors: Int
        let warnings: Int
        let notes: Int
        let sliverMetres: Double
        let findings: [CellFinding]
    }

    package var document: Document {
        Document(
            cells: cells, errors: count(.error), warnings: count(.warning), notes: count(.note),
            sliverMetres: sliverMetres, findings: findings)
    }
}
