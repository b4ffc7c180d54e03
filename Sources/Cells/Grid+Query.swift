import Domain

extension Grid {
    /// The leaves that a circle or polygon touches: those whose border it meets, and the one that it
    /// lies in.
    ///
    /// Of leaves that lie over each other, one that wins nowhere around is left out.
    ///
    /// **Cost**: every bin that the shape's box touches.
    @_noAllocation @_noLocks
    public func cells(within shape: QueryShape, into list: inout CellList) {
        list.clear()
        if shape.pointCount == 0 { return }
        let start = shape.start()
        let inside = index.locate(start.x, start.y, frame: 0)
        if inside != 0xFFFF_FFFF { addLeaf(inside, &list) }
        let frame = index.frames[0]
        let right = min(frame.columns - 1, frame.column(shape.box.right))
        let high = min(frame.rows - 1, frame.row(shape.box.high))
        var row = max(0, frame.row(shape.box.low))
        while row <= high {
            var column = max(0, frame.column(shape.box.left))
            while column <= right {
                let word = index.bins[frame.firstBin + row * frame.columns + column]
                visit(word, frame.left(column), frame.low(row), frame.shift, shape, &list)
                column += 1
            }
            row += 1
        }
    }

    @_noAllocation @_noLocks
    private func addLeaf(_ cell: UInt32, _ list: inout CellList) {
        if subtreeEnds[Int(cell)] == cell + 1 { list.add(cell) }
    }

    /// Adds the leaves whose borders in a bin the shape touches.
    @_noAllocation @_noLocks
    private func visit(
        _ word: UInt32, _ left: Int, _ low: Int, _ shift: Int, _ shape: QueryShape,
        _ list: inout CellList
    ) {
        let side = 1 << shift
        if left > shape.box.right || left + side < shape.box.left { return }
        if low > shape.box.high || low + side < shape.box.low { return }
        if word >> 30 == 1 { return meet(Int(word & 0x3FFF_FFFF), left, low, shape, &list) }
        // Who covers it is touched elsewhere, or holds the whole shape.
        if word >> 30 == 0 { return }
        let step = shift < 2 ? shift : 2
        var part = 0
        while part < 1 << (2 * step) {
            let (column, row) = (part & ((1 << step) - 1), part >> step)
            visit(
                index.bins[Int(word & 0x3FFF_FFFF) + part], left + column << (shift - step),
                low + row << (shift - step), shift - step, shape, &list)
            part += 1
        }
    }

    @_noAllocation @_noLocks
    private func meet(
        _ place: Int, _ left: Int, _ low: Int, _ shape: QueryShape, _ list: inout CellList
    ) {
        let head = index.crossings[place]
        let width = head >> 31 == 1 ? 2 : 1
        let candidates = Int(head >> 16 & 0x1F)
        var at = place + 2 + candidates + Int(head >> 21 & 0xFF) * width
        var owners: UInt32 = 0
        var chains = head & 0xFFFF
        while chains > 0 {
            let chain = index.crossings[at]
            let end = at + 1 + Int(chain & 0xFFFF) * width
            at += 1
            while at < end {
                if touches(at, width, left, low, shape) { owners |= chain >> 16 }
                at += width
            }
            at += width
            chains -= 1
        }
        var candidate = 0
        while candidate < candidates {
            if owners >> UInt32(candidate) & 1 == 1 {
                addLeaf(index.crossings[place + 2 + candidate], &list)
            }
            candidate += 1
        }
    }

    /// Whether the shape touches the edge between two points of a chain.
    @_noAllocation @_noLocks
    private func touches(
        _ place: Int, _ width: Int, _ left: Int, _ low: Int, _ shape: QueryShape
    ) -> Bool {
        var a = LocateIndex.point(index.crossings[place])
        var b = LocateIndex.point(index.crossings[place + width])
        if width == 2 {
            a = index.widePoint(place, left, low)
            b = index.widePoint(place + width, left, low)
        }
        return shape.touches(
            Double(left + a.x), Double(low + a.y), Double(left + b.x), Double(low + b.y))
    }
}
