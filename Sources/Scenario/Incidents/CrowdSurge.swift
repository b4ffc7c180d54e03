import Domain

/// A platform or a market fills up past what is safe, and empties once the gates are open. Twelve
/// minutes.
struct CrowdSurge: Incident {
    func script(in town: Town, _ dice: inout SeededGenerator) -> Script {
        let place = town.place(for: ["station", "market"], &dice)
        let name = town.places[place].name
        var script = Script(.crowd, .publicSafety, at: place)
        let density = Swell(low: 1.2, peak: dice.between(5.2, 6), rise: 360, stay: 90, fall: 270)
        let counter = Swell(
            low: 0.1, peak: dice.between(0.55, 0.7), rise: 330, stay: 120, fall: 200)
        for second in stride(from: 0, through: density.length, by: 10) {
            let people = density.value(at: second) + dice.between(-0.1, 0.1)
            script.report(
                at: second, report("crowd.density", "density", people, "/m2", [3, 4, 5], place))
            let share = counter.value(at: second) + dice.between(-0.02, 0.02)
            script.report(
                at: second + 3,
                report("crowd.flow", "counterflow", share, "1", [0.3, 0.5, 0.8], place))
        }
        script.say(at: 0, "crowd at \(name): filling up")
        script.say(
            at: 220, "crowd at \(name): \(Int(density.value(at: 220))) people per square metre")
        script.say(at: 360, "crowd at \(name): crush danger, flows cross")
        script.say(at: 450, "crowd at \(name): gates open, thinning out")
        script.say(at: 720, "crowd at \(name): over")
        return script
    }

    private func report(
        _ kind: String, _ name: String, _ value: Double, _ unit: String, _ steps: [Double],
        _ place: Int
    ) -> Report {
        Report(
            device: Device(family: .camera, place: place), kind: kind,
            severity: Severity.of(value, steps: steps), confidence: 0.9,
            reading: Report.Reading(name: name, value: max(0, value), unit: unit))
    }
}
