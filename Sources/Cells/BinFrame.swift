/// The box around some shapes, cut into square bins.
struct BinFrame: Sendable, BitwiseCopyable {
    var minX = 0
    var minY = 0
    /// A bin's side is 2 to this power of units.
    var shift = 0
    var columns = 0
    var rows = 0
    /// Where the bins of this box begin among those of all.
    var firstBin = 0

    /// As many bins as asked for, or fewer, down to a quarter.
    init(around shapes: [[[FixedPoint]]], binsMax: Int) {
        var box: (minX: Int32, minY: Int32, maxX: Int32, maxY: Int32) = (.max, .max, .min, .min)
        for shape in shapes {
            for ring in shape {
                for point in ring {
                    box.minX = min(box.minX, point.x)
                    box.minY = min(box.minY, point.y)
                    box.maxX = max(box.maxX, point.x)
                    box.maxY = max(box.maxY, point.y)
                }
            }
        }
        guard box.minX <= box.maxX else { return }
        (minX, minY) = (Int(box.minX), Int(box.minY))
        let (width, height) = (Int(box.maxX) - minX, Int(box.maxY) - minY)
        while ((width >> shift) + 1) * ((height >> shift) + 1) > max(1, binsMax) { shift += 1 }
        (columns, rows) = ((width >> shift) + 1, (height >> shift) + 1)
    }

    @_noAllocation @_noLocks
    func column(_ x: Int) -> Int { (x - minX) >> shift }

    @_noAllocation @_noLocks
    func row(_ y: Int) -> Int { (y - minY) >> shift }

    /// The western side of a column.
    @_noAllocation @_noLocks
    func left(_ column: Int) -> Int { minX + column << shift }

    /// The southern side of a row.
    @_noAllocation @_noLocks
    func low(_ row: Int) -> Int { minY + row << shift }

    @_noAllocation @_noLocks
    func square(_ column: Int, _ row: Int) -> BinSquare {
        BinSquare(left: left(column), low: low(row), shift: shift)
    }

    /// The first column whose western side is at x or east of it.
    func column(from x: Int) -> Int { (x - minX + (1 << shift) - 1) >> shift }

    /// The first row whose southern side is at y or north of it.
    func row(from y: Int) -> Int { (y - minY + (1 << shift) - 1) >> shift }

    var side: Int { 1 << shift }
    var binCount: Int { columns * rows }
}
