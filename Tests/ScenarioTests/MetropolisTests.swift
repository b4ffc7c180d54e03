import Cells
import Domain
import Scenario
import Testing

private func text(of city: Metropolis) -> [UInt8] {
    var bytes: [UInt8] = []
    city.writeGeoJSON { bytes += $0 }
    return bytes
}

private func city(seed: UInt64 = 7, _ microGrids: Int = 2000) throws -> Metropolis {
    try #require(MetropolisPlan(seed: seed, microGrids: microGrids)).draw()
}

/// A drawn city as it is loaded, and as it was described.
private struct LoadedCity: ~Copyable {
    let grid: Grid
    let drafts: [CellDraft]

    init(_ city: Metropolis) throws {
        let file = GridFile(name: "city", bytes: text(of: city))
        let loader = GridLoader(root: city.plan.root)
        (drafts, _) = loader.drafts([file])
        grid = try loader.load([file])
    }

    /// By parent's code: the children that are no premises.
    var children: [String: [CellDraft]] {
        Dictionary(grouping: drafts.filter { $0.use.isEmpty }, by: \.parent)
    }

    /// The box around everything, with the ends exchanged where there is nothing.
    var box: (low: FixedPoint, high: FixedPoint) {
        let points = drafts.lazy.flatMap(\.rings).flatMap(\.self)
        let (xs, ys) = (points.map(\.x), points.map(\.y))
        return (
            FixedPoint(x: xs.min() ?? 0, y: ys.min() ?? 0),
            FixedPoint(x: xs.max() ?? 0, y: ys.max() ?? 0)
        )
    }
}

/// A stretch of a border in one direction.
private struct Stretch: Hashable {
    var from: FixedPoint
    var to: FixedPoint

    var reversed: Stretch { Stretch(from: to, to: from) }

    static func all(_ cell: CellDraft) -> [Stretch] {
        cell.rings.flatMap { ring in
            zip(ring, ring.dropFirst()).map { Stretch(from: $0, to: $1) }
        }
    }
}

private func isInside(_ x: Int, _ y: Int, _ rings: [[FixedPoint]]) -> Bool {
    var isInside = false
    for ring in rings {
        for (a, b) in zip(ring, ring.dropFirst()) where (Int(a.y) > y) != (Int(b.y) > y) {
            let side =
                (Int(b.x) - Int(a.x)) * (y - Int(a.y)) - (Int(b.y) - Int(a.y)) * (x - Int(a.x))
            if (side > 0) == (b.y > a.y) { isInside.toggle() }
        }
    }
    return isInside
}

@Suite struct MetropolisTests {
    @Test func `The same seed draws the same bytes and another seed others`() throws {
        let first = text(of: try city(400))
        #expect(first == text(of: try city(400)))
        #expect(first != text(of: try city(seed: 8, 400)))
    }

