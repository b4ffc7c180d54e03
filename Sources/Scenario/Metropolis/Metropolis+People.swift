extension MetropolisPlan {
    /// The city; `progress` hears now and then how many cells are cut.
    public func draw(_ progress: (Int) -> Void = { _ in }) -> Metropolis {
        var city = MetropolisBuilder(self).built(progress)
        var planner = PremisesPlanner(city)
        city.premises = planner.premises(of: city)
        city.settle()
        return city
    }
}

extension Metropolis {
    /// People move in: 50 to 100 households of two or three to a micro-grid; what lies above has as
    /// many as all that lies in it.
    mutating func settle() {
        var dice = SeededGenerator(seed: plan.seed, purpose: 12)
        for index in areas.indices where areas[index].level == MetropolisPlan.microLevel {
            areas[index].population = dice.within(50...100) * dice.within(22...30) / 10
            areas[index].vulnerability = UInt8(dice.within(10...50))
            areas[index].access = UInt8(dice.within(0...60))
        }
        for place in premises { areas[Int(place.community)].population += place.population }
        for index in areas.indices.dropFirst().reversed() {
            areas[Int(areas[index].parent)].population += areas[index].population
        }
    }
}
