/// One bin while an index is built: who can hold its points, and the borders through it.
struct BinDraft {
    /// A border with those whose border it is, a bit for each candidate.
    struct Border {
        var edge: OwnedEdge
        var owners: UInt64
    }

    let left: Int
    let low: Int
    let shift: Int
    private(set) var candidates: [BinContents.Candidate]
    let edges: [OwnedEdge]
    /// nil while there are more candidates than bits.
    private(set) var borders: [Border]?

    init(
        left: Int, low: Int, shift: Int, _ candidates: [BinContents.Candidate],
        _ edges: [OwnedEdge]
    ) {
        (self.left, self.low, self.shift) = (left, low, shift)
        self.candidates = candidates
        self.edges = edges
        guard candidates.count <= 64 else { return }
        borders = grouped()
        reduce()
    }

    var side: Int { 1 << shift }

    /// Who holds the whole bin, when no border through it matters: .some(nil) is nobody.
    var answer: UInt32?? {
        guard shift == 0 || borders?.isEmpty == true else { return nil }
        return .some(candidates.first { $0.holdsCorner }?.number)
    }

    /// How far above the corner the border meets the western side; nil when it does not.
    func height(of edge: OwnedEdge) -> Int? {
        guard let height = edge.height(at: left), height > low, height < low + side else {
            return nil
        }
        return height - low
    }

    /// The edges, each once, with those whose border it is. One that is there twice in one shape
    /// parts nothing.
    private func grouped() -> [Border] {
        var borders: [Border] = []
        var places: [Set<FixedPoint>: Int] = [:]
        let isLarge = edges.count > 32
        for edge in edges {
            guard let owner = candidates.firstIndex(where: { $0.number == edge.owner }) else {
                continue
            }
            let place =
                isLarge
                ? places[[edge.a, edge.b]] : borders.firstIndex { $0.edge.isSame(as: edge) }
            if let place {
                borders[place].owners ^= 1 << UInt64(owner)
                continue
            }
            if isLarge { places[[edge.a, edge.b]] = borders.count }
            borders.append(Border(edge: edge, owners: 1 << UInt64(owner)))
        }
        return borders.filter { $0.owners != 0 && matters($0.edge) }
    }

    /// Whether some of the edge lies in the bin, or a way from the corner can cross it.
    private func matters(_ edge: OwnedEdge) -> Bool {
        if height(of: edge) != nil { return true }
        guard let (west, east) = edge.stretch(from: low, to: low + side) else { return false }
        return west <= left + side && east >= left
    }

    /// Leaves out the candidates that win nowhere in the bin, and the borders that are theirs alone.
    private mutating func reduce() {
        guard let all = borders else { return }
        let touched = all.reduce(0) { $0 | $1.owners }
        var kept: [Int] = []
        for (place, candidate) in candidates.enumerated() {
            let isTouched = touched >> UInt64(place) & 1 == 1
            guard isTouched || candidate.holdsCorner else { continue }
            if kept.contains(where: { isAlike($0, place, all) }) { continue }
            kept.append(place)
            if !isTouched { break }
        }
        guard kept.count < candidates.count else { return }
        candidates = kept.map { candidates[$0] }
        borders = all.compactMap { border in
            var owners: UInt64 = 0
            for (bit, place) in kept.enumerated() {
                owners |= (border.owners >> UInt64(place) & 1) << UInt64(bit)
            }
            return owners == 0 ? nil : Border(edge: border.edge, owners: owners)
        }
    }

    /// Whether two candidates hold the same points of the bin.
    private func isAlike(_ a: Int, _ b: Int, _ borders: [Border]) -> Bool {
        candidates[a].holdsCorner == candidates[b].holdsCorner
            && borders.allSatisfy { $0.owners >> UInt64(a) & 1 == $0.owners >> UInt64(b) & 1 }
    }

    /// One of the smaller bins that it is cut into.
    func part(left: Int, low: Int, shift: Int) -> BinDraft {
        let box = (right: left + 1 << shift, high: low + 1 << shift)
        let through = edges.filter { edge in
            guard let (west, east) = edge.stretch(from: low, to: box.high) else { return false }
            return west <= box.right && east >= left
        }
        var odd: Set<UInt32> = []
        let (east, north) = (left - self.left, low - self.low)
        for edge in edges where isCrossed(edge, east, north) {
            odd.formSymmetricDifference([edge.owner])
        }
        let touched = Set(through.map(\.owner))
        let candidates = self.candidates.compactMap { candidate -> BinContents.Candidate? in
            let holdsCorner = candidate.holdsCorner != odd.contains(candidate.number)
            guard holdsCorner || touched.contains(candidate.number) else { return nil }
            return BinContents.Candidate(number: candidate.number, holdsCorner: holdsCorner)
        }
        return BinDraft(left: left, low: low, shift: shift, candidates, through)
    }

    /// Whether the way from the corner up and then east to a point crosses the edge an odd number of
    /// times.
    private func isCrossed(_ edge: OwnedEdge, _ east: Int, _ north: Int) -> Bool {
        let isBelow = height(of: edge).map { $0 <= north } ?? false
        let a = (x: Int(edge.a.x) - left, y: Int(edge.a.y) - low)
        let b = (x: Int(edge.b.x) - left, y: Int(edge.b.y) - low)
        return isBelow != LocateIndex.isCrossed(a, b, east, north)
    }
}
