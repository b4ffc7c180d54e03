/// One way in which a city differs from what it was.
package struct CellDifference: Encodable, Sendable, Equatable {
    package enum Kind: String, Encodable, CaseIterable, Sendable {
        case split, merged, recoded, added, removed, moved, renamed, changed, reshaped

        /// A heading.
        var title: String {
            switch self {
            case .split: "split: the ground of one cell is now that of several"
            case .merged: "merged: the ground of several cells is now that of one"
            case .recoded: "recoded: the same ground with another code"
            case .added: "added"
            case .removed: "removed"
            case .moved: "moved to another parent or level"
            case .renamed: "renamed"
            case .changed: "other properties changed"
            case .reshaped: "reshaped"
            }
        }
    }

    package let kind: Kind
    /// The cell: as it was called, or when it was not there, as it is called.
    package let code: String
    /// The cells it became, or came from.
    package var others: [String] = []
    package var was: String?
    package var `is`: String?
    /// The share of its ground that it keeps: 0 to 1.
    package var share: Double?

    /// A line for people.
    var text: String {
        var line = code
        switch kind {
        case .split: line += " → " + others.joined(separator: " + ")
        case .merged: line = others.joined(separator: " + ") + " → " + code
        case .recoded: line += " → " + others.joined()
        default: break
        }
        if let was, let now = `is` { line += ": \(was) → \(now)" }
        if let share { line += ", keeps \((share * 100).formatted(share < 0.995 ? 0 : 2)) %" }
        return line
    }
}

/// How one city differs from another.
package struct CityComparison: Encodable {
    package let isSame: Bool
    package let differences: [CellDifference]

    init(_ differences: [CellDifference]) {
        self.differences = differences
        isSame = differences.isEmpty
    }

    /// For people, by kind.
    ///
    /// - Parameter most: lines of a kind; the rest is counted.
    package func text(most: Int) -> String {
        var lines: [String] = []
        for kind in CellDifference.Kind.allCases {
            let members = differences.filter { $0.kind == kind }
            guard !members.isEmpty else { continue }
            lines.append("\(kind.title) (\(members.count))")
            lines += members.prefix(most).map { "  " + $0.text }
            if members.count > most {
                lines.append("  … and \(members.count - most) more (--all shows them)")
            }
        }
        return isSame ? "no difference" : lines.joined(separator: "\n")
    }
}
