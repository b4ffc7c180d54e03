/// What lies in each bin of a frame, while an index is built: who can hold its points, in the order
/// in which they win, and the borders through it.
struct BinContents {
    /// A cell or area that can hold points of a bin.
    struct Candidate: BitwiseCopyable {
        var number: UInt32
        /// Whether it holds the bin's south-western corner.
        var holdsCorner: Bool
    }

    let frame: BinFrame
    private var edges: [(bin: UInt32, edge: OwnedEdge)] = []
    private var candidates: [(bin: UInt32, candidate: Candidate)] = []
    /// Bins whose last candidate is known: nothing after it can win.
    private var isClosed: [Bool]
    /// Who last touched a bin, plus 1.
    private var touchedBy: [UInt32]
    private var marks: [(row: Int, column: Int)] = []

    /// Takes the shapes in the order in which they win.
    init(_ shapes: [[[FixedPoint]]], precedence: [Int], frame: BinFrame) {
        self.frame = frame
        isClosed = Array(repeating: false, count: frame.binCount)
        touchedBy = Array(repeating: 0, count: frame.binCount)
        for number in precedence { add(UInt32(number), shapes[number]) }
    }

    /// The bins one after the other.
    func visitBins(
        _ body: (Int, [Candidate], [OwnedEdge]) throws(GridFault) -> Void
    ) throws(GridFault) {
        let edgeOrder = BinContents.order(edges.lazy.map(\.bin), edges.count, frame.binCount)
        let order = BinContents.order(candidates.lazy.map(\.bin), candidates.count, frame.binCount)
        for bin in 0..<frame.binCount {
            let own = order.places[order.starts[bin]..<order.starts[bin + 1]]
            let through = edgeOrder.places[edgeOrder.starts[bin]..<edgeOrder.starts[bin + 1]]
            try body(bin, own.map { candidates[$0].candidate }, through.map { edges[$0].edge })
        }
    }

    /// The places of things sorted by their bins, and where each bin's begin.
    private static func order(
        _ bins: some Sequence<UInt32>, _ count: Int, _ binCount: Int
    ) -> (starts: [Int], places: [Int]) {
        var starts = [Int](repeating: 0, count: binCount + 1)
        for bin in bins { starts[Int(bin) + 1] += 1 }
        for bin in 0..<binCount { starts[bin + 1] += starts[bin] }
        var next = starts
        var places = [Int](repeating: 0, count: count)
        for (place, bin) in bins.enumerated() {
            places[next[Int(bin)]] = place
            next[Int(bin)] += 1
        }
        return (starts, places)
    }

    private mutating func add(_ number: UInt32, _ rings: [[FixedPoint]]) {
        marks.removeAll(keepingCapacity: true)
        var box: (left: Int, right: Int, low: Int, high: Int) = (.max, -1, .max, -1)
        for ring in rings {
            for index in 1..<max(1, ring.count) {
                let edge = OwnedEdge(owner: number, a: ring[index - 1], b: ring[index])
                touch(edge)
                mark(edge)
                box.left = min(box.left, frame.column(Int(edge.a.x)))
                box.right = max(box.right, frame.column(Int(edge.a.x)))
                box.low = min(box.low, frame.row(Int(edge.a.y)))
                box.high = max(box.high, frame.row(Int(edge.a.y)))
            }
        }
        guard box.left <= box.right else { return }
        marks.sort { $0 < $1 }
        sweep(
            number, columns: max(0, box.left - 1)...min(frame.columns - 1, box.right + 1),
            rows: max(0, box.low - 1)...min(frame.rows - 1, box.high + 1))
    }

    /// Enters the edge in at least the bins that it runs through.
    private mutating func touch(_ edge: OwnedEdge) {
        let low = frame.row(Int(min(edge.a.y, edge.b.y)))
        let high = frame.row(Int(max(edge.a.y, edge.b.y)))
        for row in low...high {
            let bottom = frame.low(row)
            guard let (west, east) = edge.stretch(from: bottom, to: bottom + frame.side) else {
                continue
            }
            let left = max(0, frame.column(west))
            let right = min(frame.columns - 1, frame.column(east))
            for column in left...right {
                let bin = row * frame.columns + column
                if isClosed[bin] { continue }
                touchedBy[bin] = edge.owner + 1
                edges.append((UInt32(bin), edge))
            }
        }
    }

    /// Notes, for each row's southern side, the first column whose corner lies east of the edge.
    private mutating func mark(_ edge: OwnedEdge) {
        if edge.isHorizontal { return }
        let first = frame.row(from: Int(min(edge.a.y, edge.b.y)))
        let end = frame.row(from: Int(max(edge.a.y, edge.b.y)))
        for row in first..<end {
            guard let x = edge.crossing(at: frame.low(row)) else { continue }
            marks.append((row, frame.column(from: x)))
        }
    }

    /// Walks along the rows' southern sides, in and out of the shape, and enters it in the bins
    /// that its border touches and in those that it covers.
    private mutating func sweep(
        _ number: UInt32, columns: ClosedRange<Int>, rows: ClosedRange<Int>
    ) {
        var at = 0
        for row in rows {
            while at < marks.count, marks[at].row < row { at += 1 }
            var end = at
            while end < marks.count, marks[end].row == row { end += 1 }
            for column in columns {
                while at < end, marks[at].column <= column { at += 1 }
                enter(number, row * frame.columns + column, holdsCorner: (end - at) % 2 == 1)
            }
            at = end
        }
    }

    private mutating func enter(_ number: UInt32, _ bin: Int, holdsCorner: Bool) {
        if isClosed[bin] { return }
        let isTouched = touchedBy[bin] == number + 1
        guard isTouched || holdsCorner else { return }
        let candidate = Candidate(number: number, holdsCorner: holdsCorner)
        candidates.append((UInt32(bin), candidate))
        if !isTouched { isClosed[bin] = true }
    }
}
