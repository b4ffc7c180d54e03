/// The borders through a bin, drawn in as few strokes as one pen easily does: what edges have in
/// common is kept once.
struct BorderTrail {
    private(set) var points: [FixedPoint] = []
    /// One fewer than points: the two candidates that an edge parts, four bits each.
    private(set) var links: [UInt8] = []

    private struct Edge {
        let a: FixedPoint
        let b: FixedPoint
        let owners: UInt8
    }

    /// Where the pen moves without drawing.
    static let lifted: UInt8 = 0xFF

    init(_ borders: [BinDraft.Border]) {
        var edges = borders.flatMap(BorderTrail.edges)
        while !edges.isEmpty {
            if !points.isEmpty { links.append(BorderTrail.lifted) }
            points.append(BorderTrail.end(of: edges))
            while draw(&edges) {}
        }
    }

    /// A border of more than two candidates counts once for every two of them.
    private static func edges(_ border: BinDraft.Border) -> [Edge] {
        var edges: [Edge] = []
        var rest = border.owners
        while rest != 0 {
            let first = UInt8(rest.trailingZeroBitCount)
            rest &= rest - 1
            let second = rest == 0 ? 15 : UInt8(rest.trailingZeroBitCount)
            rest &= rest &- 1
            edges.append(
                Edge(a: border.edge.a, b: border.edge.b, owners: first | second << 4))
        }
        return edges
    }

    /// A point that an odd number of edges meet in, where a stroke has to begin or end; any when
    /// there is none.
    private static func end(of edges: [Edge]) -> FixedPoint {
        for edge in edges {
            for point in [edge.a, edge.b]
            where edges.count(where: { $0.a == point || $0.b == point }) % 2 == 1 {
                return point
            }
        }
        return edges[0].a
    }

    /// Draws an edge from where the pen is; false when there is none.
    private mutating func draw(_ edges: inout [Edge]) -> Bool {
        let pen = points[points.count - 1]
        guard let next = edges.firstIndex(where: { $0.a == pen || $0.b == pen }) else {
            return false
        }
        let edge = edges.remove(at: next)
        links.append(edge.owners)
        points.append(edge.a == pen ? edge.b : edge.a)
        return true
    }
}
