import Cells

/// The least, the middle and the greatest of some numbers.
package struct Spread: Encodable, Equatable {
    package let least: Double
    package let median: Double
    package let greatest: Double

    /// nil of none.
    init?(_ values: [Double], digits: Double = 1) {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        func rounded(_ value: Double) -> Double { (value * digits).rounded() / digits }
        least = rounded(sorted[0])
        median = rounded(sorted[sorted.count / 2])
        greatest = rounded(sorted[sorted.count - 1])
    }

    func text(_ write: (Double) -> String) -> String {
        "\(write(least)) – \(write(median)) – \(write(greatest))"
    }
}

/// One level of a city in numbers.
package struct LevelFigures: Encodable {
    package let level: String
    package let cells: Int
    package let dedicated: Int
    package let squareMetres: Spread?
    package let population: Spread?
    package let populationTotal: Int
    /// Points of a cell's border.
    package let points: Spread?
    /// Of those that have any.
    package let children: Spread?
    /// The cell's area as a share of a circle's with as long a border: 1 is round.
    package let compactness: Spread?
}

extension CityDraft {
    /// The levels that have cells, from the root down.
    package var figures: [LevelFigures] {
        levels.map { level in figures(members(of: level), levelName(level)) }
    }

    private func figures(_ members: [Int], _ name: String) -> LevelFigures {
        let own = members.map { cells[$0] }
        let drawn = own.filter { $0.shape != nil }
        let people = own.map(\.draft.population)
        return LevelFigures(
            level: name, cells: own.count, dedicated: own.count { $0.isDedicated },
            squareMetres: Spread(drawn.map(\.area)),
            population: Spread(people.filter { $0 > 0 }.map(Double.init)),
            populationTotal: people.reduce(0, +),
            points: Spread(
                drawn.map { Double($0.draft.rings.reduce(0) { $0 + $1.count - 1 }) }),
            children: Spread(own.map { Double($0.children.count) }.filter { $0 > 0 }),
            compactness: Spread(drawn.compactMap(CityDraft.compactness), digits: 100))
    }

    private static func compactness(_ cell: SurveyedCell) -> Double? {
        guard let perimeter = cell.shape?.perimeter, perimeter > 0 else { return nil }
        return 4 * .pi * cell.area / (perimeter * perimeter)
    }
}

extension LevelFigures {
    /// For people: each spread as least – median – greatest.
    package var text: String {
        let whole = { (value: Double) in value.formatted(0) }
        let rows: [(String, String?)] = [
            ("area", squareMetres?.text(areaText)),
            (
                "population",
                population.map { "\($0.text(whole)), \(populationTotal) in all" }
            ),
            ("points", points?.text(whole)), ("children", children?.text(whole)),
            ("compactness", compactness?.text { $0.formatted(2) }),
        ]
        let head = "\(level): \(cells) cells" + (dedicated > 0 ? ", \(dedicated) dedicated" : "")
        return
            ([head]
            + rows.compactMap { row in
                row.1.map {
                    "  " + row.0 + String(repeating: " ", count: 13 - row.0.count) + $0
                }
            }).joined(separator: "\n")
    }
}
