import Domain

/// Positions to cells: the city cut into square bins, each with the cells that can hold its points.
///
///     candidates of a bin:  cell numbers in the order in which they win; the top bit says that
///                           the cell covers the whole bin, and then it is the last
///
/// A bin that no border touches answers at once; any other asks its candidates in turn. The test is
/// exact: a point on a border belongs to the cell east of it, on a horizontal border to the cell
/// north of it. Where cells overlap, leaves win over the rest, the deeper level over the higher,
/// then the lower number.
struct LocateIndex: ~Copyable, Sendable {
    let frame: BinFrame
    let outlines: Outlines
    let binStarts: Table<UInt32>
    let candidates: Table<UInt32>

    static let coversBin: UInt32 = 0x8000_0000

    /// The number of the cell that (x, y) belongs to, or 0xFFFF_FFFF.
    @_noAllocation @_noLocks
    func locate(_ x: Int, _ y: Int) -> UInt32 {
        let column = frame.column(x)
        let row = frame.row(y)
        if column < 0 || column >= frame.columns || row < 0 || row >= frame.rows {
            return 0xFFFF_FFFF
        }
        let bin = row * frame.columns + column
        var at = Int(binStarts[bin])
        let end = Int(binStarts[bin + 1])
        while at < end {
            let cell = candidates[at] & 0x7FFF_FFFF
            if candidates[at] != cell { return cell }
            if outlines.contains(Int(cell), x, y) { return cell }
            at += 1
        }
        return 0xFFFF_FFFF
    }
}

extension LocateIndex {
    /// Indexes the cells' rings; `precedence` lists all cells, those that win first.
    init(rings: [[[FixedPoint]]], precedence: [Int]) {
        frame = BinFrame(around: rings)
        outlines = Outlines(rings, frame: frame)
        var cover = BinCover(frame)
        for cell in precedence { cover.add(cell, rings[cell], outlines) }
        let (starts, candidates) = cover.flattened()
        binStarts = Table(copying: starts)
        self.candidates = Table(copying: candidates)
    }
}

/// Which cells can hold a point of which bin, while the index is built.
private struct BinCover {
    let frame: BinFrame
    var candidates: [(bin: Int, entry: UInt32)] = []
    /// Bins whose last candidate is known: nothing after it can win.
    var isClosed: [Bool]
    /// The cell that last touched a bin, plus 1.
    var touchedBy: [Int]

    init(_ frame: BinFrame) {
        self.frame = frame
        isClosed = Array(repeating: false, count: frame.binCount)
        touchedBy = Array(repeating: 0, count: frame.binCount)
    }

    /// Enters a cell in the bins that its border touches and in those that it covers.
    mutating func add(_ cell: Int, _ rings: [[FixedPoint]], _ outlines: borrowing Outlines) {
        guard let box = bins(around: rings.lazy.joined()) else { return }
        for ring in rings { touch(cell, ring) }
        for row in box.rows {
            for column in box.columns {
                let bin = row * frame.columns + column
                if isClosed[bin] { continue }
                if touchedBy[bin] == cell + 1 {
                    candidates.append((bin, UInt32(cell)))
                } else if outlines.contains(
                    cell, frame.minX + column << frame.shift, frame.minY + row << frame.shift)
                {
                    candidates.append((bin, UInt32(cell) | LocateIndex.coversBin))
                    isClosed[bin] = true
                }
            }
        }
    }

    /// Marks the bins of each border piece's own box: at least those that the piece runs through.
    private mutating func touch(_ cell: Int, _ ring: [FixedPoint]) {
        for (a, b) in zip(ring, ring.dropFirst()) {
            guard let box = bins(around: [a, b]) else { continue }
            for row in box.rows {
                for column in box.columns { touchedBy[row * frame.columns + column] = cell + 1 }
            }
        }
    }

    private func bins(
        around points: some Sequence<FixedPoint>
    ) -> (columns: ClosedRange<Int>, rows: ClosedRange<Int>)? {
        var (left, right, low, high) = (Int.max, Int.min, Int.max, Int.min)
        for point in points {
            (left, right) = (min(left, Int(point.x)), max(right, Int(point.x)))
            (low, high) = (min(low, Int(point.y)), max(high, Int(point.y)))
        }
        guard left <= right else { return nil }
        return (frame.column(left)...frame.column(right), frame.row(low)...frame.row(high))
    }

    /// The candidates bin by bin, each bin's in the order of their coming, and where each bin
    /// starts.
    func flattened() -> (starts: [UInt32], candidates: [UInt32]) {
        var starts = [UInt32](repeating: 0, count: frame.binCount + 1)
        for (bin, _) in candidates { starts[bin + 1] += 1 }
        for bin in 0..<frame.binCount { starts[bin + 1] += starts[bin] }
        var next = starts
        var flat = [UInt32](repeating: 0, count: candidates.count)
        for (bin, entry) in candidates {
            flat[Int(next[bin])] = entry
            next[bin] += 1
        }
        return (starts, flat)
    }
}
