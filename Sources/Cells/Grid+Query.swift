import Domain

extension Grid {
    /// The leaves that a circle or polygon touches: those whose border it meets, and the one that
    /// it lies in.
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
                visit(word, frame.square(column, row), shape, &list)
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
        _ word: UInt32, _ square: BinSquare, _ shape: QueryShape, _ list: inout CellList
    ) {
        let side = 1 << square.shift
        if square.left > shape.box.right || square.left + side < shape.box.left { return }
        if square.low > shape.box.high || square.low + side < shape.box.low { return }
        if word >> 30 & 1 == 1 { return meet(BinRecord(word), square, shape, &list) }
        // Who covers it is touched elsewhere, or holds the whole shape.
        if word >> 30 == 0 { return }
        var part = 0
        while part < 4 {
            let inner = index.bins[Int(word & 0x3FFF_FFFF) + part]
            visit(inner, square.part(part), shape, &list)
            part += 1
        }
    }

    @_noAllocation @_noLocks
    private func meet(
        _ record: BinRecord, _ square: BinSquare, _ shape: QueryShape, _ list: inout CellList
    ) {
        let head = index.crossings[record.place]
        let points = Int(head >> 8 & 0xFF)
        var owners: UInt32 = 0
        var link = 0
        while link < points - 1 {
            let parted = index.owners(record, link)
            if parted != 0xFF && touches(record, link, square, shape) {
                owners |= 1 << (parted & 15) | 1 << (parted >> 4)
            }
            link += 1
        }
        let firstCandidate = record.firstPoint + points * record.width
        var candidate = 0
        while candidate < Int(head & 0xF) {
            if owners >> UInt32(candidate) & 1 == 1 {
                addLeaf(index.crossings[firstCandidate + candidate], &list)
            }
            candidate += 1
        }
    }

    /// Whether the shape touches the edge of a link.
    @_noAllocation @_noLocks
    private func touches(
        _ record: BinRecord, _ link: Int, _ square: BinSquare, _ shape: QueryShape
    ) -> Bool {
        let a = index.point(record, link, square)
        let b = index.point(record, link + 1, square)
        return shape.touches(Double(a.x), Double(a.y), Double(b.x), Double(b.y))
    }
}