    /// What one machine draws every machine draws: written down once, held to since.
    @Test func `The bytes of a seed are known`() throws {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text(of: try city(400)) {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        #expect(String(hash, radix: 16) == "93f697ac69214472")
    }

    @Test(arguments: [199, 200_001, 0, -1, Int.min, Int.max])
    func `Cities too small or too large are not planned`(microGrids: Int) {
        #expect(MetropolisPlan(seed: 7, microGrids: microGrids) == nil)
    }

    @Test(arguments: [(1, 200), (2, 201), (42, 1000), (UInt64.max, 3000), (7, 2000)])
    func `A city has as many micro-grids as were asked for, in six levels`(
        seed: UInt64, microGrids: Int
    ) throws {
        let city = try city(seed: seed, microGrids)
        let loaded = try LoadedCity(city)
        var perLevel = [0, 0, 0, 0, 0, 0]
        for draft in loaded.drafts where draft.use.isEmpty {
            perLevel[try #require(draft.level)] += 1
        }
        #expect(perLevel[5] == microGrids && city.microGrids == microGrids)
        #expect(city.cellCount == loaded.drafts.count)
        for (above, below) in zip(perLevel, perLevel.dropFirst()) { #expect(above <= below) }
        #expect((microGrids / 12...microGrids / 7).contains(perLevel[4]))
    }

    @Test(arguments: [1, 7, 42])
    func `A parent's border is made of its children's, and of nothing else`(seed: UInt64) throws {
        let loaded = try LoadedCity(try city(seed: seed, 1000))
        let children = loaded.children
        for parent in loaded.drafts where parent.use.isEmpty {
            guard let inner = children[parent.code] else { continue }
            let stretches = inner.flatMap(Stretch.all)
            let all = Set(stretches)
            #expect(all.count == stretches.count, "a stretch is used once in each direction")
            #expect(all.filter { !all.contains($0.reversed) } == Set(Stretch.all(parent)))
        }
    }

    @Test func `Only the river and the land around are beside nobody`() throws {
        let loaded = try LoadedCity(try city())
        let leaves = loaded.drafts.filter { $0.use.isEmpty && $0.level == 5 }.flatMap(Stretch.all)
        let all = Set(leaves)
        let root = try #require(loaded.drafts.first)
        #expect(root.rings.count == 2)
        #expect(all.filter { !all.contains($0.reversed) } == Set(Stretch.all(root)))
    }

    /// Seamless: what is inside the city is inside exactly one micro-grid, and resolved to it or to
    /// the premises over it.
    @Test(arguments: [7, 42])
    func `Every point of the city is in exactly one leaf`(seed: UInt64) throws {
        let loaded = try LoadedCity(try city(seed: seed))
        let root = try #require(loaded.drafts.first)
        let micro = loaded.drafts.filter { $0.use.isEmpty && $0.level == 5 }
        let (low, high) = loaded.box
        var dice = SeededGenerator(seed: seed)
        var inside = 0
        for _ in 0..<600 {
            let x = Int(low.x) + dice.below(Int(high.x) - Int(low.x))
            let y = Int(low.y) + dice.below(Int(high.y) - Int(low.y))
            let point = FixedPoint(x: Int32(x), y: Int32(y))
            let cell = loaded.grid.locate(latitude: point.latitude, longitude: point.longitude)
            let isInCity = isInside(x, y, root.rings)
            #expect((cell != .none) == isInCity)
            guard isInCity else { continue }
            inside += 1
            let holders = micro.filter { isInside(x, y, $0.rings) }
            #expect(holders.count == 1)
            let isLeaf = loaded.grid.isLeaf(cell)
            let use = loaded.grid.use(of: cell)
            let code = loaded.grid.code(of: cell)
            #expect(isLeaf && (!use.isEmpty || code == holders.first?.code))
        }
        #expect(inside > 300)
    }

    @Test func `Premises lie inside their community and win over the micro-grids there`() throws {
        let loaded = try LoadedCity(try city(5000))
        let byCode = Dictionary(uniqueKeysWithValues: loaded.drafts.map { ($0.code, $0) })
        var uses: Set<String> = []
        for place in loaded.drafts where !place.use.isEmpty {
            uses.insert(place.use)
            let community = try #require(byCode[place.parent])
            #expect(community.level == 3 && place.level == 5)
            let ring = try #require(place.rings.first)
            for point in ring {
                #expect(isInside(Int(point.x), Int(point.y), community.rings))
            }
            let cell = loaded.grid.find(place.code)
            let position = loaded.grid.anchor(of: cell)
            let anchor = try #require(position)
            let found = loaded.grid.locate(
                latitude: anchor.latitude, longitude: anchor.longitude)
            #expect(found == cell)
        }
        #expect(uses.count == 10)
        #expect(uses.isSuperset(of: ["station", "market", "hospital", "school", "datacenter"]))
    }

    @Test func `A parent has as many people as all that lies in it`() throws {
        let loaded = try LoadedCity(try city())
        var sums: [String: Int] = [:]
        for draft in loaded.drafts { sums[draft.parent, default: 0] += draft.population }
        for draft in loaded.drafts {
            if let sum = sums[draft.code] { #expect(draft.population == sum) }
            if draft.level == 5, draft.use.isEmpty {
                #expect((110...300).contains(draft.population))
            }
        }
    }

    @Test func `Cells are smaller in the middle, and none is a sliver`() throws {
        let loaded = try LoadedCity(try city())
        var (near, far): ([Double], [Double]) = ([], [])
        for cell in loaded.drafts where cell.use.isEmpty && cell.level == 5 {
            let ring = try #require(cell.rings.first)
            var twice = 0.0
            for (a, b) in zip(ring, ring.dropFirst()) {
                twice += Double(Int(a.x) - Int(ring[0].x)) * Double(Int(b.y) - Int(ring[0].y))
                twice -= Double(Int(b.x) - Int(ring[0].x)) * Double(Int(a.y) - Int(ring[0].y))
            }
            // A unit is 1.1 cm north and 0.95 cm east here.
            let squareMetres = twice / 2 * 1.06e-4
            #expect(squareMetres > 1500)
            let (north, east) = (ring[0].latitude - 31.2, (ring[0].longitude - 121.5) * 0.855)
            let degrees = (north * north + east * east).squareRoot()
            if degrees < 0.01 { near.append(squareMetres) }
            if degrees > 0.035 { far.append(squareMetres) }
        }
        #expect(near.count > 100 && far.count > 100)
        #expect(near.sorted()[near.count / 2] * 3 < far.sorted()[far.count / 2])
    }

    @Test func `A city can be drawn elsewhere`() throws {
        var plan = try #require(MetropolisPlan(seed: 3, microGrids: 300))
        (plan.latitude, plan.longitude, plan.root) = (-33.9, -70.6, "S")
        let loaded = try LoadedCity(plan.draw())
        let cell = loaded.grid.locate(latitude: -33.91, longitude: -70.6)
        let path = loaded.grid.path(of: cell)
        #expect(path.wholeMatch(of: /S\/\d\d\/\d{4}\/\d{6}\/\d{6}-\d\d\/\d{6}-\d\d-\d\d\//) != nil)
    }

    @Test func `The picture shows every level and every use`() throws {
        var bytes: [UInt8] = []
        try city(300).writePicture { bytes += $0 }
        let picture = String(decoding: bytes, as: UTF8.self)
        #expect(picture.hasPrefix("<svg ") && picture.hasSuffix("</svg>\n"))
        #expect(picture.matches(of: #/<g /#).count == 6)
        for use in ["station", "waterworks", "datacenter"] { #expect(picture.contains(use)) }
    }
}
