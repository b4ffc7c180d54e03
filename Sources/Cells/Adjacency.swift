import Domain

/// Who lies beside whom, while a grid is built: pairs of cells of one level that share a boundary.
///
/// Two cells touch when a vertex of one lies on the border of the other, to a unit: rounding to
/// fixed-point units moves a vertex off a slanted edge by as much. So two cells that share a vertex
/// are neighbours, corners included. A cell that names its neighbours has those, and those that
/// name it, whatever its shape.
///
/// **Cost**: near-linear in the points; the edges stand in bins and a vertex asks only its own.
struct Adjacency {
    private(set) var pairs: [UInt64] = []

    /// The neighbours of cells in the order of their numbers.
    init(of cells: [PlacedCell]) {
        var members: [Int: [Int]] = [:]
        for (number, cell) in cells.enumerated() where cell.draft.neighbours == nil {
            members[cell.level, default: []].append(number)
        }
        for level in members.values { touch(level, cells) }
        for (number, cell) in cells.enumerated() {
            for neighbour in cell.neighbours { join(number, neighbour) }
        }
        pairs.sort()
    }

    /// Where each cell's neighbours start, and the neighbours: ascending, each once.
    func flattened(count: Int) -> (starts: [UInt32], neighbours: [UInt32]) {
        var starts = [UInt32](repeating: 0, count: count + 1)
        var neighbours: [UInt32] = []
        var previous = UInt64.max
        for pair in pairs where pair != previous {
            neighbours.append(UInt32(truncatingIfNeeded: pair))
            starts[Int(pair >> 32) + 1] += 1
            previous = pair
        }
        for cell in 0..<count { starts[cell + 1] += starts[cell] }
        return (starts, neighbours)
    }

    private mutating func join(_ a: Int, _ b: Int) {
        pairs.append(UInt64(a) << 32 | UInt64(b))
        pairs.append(UInt64(b) << 32 | UInt64(a))
    }

    /// Finds the pairs among some cells, by their shapes.
    private mutating func touch(_ members: [Int], _ cells: [PlacedCell]) {
        let borders = BorderBins(members.map { cells[$0].draft.rings })
        // By member: who last found it, plus 1.
        var foundBy = [Int](repeating: 0, count: members.count)
        for (member, cell) in members.enumerated() {
            foundBy[member] = member + 1
            for ring in cells[cell].draft.rings {
                for point in ring.dropLast() {
                    for edge in borders.edges(at: point) where foundBy[edge.owner] != member + 1 {
                        guard edge.touches(point) else { continue }
                        foundBy[edge.owner] = member + 1
                        join(cell, members[edge.owner])
                    }
                }
            }
        }
    }
}

/// The border pieces of some cells, by the bins they run through.
private struct BorderBins {
    let frame: BinFrame
    private var starts: [Int]
    private var pieces: [BorderPiece] = []

    init(_ shapes: [[[FixedPoint]]]) {
        frame = BinFrame(around: shapes, binsMax: max(4096, shapes.count * 4))
        starts = [Int](repeating: 0, count: frame.binCount + 1)
        var all: [(bin: Int, piece: BorderPiece)] = []
        for (owner, shape) in shapes.enumerated() {
            for ring in shape {
                for (a, b) in zip(ring, ring.dropFirst()) {
                    add(BorderPiece(owner: owner, a: a, b: b), to: &all)
                }
            }
        }
        sort(all)
    }

    func edges(at point: FixedPoint) -> ArraySlice<BorderPiece> {
        let bin = frame.row(Int(point.y)) * frame.columns + frame.column(Int(point.x))
        return pieces[starts[bin]..<starts[bin + 1]]
    }

    /// Enters the piece in the bins of its own box, wider by the unit that a vertex may lie off.
    private func add(_ piece: BorderPiece, to all: inout [(bin: Int, piece: BorderPiece)]) {
        let left = max(0, frame.column(Int(min(piece.a.x, piece.b.x)) - 1))
        let right = min(frame.columns - 1, frame.column(Int(max(piece.a.x, piece.b.x)) + 1))
        let low = max(0, frame.row(Int(min(piece.a.y, piece.b.y)) - 1))
        let high = min(frame.rows - 1, frame.row(Int(max(piece.a.y, piece.b.y)) + 1))
        for row in low...high {
            for column in left...right { all.append((row * frame.columns + column, piece)) }
        }
    }

    private mutating func sort(_ all: [(bin: Int, piece: BorderPiece)]) {
        for (bin, _) in all { starts[bin + 1] += 1 }
        for bin in 0..<frame.binCount { starts[bin + 1] += starts[bin] }
        guard let first = all.first else { return }
        var next = starts
        pieces = [BorderPiece](repeating: first.piece, count: all.count)
        for (bin, piece) in all {
            pieces[next[bin]] = piece
            next[bin] += 1
        }
    }
}

/// One straight piece of a cell's border.
private struct BorderPiece {
    var owner: Int
    var a: FixedPoint
    var b: FixedPoint

    /// Whether the point lies on the piece, to one unit along either axis.
    func touches(_ point: FixedPoint) -> Bool {
        let (x, y) = (Int(point.x), Int(point.y))
        guard x >= Int(min(a.x, b.x)) - 1, x <= Int(max(a.x, b.x)) + 1 else { return false }
        guard y >= Int(min(a.y, b.y)) - 1, y <= Int(max(a.y, b.y)) + 1 else { return false }
        let (width, height) = (Int(b.x) - Int(a.x), Int(b.y) - Int(a.y))
        // Two products of a whole globe's width do not fit in 64 bits.
        let off = Int128(width) * Int128(y - Int(a.y)) - Int128(height) * Int128(x - Int(a.x))
        return off.magnitude <= Int128(max(abs(width), abs(height), 1)).magnitude
    }
}
