/// The city's bounding box, cut into square bins.
struct BinFrame: Sendable, BitwiseCopyable {
    var minX = 0
    var minY = 0
    /// A bin's side is 2 to this power of units.
    var shift = 0
    var columns = 0
    var rows = 0

    /// As fine as 32 bins a cell, and at least 4,096: then most bins have one
    /// or two cells.
    init(around rings: [[[FixedPoint]]]) {
        var box: (minX: Int32, minY: Int32, maxX: Int32, maxY: Int32) = (.max, .max, .min, .min)
        for point in rings.lazy.joined().joined() {
            box.minX = min(box.minX, point.x)
            box.minY = min(box.minY, point.y)
            box.maxX = max(box.maxX, point.x)
            box.maxY = max(box.maxY, point.y)
        }
        guard box.minX <= box.maxX else { return }
        (minX, minY) = (Int(box.minX), Int(box.minY))
        let (width, height) = (Int(box.maxX) - minX, Int(box.maxY) - minY)
        let binsMax = max(4096, rings.count * 32)
        while ((width >> shift) + 1) * ((height >> shift) + 1) > binsMax { shift += 1 }
        (columns, rows) = ((width >> shift) + 1, (height >> shift) + 1)
    }

    @_noAllocation @_noLocks
    func column(_ x: Int) -> Int { (x - minX) >> shift }

    @_noAllocation @_noLocks
    func row(_ y: Int) -> Int { (y - minY) >> shift }

    var binCount: Int { columns * rows }
}
