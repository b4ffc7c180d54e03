import Testing

@testable import Cells

/// Shapes over each other, some of them narrow, level or twisted, and an answer to "whose is it"
/// that asks every edge of each: a ray to the west of a point that stands a hair to the north-east.
private struct Tangle {
    var shapes: [[[FixedPoint]]] = []
    let side: Int

    init(seed: UInt64, side: Int) {
        self.side = side
        var dice = TangleDice(state: seed)
        // Corners on a coarse net: edges and corners that many have in common.
        let net = (0..<9).map { _ in dice.next(side) }
        for _ in 0..<3 + dice.next(9) {
            let corners = (0..<3 + dice.next(4)).map { _ in
                FixedPoint(x: Int32(net[dice.next(9)]), y: Int32(net[dice.next(9)]))
            }
            shapes.append([corners + [corners[0]]])
        }
    }

    func holder(_ x: Int, _ y: Int) -> UInt32 {
        let first = shapes.firstIndex { shape in
            var crossed = false
            for (a, b) in zip(shape[0], shape[0].dropFirst()) where (a.y <= y) != (b.y <= y) {
                let (south, north) = a.y < b.y ? (a, b) : (b, a)
                let (rise, run) = (Int(north.y - south.y), Int(north.x - south.x))
                if (x - Int(south.x)) * rise >= (y - Int(south.y)) * run { crossed.toggle() }
            }
            return crossed
        }
        return first.map { UInt32($0) } ?? 0xFFFF_FFFF
    }

    /// Corners, places on edges and beside them, and anywhere.
    func points() -> [(x: Int, y: Int)] {
        var dice = TangleDice(state: 7)
        var points = (0..<1_000).map { _ in (x: dice.next(side), y: dice.next(side)) }
        for (a, b) in shapes.flatMap({ zip($0[0], $0[0].dropFirst()) }) {
            for eighth in 0...8 {
                let x = Int(a.x) + Int(b.x - a.x) * eighth / 8
                let y = Int(a.y) + Int(b.y - a.y) * eighth / 8
                points += [(x, y), (x - 1, y), (x, y + 1), (x + 1, y - 1)]
            }
        }
        return points
    }
}

private struct TangleDice {
    var state: UInt64
    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }
}

@Suite struct LocateIndexTests {
    /// From bins of a few units, whose points are narrow, to such as span the globe.
    @Test(arguments: [100, 3_000, 400_000, 5_000_000, 900_000_000])
    func `Whoever holds a point of a tangle is found`(_ side: Int) throws {
        for seed in 1...60 as ClosedRange<UInt64> {
            let tangle = Tangle(seed: seed, side: side)
            var builder = LocateIndexBuilder()
            try builder.add(tangle.shapes, precedence: Array(tangle.shapes.indices))
            let index = builder.index()
            var check = LocateIndexCheck()
            let limit = UInt32(tangle.shapes.count)
            let isSound = check.isSound(index, frame: 0, limit: limit)
            #expect(isSound, "seed \(seed)")
            var wrong: [(x: Int, y: Int)] = []
            for (x, y) in tangle.points()
            where index.locate(x, y, frame: 0) != tangle.holder(x, y) {
                wrong.append((x, y))
            }
            #expect(wrong.isEmpty, "seed \(seed): \(wrong.prefix(3))")
        }
    }

    @Test func `A trail draws each border once, with one stroke for a ring`() {
        let corners = [(0, 0), (9, 0), (9, 9), (0, 9)].map { FixedPoint(x: $0.0, y: $0.1) }
        let ring = zip(corners, corners.dropFirst() + [corners[0]]).map { a, b in
            BinDraft.Border(edge: OwnedEdge(owner: 0, a: a, b: b), owners: 0b11)
        }
        let trail = BorderTrail(ring)
        #expect(trail.links == [0x10, 0x10, 0x10, 0x10])
        #expect(trail.points.first == trail.points.last)
        #expect(Set(trail.points) == Set(corners))
    }

    @Test func `Strokes that do not meet are told apart, and three owners take two links`() {
        let far = [(0, 0), (1, 5), (7, 0), (8, 5)].map { FixedPoint(x: $0.0, y: $0.1) }
        let trail = BorderTrail([
            BinDraft.Border(edge: OwnedEdge(owner: 0, a: far[0], b: far[1]), owners: 0b111),
            BinDraft.Border(edge: OwnedEdge(owner: 0, a: far[2], b: far[3]), owners: 0b100),
        ])
        #expect(trail.points.count == trail.links.count + 1)
        #expect(trail.links.sorted() == [0x10, 0xF2, 0xF2, BorderTrail.lifted])
    }
}
