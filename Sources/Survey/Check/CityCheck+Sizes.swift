import Cells

extension CityCheck {
    /// Cells that are smaller or larger, by ground or people, than their level should be.
    mutating func findSizes() {
        for cell in city.cells.indices {
            let own = city.cells[cell]
            guard let level = own.level, !own.isDedicated else { continue }
            if let bounds = options.areas[level], own.isSound, !bounds.contains(own.area) {
                let isSmall = own.area < bounds.lowerBound
                let bound = isSmall ? bounds.lowerBound : bounds.upperBound
                report(
                    isSmall ? .tooSmall : .tooLarge, cell,
                    "it has \(areaText(own.area)); a \(city.levelName(level)) has at "
                        + "\(isSmall ? "least" : "most") \(areaText(bound))",
                    pieces: own.shape.map { [$0] } ?? [])
            }
            let people = Double(own.draft.population)
            if let bounds = options.populations[level], !bounds.contains(people) {
                let isSmall = people < bounds.lowerBound
                let bound = isSmall ? bounds.lowerBound : bounds.upperBound
                report(
                    isSmall ? .tooFewPeople : .tooManyPeople, cell,
                    "it has \(own.draft.population) people; a \(city.levelName(level)) has at "
                        + "\(isSmall ? "least" : "most") \(bound.formatted(0))")
            }
        }
    }
}
