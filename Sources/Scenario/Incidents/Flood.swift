import Domain

/// Water rises on the roads of five cells, one after the other, and drains. Fifteen minutes.
struct Flood: Incident {
    func script(in town: Town, _ dice: inout SeededGenerator) -> Script {
        let place = town.place(for: [], &dice)
        let name = town.places[place].name
        var script = Script(.flood, .publicSafety, at: place)
        let deepest = Swell(low: 1, peak: dice.between(34, 42), rise: 360, stay: 120, fall: 240)
        for (index, other) in ([place] + town.neighbours(of: place, count: 4)).enumerated() {
            let share = 1 - 0.13 * Double(index)
            let delay = 45.0 * Double(index)
            for second in stride(from: 0, through: deepest.length, by: 15) {
                let depth = deepest.value(at: second) * share + dice.between(-0.3, 0.3)
                script.report(at: second + delay + Double(index), level(depth, other))
            }
        }
        script.say(at: 0, "flood around \(name): water on the road")
        script.say(at: 200, "flood around \(name): \(Int(deepest.value(at: 200))) cm and rising")
        script.say(at: 360, "flood around \(name): \(Int(deepest.peak)) cm, small cars float")
        script.say(at: 480, "flood around \(name): pumps run, falling")
        script.say(at: 905, "flood around \(name): over")
        return script
    }

    private func level(_ depth: Double, _ place: Int) -> Report {
        let value = max(0, depth)
        return Report(
            device: Device(family: .water, place: place), kind: "water.level",
            severity: Severity.of(value, steps: [8, 15, 30]),
            reading: Report.Reading(name: "depth", value: value, unit: "cm"))
    }
}
