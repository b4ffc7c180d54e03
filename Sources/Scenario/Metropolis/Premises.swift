/// A dedicated cell: the ground of one premises, inside a community and over its micro-grids.
struct Premises: Sendable {
    /// Number of the community's area.
    var community: Int32
    /// Among the community's premises, from 1.
    var number: Int
    var use: PremisesUse
    /// Not closed.
    var ring: [PlanePoint]
    var population: Int
    var vulnerability: UInt8
    var access: UInt8
}

/// What a premises is for.
struct PremisesUse: Sendable {
    /// As rules know it.
    var word: String
    /// For people.
    var title: String
    var per10000MicroGrids: Int
    /// **Units**: metres.
    var length: Double
    var width: Double
    /// On an ordinary day.
    var people: ClosedRange<Int>
    /// **Range**: 0 to 100.
    var vulnerability: ClosedRange<Int>
    var access: ClosedRange<Int>

    /// About as many as Zhengzhou has for its micro-grids: 4,796 for 107,000.
    static let all = [
        PremisesUse(
            word: "public-building", title: "Public Hall", per10000MicroGrids: 70, length: 90,
            width: 60, people: 50...600, vulnerability: 40...60, access: 5...20),
        PremisesUse(
            word: "school", title: "School", per10000MicroGrids: 120, length: 140, width: 90,
            people: 400...2200, vulnerability: 75...95, access: 10...25),
        PremisesUse(
            word: "hospital", title: "Hospital", per10000MicroGrids: 30, length: 200, width: 120,
            people: 300...3500, vulnerability: 85...100, access: 5...20),
        PremisesUse(
            word: "market", title: "Market", per10000MicroGrids: 70, length: 120, width: 80,
            people: 200...2500, vulnerability: 50...70, access: 20...45),
        PremisesUse(
            word: "station", title: "Station", per10000MicroGrids: 35, length: 320, width: 90,
            people: 500...9000, vulnerability: 60...80, access: 25...50),
        PremisesUse(
            word: "mall", title: "Mall", per10000MicroGrids: 40, length: 150, width: 110,
            people: 300...6000, vulnerability: 50...70, access: 15...40),
        PremisesUse(
            word: "campus", title: "Campus", per10000MicroGrids: 10, length: 600, width: 420,
            people: 3000...24000, vulnerability: 60...80, access: 20...40),
        PremisesUse(
            word: "waterworks", title: "Waterworks", per10000MicroGrids: 8, length: 260,
            width: 160, people: 10...60, vulnerability: 80...95, access: 40...70),
        PremisesUse(
            word: "substation", title: "Substation", per10000MicroGrids: 45, length: 70,
            width: 50, people: 0...6, vulnerability: 70...90, access: 40...70),
        PremisesUse(
            word: "datacenter", title: "Data Center", per10000MicroGrids: 12, length: 130,
            width: 80, people: 15...90, vulnerability: 60...80, access: 40...60),
    ]
}

/// Gives communities their premises.
struct PremisesPlanner {
    private var dice: SeededGenerator
    private let communities: [Int]
    /// By community: the middles and reaches of those that are there already.
    private var taken: [Int: [(middle: PlaneVector, reach: Double)]] = [:]

    init(_ city: Metropolis) {
        dice = SeededGenerator(seed: city.plan.seed, purpose: 11)
        communities = city.areas.indices.filter { city.areas[$0].level == 3 }
    }

    /// All premises, ordered by community.
    mutating func premises(of city: Metropolis) -> [Premises] {
        var all: [Premises] = []
        for use in PremisesUse.all {
            let count = max(1, use.per10000MicroGrids * city.plan.microGrids / 10_000)
            for _ in 0..<count {
                if let place = place(use, in: city) { all.append(place) }
            }
        }
        all.sort { ($0.community, $0.number) < ($1.community, $1.number) }
        return all
    }

    /// Tries some communities; one where everything is too narrow has none.
    private mutating func place(_ use: PremisesUse, in city: Metropolis) -> Premises? {
        for attempt in 0..<40 {
            let community = communities[dice.below(communities.count)]
            let steps = city.net.refined(city.areas[community].rings[0])
            let scale = max(0.3, 1 - Double(attempt) * 0.05)
            let outline = Outline(city.net.points(steps))
            guard let ring = ring(use, scale, community, outline) else { continue }
            let number = taken[community]?.count ?? 1
            return Premises(
                community: Int32(community), number: number, use: use, ring: ring,
                population: dice.within(use.people),
                vulnerability: UInt8(dice.within(use.vulnerability)),
                access: UInt8(dice.within(use.access)))
        }
        return nil
    }

    /// A rectangle with a corner cut off now and then, well inside the community.
    private mutating func ring(
        _ use: PremisesUse, _ scale: Double, _ community: Int, _ outline: Outline
    ) -> [PlanePoint]? {
        let (low, high) = outline.box
        let middle = PlaneVector(
            x: dice.between(Double(low.x), Double(high.x)),
            y: dice.between(Double(low.y), Double(high.y)))
        let metre = PlanePoint.unitsPerMetre * scale
        let along = PlaneVector(turn: dice.unit()) * (use.length * metre / 2)
        let across = along.unit.left * (use.width * metre / 2)
        var corners = [
            middle - along - across, middle + along - across, middle + along + across,
            middle - along + across,
        ]
        if dice.below(3) == 0 {
            corners[2...2] = [
                middle + along + across * 0.2, middle + along * 0.3 + across * 0.2,
                middle + along * 0.3 + across,
            ]
        }
        let reach = (along + across).length
        let others = taken[community] ?? []
        guard others.allSatisfy({ ($0.middle - middle).length > $0.reach + reach }) else {
            return nil
        }
        let ring = corners.map(PlanePoint.init)
        guard isInside(ring, outline) else { return nil }
        taken[community] = others + [(middle, reach)]
        return ring
    }

    private func isInside(_ ring: [PlanePoint], _ outline: Outline) -> Bool {
        guard ring.allSatisfy(outline.contains) else { return false }
        var last = ring[ring.count - 1]
        for next in ring {
            for edge in outline.points.indices {
                let (a, b) = (outline.points[edge], outline.points[outline.next(edge)])
                if PlanePoint.meet(last, next, a, b) { return false }
            }
            last = next
        }
        return true
    }
}

extension SeededGenerator {
    mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.count)
    }
}
