import Cells
import Pipeline

/// What became of the cells when another grid was taken over.
struct CellsReport: Codable {
    struct Fate: Codable {
        var kind: String
        var cell: String
        var into: [String]
    }

    /// The most that are named; all are counted.
    private static let namedMax = 1000

    /// How many cells there are now.
    var cells: Int
    /// How many of each kind: `split`, `merged`, `recoded`, `moved`, `added`, `removed`.
    var counts: [String: Int]
    var fates: [Fate]
    /// Open tasks whose cell has another path now.
    var tasksMoved: Int?
    /// States of rules that met another one of their rule in the same cell.
    var statesJoined: Int?

    enum CodingKeys: String, CodingKey {
        case cells, counts, fates
        case tasksMoved = "tasks_moved"
        case statesJoined = "states_joined"
    }

    init(_ succession: CellSuccession) {
        let fates = succession.fates
        cells = succession.origins.count
        counts = fates.reduce(into: [:]) { $0[$1.kind.rawValue, default: 0] += 1 }
        self.fates = fates.prefix(Self.namedMax).map {
            Fate(kind: $0.kind.rawValue, cell: $0.cell, into: $0.into)
        }
    }

    mutating func take(_ settlement: Settlement) {
        (tasksMoved, statesJoined) = (settlement.tasksMoved, settlement.keysJoined)
    }

    /// `2,166 cells: 1 split, 2 moved; 3 open tasks moved`
    var summary: String {
        let parts = CellFate.Kind.allCases.compactMap { kind in
            counts[kind.rawValue].map { "\($0) \(kind.rawValue)" }
        }
        var text = "\(cells) cells"
        text += parts.isEmpty ? ", none other" : ": " + parts.joined(separator: ", ")
        if let tasksMoved, tasksMoved > 0 { text += "; \(tasksMoved) open tasks went along" }
        return text
    }

    /// A line for each, the first ones.
    func lines(most: Int) -> [String] {
        var lines = fates.prefix(most).map { fate in
            padded(fate.kind, to: 10) + fate.cell
                + (fate.into.isEmpty ? "" : " → " + fate.into.joined(separator: " + "))
        }
        let total = counts.values.reduce(0, +)
        if total > lines.count { lines.append("… and \(total - lines.count) more cells") }
        return lines
    }
}
