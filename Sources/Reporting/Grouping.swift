import Domain

/// What tasks are told apart by.
public enum Grouping: Sendable, Equatable {
    /// The cell at this depth of the path above a task's cell, the root being 0; the cell itself
    /// where it lies above.
    case level(depth: Int, name: String)
    case department, category, rule, kind
    /// A task counts for each of its sources.
    case source

    /// The word for it in reports.
    public var word: String {
        switch self {
        case .level(_, let name): name
        case .department: "department"
        case .category: "category"
        case .rule: "rule"
        case .kind: "kind"
        case .source: "source"
        }
    }

    /// The names that a task counts for.
    func names(of task: ReportedTask) -> [String] {
        switch self {
        case .level(let depth, _): [Self.ancestor(of: task.cell, depth)]
        case .department: [task.department]
        case .category: ["\(task.category.word)"]
        case .rule: [task.rule]
        case .kind: [task.kind]
        case .source: task.sources
        }
    }

    private static func ancestor(of path: String, _ depth: Int) -> String {
        let codes = path.split(separator: "/").prefix(depth + 1)
        return codes.joined(separator: "/") + "/"
    }
}
