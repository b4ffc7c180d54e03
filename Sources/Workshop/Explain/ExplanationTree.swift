import Foundation
import RuleBook

/// Why something is as it is: a statement, and what it follows from.
public struct ExplanationTree: Codable, Sendable {
    public var text: String
    public var because: [ExplanationTree]

    init(_ text: String, _ because: [ExplanationTree] = []) {
        self.text = text
        self.because = because
    }

    /// One statement a line, each two columns further in than what it explains.
    public var indented: String { lines(depth: 0).joined(separator: "\n") }

    private func lines(depth: Int) -> [String] {
        [String(repeating: "  ", count: depth) + text]
            + because.flatMap { $0.lines(depth: depth + 1) }
    }

    public func json() throws -> String {
        try prettyJSON(self)
    }
}

extension ExplanationTree {
    /// A condition and what each of its parts came to.
    init(_ part: String, _ evaluated: Evaluated) {
        var rest = evaluated.parts[...]
        let parts = ExplanationTree.nest(&rest, depth: 0)
        self.init("\(part) is \(evaluated.value)", parts)
    }

    /// The parts from here on that are as deep as `depth`, each with the deeper ones behind it.
    private static func nest(
        _ parts: inout ArraySlice<Evaluated.Part>, depth: Int
    ) -> [ExplanationTree] {
        var trees: [ExplanationTree] = []
        while let part = parts.first, part.depth >= depth {
            parts.removeFirst()
            let inner = nest(&parts, depth: part.depth + 1)
            trees.append(ExplanationTree("\(part.text) = \(part.value)", inner))
        }
        return trees
    }
}
