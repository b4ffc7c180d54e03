/// The streets of a metropolis: nodes, and edges between them, of which every border is made.
///
/// An edge that a street meets later is split there. Whoever bordered on it still names the old
/// edge, and finds the pieces when it asks: so both sides always have the same points, on every
/// level, and no border need ever be dissolved.
struct StreetNet {
    /// An edge in one direction: its number twice, and 1 where it is walked backwards.
    typealias Step = Int32

    private(set) var nodes: [PlanePoint] = []
    private var edges: [StreetEdge] = []

    mutating func addNode(_ point: PlanePoint) -> Int32 {
        nodes.append(point)
        return Int32(nodes.count - 1)
    }

    /// A street through some nodes, walked forwards.
    mutating func addStreet(_ chain: [Int32]) -> [Step] {
        zip(chain, chain.dropFirst()).map { from, to in
            edges.append(StreetEdge(from: from, to: to))
            return Step(edges.count - 1) << 1
        }
    }

    /// The same way in the other direction.
    static func reversed(_ steps: [Step]) -> [Step] { steps.reversed().map { $0 ^ 1 } }

    /// Splits the edge of a step; gives the two steps that follow each other instead.
    mutating func split(_ step: Step, at node: Int32) -> (Step, Step) {
        let edge = edges[Int(step >> 1)]
        let first = Step(edges.count)
        edges[Int(step >> 1)].pieces = first
        edges.append(StreetEdge(from: edge.from, to: node))
        edges.append(StreetEdge(from: node, to: edge.to))
        let isBackward = step & 1 == 1
        return isBackward ? ((first + 1) << 1 | 1, first << 1 | 1) : (first << 1, (first + 1) << 1)
    }

    /// The steps with every split edge in its pieces.
    func refined(_ steps: some Sequence<Step>) -> [Step] {
        var refined: [Step] = []
        for step in steps { refine(step, into: &refined) }
        return refined
    }

    private func refine(_ step: Step, into refined: inout [Step]) {
        let pieces = edges[Int(step >> 1)].pieces
        guard pieces >= 0 else { return refined.append(step) }
        let back = step & 1
        refine((pieces + back) << 1 | back, into: &refined)
        refine((pieces + 1 - back) << 1 | back, into: &refined)
    }

    /// The node where a step begins.
    func start(_ step: Step) -> Int32 {
        let edge = edges[Int(step >> 1)]
        return step & 1 == 0 ? edge.from : edge.to
    }

    /// The node where a step ends.
    func end(_ step: Step) -> Int32 { start(step ^ 1) }

    /// The points where steps begin; they must be whole edges.
    func points(_ steps: [Step]) -> [PlanePoint] { steps.map { nodes[Int(start($0))] } }
}

private struct StreetEdge: BitwiseCopyable {
    var from: Int32
    var to: Int32
    /// The first of the two edges that it was split into; -1 for a whole one.
    var pieces: Int32 = -1
}
