import Domain

/// Two cameras see a scuffle, it is loud, a pane breaks, it is over. Four minutes.
struct Scuffle: Incident {
    func script(in town: Town, _ dice: inout SeededGenerator) -> Script {
        let place = town.place(for: ["market"], &dice)
        let name = town.places[place].name
        var script = Script(.scuffle, .publicOrder, at: place)
        for (second, unit) in [(0.0, 0), (25, 0), (40, 1), (65, 0), (80, 1)] {
            script.report(
                at: second,
                Report(
                    device: Device(family: .camera, place: place, unit: unit), kind: "scuffle",
                    severity: .moderate, confidence: dice.between(0.68, 0.95)))
        }
        let noise = Swell(low: 62, peak: dice.between(89, 96), rise: 30, stay: 70, fall: 100)
        for second in stride(from: 0, through: noise.length, by: 10) {
            let level = noise.value(at: second) + dice.between(-1, 1)
            script.report(
                at: second + 4,
                Report(
                    device: Device(family: .noise, place: place), kind: "noise.level",
                    severity: Severity.of(level, steps: [80, 90, 105]),
                    reading: Report.Reading(name: "level", value: level, unit: "dB")))
        }
        script.report(
            at: 52,
            Report(
                device: Device(family: .glass, place: place), kind: "glass.break",
                severity: .moderate,
                confidence: dice.between(0.65, 0.9)))
        script.say(at: 0, "scuffle at \(name): seen by a camera")
        script.say(at: 52, "scuffle at \(name): glass breaks, \(Int(noise.peak)) dB")
        script.say(at: 205, "scuffle at \(name): over")
        return script
    }
}
