/// Codes and names of a metropolis' cells, in the order in which they are asked for: down the tree.
///
///     HB > 07 > 0712 > 071203 > 071203-04 > 071203-04-11, and 071203-D02 for a dedicated cell
struct MetropolisCodes {
    private let root: String
    private let widths: [Int]
    private let districts: [String]
    private let streets: [String]
    private let lanes: [String]
    private var drawn = [0, 0, 0, 0]
    /// Of the cell and those above it, by level.
    private(set) var codes: [String]
    private(set) var names: [String]

    init(_ city: Metropolis) {
        root = city.plan.root
        var most = Array(repeating: 1, count: MetropolisPlan.levelNames.count)
        for area in city.areas {
            most[Int(area.level)] = max(most[Int(area.level)], Int(area.number))
        }
        widths = most.map { max(2, String($0).count) }
        codes = [city.plan.root]
        names = [city.plan.name]
        var dice = SeededGenerator(seed: city.plan.seed, purpose: 13)
        districts = dice.shuffled(MetropolisNames.districts)
        streets = dice.shuffled(MetropolisNames.streets)
        lanes = dice.shuffled(MetropolisNames.lanes)
    }

    /// Goes on to the next cell; those above it were the last of their levels.
    mutating func enter(_ area: Metropolis.Area) {
        let level = Int(area.level)
        guard level > 0 else { return }
        codes.removeSubrange(level...)
        names.removeSubrange(level...)
        let digits = String(area.number)
        let zeros = String(repeating: "0", count: max(0, widths[level] - digits.count))
        let above = level == 1 ? "" : codes[level - 1] + (level >= 4 ? "-" : "")
        codes.append(above + zeros + digits)
        names.append(name(level, area.number))
    }

    func code(_ place: Premises) -> String {
        let digits = String(place.number)
        return codes[3] + "-D" + (digits.count < 2 ? "0" : "") + digits
    }

    func name(_ place: Premises) -> String {
        "\(names[3]) \(place.use.title)" + (place.number == 1 ? "" : " \(place.number)")
    }

    private mutating func name(_ level: Int, _ number: UInt16) -> String {
        switch level {
        case 1: draw(level, from: districts)
        case 2: draw(level, from: streets) + " Street"
        case 3: draw(level, from: lanes)
        case 4: "\(names[3]) \(number)"
        default: "\(names[4])-\(number)"
        }
    }

    /// Each once before any comes again with a number.
    private mutating func draw(_ level: Int, from names: [String]) -> String {
        defer { drawn[level] += 1 }
        let round = drawn[level] / names.count
        return names[drawn[level] % names.count] + (round == 0 ? "" : " \(round + 1)")
    }
}

/// Words that names are made of: plants, landscape, trades; nobody is called so.
private enum MetropolisNames {
    static let districts = [
        "Riverside", "Old Town", "Hillside", "Northgate", "Southbank", "Lakeview", "Eastfield",
        "Westport", "Kilnside", "Harbourside", "Longbridge", "Highmeadow", "Saltmarsh",
        "Whitecliff", "Stonebridge", "Greenwater", "Fairground", "Ferrygate", "Silkmarket",
        "Airfield", "Newhaven", "Broadwater", "Foothills", "Quarryside", "Millrace", "Reedbank",
        "Sandbar", "Terrace Hill", "Towergate", "Weirside",
    ]

    private static let plants = [
        "Willow", "Lotus", "Bamboo", "Maple", "Orchid", "Plum", "Osmanthus", "Camphor", "Ginkgo",
        "Pine", "Magnolia", "Peony", "Mulberry", "Cedar", "Jasmine", "Chestnut", "Lilac",
        "Poplar", "Cypress", "Azalea", "Apricot", "Wisteria", "Walnut", "Juniper", "Reed",
        "Clover", "Acacia", "Persimmon", "Hibiscus", "Pomelo",
    ]
    private static let places = [
        "Bridge", "Gate", "Garden", "Well", "Mill", "Hill", "Spring", "Pond", "Field", "Court",
    ]

    static let streets = plants + plants.flatMap { plant in places.map { "\(plant) \($0)" } }

    static let lanes = plants.flatMap { plant in
        ["Lane", "Terrace", "Yard", "Corner", "Row", "Close", "Park", "Green", "Square", "Rise"]
            .flatMap { ["\(plant) \($0)", "North \(plant) \($0)", "South \(plant) \($0)"] }
    }
}
