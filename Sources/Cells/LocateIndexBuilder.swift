import Domain

/// Builds an index, frame after frame.
struct LocateIndexBuilder {
    private var frames: [BinFrame] = []
    private var bins: [UInt32] = []
    private var crossings: [UInt32] = []

    /// Adds a frame around some shapes; `precedence` lists all, those that win first.
    mutating func add(_ shapes: [[[FixedPoint]]], precedence: [Int]) throws(GridFault) {
        var frame = LocateIndexBuilder.frame(around: shapes)
        frame.firstBin = bins.count
        frames.append(frame)
        bins += Array(repeating: 0x3FFF_FFFF, count: frame.binCount)
        let room = bins.count + frame.binCount * 4 + 1 << 20
        let contents = BinContents(shapes, precedence: precedence, frame: frame)
        try contents.visitBins { bin, candidates, edges throws(GridFault) in
            if candidates.isEmpty { return }
            let square = frame.square(bin % frame.columns, bin / frame.columns)
            let draft = BinDraft(square, candidates, edges)
            bins[frame.firstBin + bin] = try word(for: draft, room)
        }
    }

    /// A bin for every 16 to 64 edges, each counted for both its sides. In smaller bins fewer
    /// borders would be asked, but a point finds its bin in a cache only while they are few, and
    /// most of what it takes is waiting for memory.
    ///
    /// Where that makes the bins just too large for narrow points, there may be four times as many.
    private static func frame(around shapes: [[[FixedPoint]]]) -> BinFrame {
        let edges = shapes.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } }
        let frame = BinFrame(around: shapes, binsMax: max(4096, edges / 16))
        if frame.shift <= BinRecord.narrowShiftMax { return frame }
        let finer = BinFrame(around: shapes, binsMax: max(4096, edges / 4))
        return finer.shift <= BinRecord.narrowShiftMax ? finer : frame
    }

    /// The index of all frames. Behind the last bin is room for points that are none.
    func index() -> LocateIndex {
        LocateIndex(
            frames: Table(copying: frames), bins: Table(copying: bins),
            crossings: Table(copying: crossings + [0, 0, 0]))
    }

    /// Lays a bin out, or cuts it up.
    private mutating func word(for bin: BinDraft, _ room: Int) throws(GridFault) -> UInt32 {
        if let answer = bin.answer { return answer ?? 0x3FFF_FFFF }
        guard let borders = bin.borders, borders.count <= BinRecord.linksMax,
            bin.candidates.count <= BinRecord.candidatesMax
        else { return try divide(bin, room) }
        let trail = BorderTrail(borders)
        guard trail.links.count <= BinRecord.linksMax else { return try divide(bin, room) }
        guard crossings.count < BinRecord.placeLimit else { throw bin.square.crowded }
        return encode(bin, trail)
    }

    private mutating func divide(_ bin: BinDraft, _ room: Int) throws(GridFault) -> UInt32 {
        let first = bins.count
        bins += Array(repeating: 0x3FFF_FFFF, count: 4)
        guard bins.count <= room else { throw bin.square.crowded }
        for number in 0..<4 {
            let part = bin.part(bin.square.part(number))
            if !part.candidates.isEmpty { bins[first + number] = try word(for: part, room) }
        }
        return 2 << 30 | UInt32(first)
    }

    /// Writes a bin as `LocateIndex` draws it; its word.
    private mutating func encode(_ bin: BinDraft, _ trail: BorderTrail) -> UInt32 {
        let place = crossings.count
        let blocks = (trail.links.count + 3) / 4
        let isWide = LocateIndexBuilder.isWide(bin, trail)
        crossings.append(head(bin, trail))
        for block in 0..<blocks {
            var word: UInt32 = 0xFFFF_FFFF
            for (lane, link) in trail.links.dropFirst(block * 4).prefix(4).enumerated() {
                word ^= UInt32(link ^ BorderTrail.lifted) << UInt32(lane * 8)
            }
            crossings.append(word)
        }
        for point in trail.points { append(point, bin, isWide: isWide) }
        crossings += bin.candidates.map(\.number)
        return (isWide ? 3 : 1) << 30 | UInt32(blocks) << 26 | UInt32(place)
    }

    private func head(_ bin: BinDraft, _ trail: BorderTrail) -> UInt32 {
        var holding: UInt32 = 0
        for (bit, candidate) in bin.candidates.enumerated() where candidate.holdsCorner {
            holding |= 1 << UInt32(bit)
        }
        return holding << 16 | UInt32(trail.points.count) << 8 | UInt32(bin.candidates.count)
    }

    private mutating func append(_ point: FixedPoint, _ bin: BinDraft, isWide: Bool) {
        if isWide {
            crossings += [UInt32(bitPattern: point.x), UInt32(bitPattern: point.y)]
        } else {
            let place = LocateIndexBuilder.place(point, bin)
            crossings.append(UInt32(place.y) << 16 | UInt32(place.x))
        }
    }

    /// Whether some point lies too far from the middle for 16 bits.
    private static func isWide(_ bin: BinDraft, _ trail: BorderTrail) -> Bool {
        !trail.points.allSatisfy {
            let place = place($0, bin)
            return UInt16(exactly: place.x) != nil && UInt16(exactly: place.y) != nil
        }
    }

    /// Where a point lies, counted from 32,768 west and south of the bin's middle.
    private static func place(_ point: FixedPoint, _ bin: BinDraft) -> (x: Int, y: Int) {
        let shift = 32_768 - bin.square.side / 2
        return (Int(point.x) - bin.square.left + shift, Int(point.y) - bin.square.low + shift)
    }
}
