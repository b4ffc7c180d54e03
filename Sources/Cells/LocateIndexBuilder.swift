import Domain

/// Builds an index, frame after frame.
struct LocateIndexBuilder {
    private var frames: [BinFrame] = []
    private var bins: [UInt32] = []
    private var crossings: [UInt32] = []

    /// A bin with more borders is cut up, while it is larger than a hand.
    private static let bordersMax = 40
    private static let handShift = 5
    static let candidatesMax = 16
    static let eventsMax = 255

    /// Adds a frame around some shapes; `precedence` lists all, those that win first.
    ///
    /// A bin for every eight edges: then a bin has some six borders of three or four cells, and an
    /// index is hardly larger than the shapes.
    mutating func add(_ shapes: [[[FixedPoint]]], precedence: [Int]) throws(GridFault) {
        let edges = shapes.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } }
        var frame = BinFrame(around: shapes, binsMax: max(4096, edges / 8))
        frame.firstBin = bins.count
        frames.append(frame)
        bins += Array(repeating: 0x3FFF_FFFF, count: frame.binCount)
        let room = bins.count + frame.binCount * 4 + 1 << 20
        let contents = BinContents(shapes, precedence: precedence, frame: frame)
        try contents.forEach { bin, candidates, edges throws(GridFault) in
            if candidates.isEmpty { return }
            let draft = BinDraft(
                left: frame.left(bin % frame.columns), low: frame.low(bin / frame.columns),
                shift: frame.shift, candidates, edges)
            bins[frame.firstBin + bin] = try word(for: draft, room)
        }
    }

    /// The index of all frames.
    func index() -> LocateIndex {
        LocateIndex(
            frames: Table(copying: frames), bins: Table(copying: bins),
            crossings: Table(copying: crossings))
    }

    /// Lays a bin out, or cuts it up.
    private mutating func word(for bin: BinDraft, _ room: Int) throws(GridFault) -> UInt32 {
        if let answer = bin.answer { return answer ?? 0x3FFF_FFFF }
        guard let borders = bin.borders, bin.candidates.count <= LocateIndexBuilder.candidatesMax,
            borders.count <= LocateIndexBuilder.bordersMax
                || (bin.shift <= LocateIndexBuilder.handShift
                    && borders.count <= LocateIndexBuilder.eventsMax)
        else { return try divide(bin, room) }
        return 1 << 30 | encode(bin, borders)
    }

    private mutating func divide(_ bin: BinDraft, _ room: Int) throws(GridFault) -> UInt32 {
        let step = min(2, bin.shift)
        let shift = bin.shift - step
        let first = bins.count
        bins += Array(repeating: 0x3FFF_FFFF, count: 1 << (2 * step))
        guard bins.count <= room, crossings.count < 1 << 29 else {
            throw .crowded(
                latitude: Double(bin.low) / FixedPoint.unitsPerDegree,
                longitude: Double(bin.left) / FixedPoint.unitsPerDegree)
        }
        for place in 0..<1 << (2 * step) {
            let (column, row) = (place & ((1 << step) - 1), place >> step)
            let part = bin.part(
                left: bin.left + column << shift, low: bin.low + row << shift, shift: shift)
            if !part.candidates.isEmpty { bins[first + place] = try word(for: part, room) }
        }
        return 2 << 30 | UInt32(first)
    }

    /// Writes a bin as `LocateIndex` draws it; its place.
    private mutating func encode(_ bin: BinDraft, _ borders: [BinDraft.Border]) -> UInt32 {
        let place = crossings.count
        let isWide = LocateIndexBuilder.isWide(bin, borders)
        crossings += [0, 0]
        for (bit, candidate) in bin.candidates.enumerated() {
            crossings.append(candidate.number)
            if candidate.holdsCorner { crossings[place + 1] |= 1 << UInt32(bit) }
        }
        var events: UInt32 = 0
        for border in borders {
            guard let height = bin.height(of: border.edge) else { continue }
            let owners = UInt32(border.owners) << 16
            crossings += isWide ? [owners, UInt32(height)] : [owners | UInt32(height)]
            events += 1
        }
        let chains = encodeChains(bin, borders, isWide: isWide)
        crossings[place] =
            (isWide ? 1 << 31 : 0) | events << 21 | UInt32(bin.candidates.count) << 16 | chains
        return UInt32(place)
    }

    /// Edges that go on from each other between the same candidates share their points.
    private mutating func encodeChains(
        _ bin: BinDraft, _ borders: [BinDraft.Border], isWide: Bool
    ) -> UInt32 {
        var chains: UInt32 = 0
        var head = 0
        var last: (owners: UInt64, end: FixedPoint)?
        for border in borders {
            let goesOn = last.map { $0.owners == border.owners && $0.end == border.edge.a }
            if goesOn != true {
                chains += 1
                head = crossings.count
                crossings.append(UInt32(border.owners) << 16)
                append(border.edge.a, bin, isWide: isWide)
            }
            append(border.edge.b, bin, isWide: isWide)
            crossings[head] += 1
            last = (border.owners, border.edge.b)
        }
        return chains
    }

    private mutating func append(_ point: FixedPoint, _ bin: BinDraft, isWide: Bool) {
        if isWide {
            crossings += [UInt32(bitPattern: point.x), UInt32(bitPattern: point.y)]
        } else {
            let x = UInt16(truncatingIfNeeded: Int(point.x) - bin.left)
            let y = UInt16(truncatingIfNeeded: Int(point.y) - bin.low)
            crossings.append(UInt32(y) << 16 | UInt32(x))
        }
    }

    /// Whether some point lies too far from the corner for 16 bits.
    private static func isWide(_ bin: BinDraft, _ borders: [BinDraft.Border]) -> Bool {
        guard bin.shift <= 15 else { return true }
        return !borders.allSatisfy { border in
            [border.edge.a, border.edge.b].allSatisfy {
                Int16(exactly: Int($0.x) - bin.left) != nil
                    && Int16(exactly: Int($0.y) - bin.low) != nil
            }
        }
    }
}
