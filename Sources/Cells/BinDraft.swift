/// One bin while an index is built: who can hold its points, and the borders through it.
struct BinDraft {
    /// A border with those whose border it is, a bit for each candidate.
    struct Border {
        var edge: OwnedEdge
        var owners: UInt64
    }

    let square: BinSquare
    private(set) var candidates: [BinContents.Candidate]
    let edges: [OwnedEdge]
    /// nil while there are more candidates than bits.
    private(set) var borders: [Border]?

    init(_ square: BinSquare, _ candidates: [BinContents.Candidate], _ edges: [OwnedEdge]) {
        self.square = square
        self.candidates = candidates
        self.edges = edges
        guard candidates.count <= 64 else { return }
        borders = grouped()
        reduce()
    }

    /// Who holds the whole bin, when no border through it matters: .some(nil) is nobody.
    var answer: UInt32?? {
        guard square.shift == 0 || borders?.isEmpty == true else { return nil }
        return .some(candidates.first { $0.holdsCorner }?.number)
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
        return borders.filter { $0.owners != 0 && square.isTouched(by: $0.edge) }
    }

    /// Leaves out the candidates that win nowhere in the bin, and the borders that are theirs
    /// alone.
    ///
    /// Who holds a point follows from the corner and the borders crossed, so a candidate is known
    /// by a bit for each of them. One whose bits are the odd sum of some earlier ones' holds a
    /// point only where an odd number of those do, at least one: the parent of cells that fill the
    /// bin wins nowhere.
    private mutating func reduce() {
        guard let all = borders else { return }
        var sums: [[UInt64]] = []
        var kept: [Int] = []
        for (place, candidate) in candidates.enumerated() {
            let own = bits(of: place, holdsCorner: candidate.holdsCorner, all)
            let rest = sums.reduce(own, BinDraft.reduced)
            guard rest.contains(where: { $0 != 0 }) else { continue }
            sums.append(rest)
            kept.append(place)
            // Nothing after one that covers the bin can win.
            if candidate.holdsCorner, !all.contains(where: { $0.owners >> UInt64(place) & 1 == 1 })
            {
                break
            }
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

    /// A bit for the corner, then one for each border, 64 to a word.
    private func bits(of place: Int, holdsCorner: Bool, _ borders: [Border]) -> [UInt64] {
        var bits = [UInt64](repeating: 0, count: borders.count / 64 + 1)
        bits[0] = holdsCorner ? 1 : 0
        for (index, border) in borders.enumerated() {
            let bit = border.owners >> UInt64(place) & 1
            bits[(index + 1) / 64] |= bit << UInt64((index + 1) % 64)
        }
        return bits
    }

    /// The bits without an earlier one's first, which is taken away with all of that one.
    private static func reduced(_ bits: [UInt64], by sum: [UInt64]) -> [UInt64] {
        guard let word = sum.firstIndex(where: { $0 != 0 }) else { return bits }
        let first = sum[word] & (~sum[word] &+ 1)
        guard bits[word] & first != 0 else { return bits }
        return zip(bits, sum).map { $0 ^ $1 }
    }

    /// A smaller bin that it is cut into.
    func part(_ part: BinSquare) -> BinDraft {
        let through = edges.filter(part.isTouched)
        var odd: Set<UInt32> = []
        let way = BinWay(
            to: part.left, part.low, east: part.left - square.left, north: part.low - square.low)
        for edge in edges where way.isCrossed(edge) {
            odd.formSymmetricDifference([edge.owner])
        }
        let touched = Set(through.map(\.owner))
        let candidates = self.candidates.compactMap { candidate -> BinContents.Candidate? in
            let holdsCorner = candidate.holdsCorner != odd.contains(candidate.number)
            guard holdsCorner || touched.contains(candidate.number) else { return nil }
            return BinContents.Candidate(number: candidate.number, holdsCorner: holdsCorner)
        }
        return BinDraft(part, candidates, through)
    }
}
