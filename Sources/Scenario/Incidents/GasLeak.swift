import Domain

/// Gas escapes: it climbs on both detectors of a place, drifts to the neighbours, the valve is
/// closed, it thins out. Twelve minutes.
struct GasLeak: Incident {
    private static let steps = [10.0, 20, 40]

    func script(in town: Town, _ dice: inout SeededGenerator) -> Script {
        let place = town.place(for: [], &dice)
        let name = town.places[place].name
        var script = Script(.gasLeak, .publicSafety, at: place)
        let swell = Swell(low: 3, peak: dice.between(44, 56), rise: 330, stay: 30, fall: 330)
        for second in stride(from: 0, through: swell.length, by: 10) {
            for unit in 0..<Town.unitsPerPlace {
                let share = unit == 0 ? 1 : 0.8
                let percent = swell.value(at: second) * share + dice.between(-0.5, 0.5)
                script.report(at: second + Double(unit), reading(percent, place, unit))
            }
        }
        for (index, other) in town.neighbours(of: place, count: 3).enumerated() {
            let share = 0.4 - 0.08 * Double(index)
            for second in stride(from: 150.0, through: 540, by: 15) {
                let percent = swell.value(at: second - 60) * share + dice.between(-0.5, 0.5)
                script.report(at: second + 2 + Double(index), reading(percent, other, 0))
            }
        }
        let valve = Device(family: .gas, place: place)
        script.report(
            at: 362.5, Report(device: valve, kind: "gas.valve", severity: .minor, state: .raise))
        script.report(
            at: 720, Report(device: valve, kind: "gas.valve", severity: .minor, state: .clear))
        tell(&script, name, swell)
        return script
    }

    private func tell(_ script: inout Script, _ name: String, _ swell: Swell) {
        func percent(_ second: Double) -> String { "\(Int(swell.value(at: second))) %LEL" }
        script.say(at: 0, "gas leak in \(name): \(percent(0)) and rising")
        script.say(at: 120, "gas leak in \(name): \(percent(120)) and rising")
        script.say(at: 210, "gas leak in \(name): \(percent(210)), neighbours smell it")
        script.say(at: 330, "gas leak in \(name): \(percent(330)), the peak")
        script.say(at: 362.5, "gas leak in \(name): valve closed")
        script.say(at: 560, "gas leak in \(name): \(percent(560)) and falling")
        script.say(at: 720, "gas leak in \(name): over, valve open again")
    }

    private func reading(_ percent: Double, _ place: Int, _ unit: Int) -> Report {
        let value = max(0, percent)
        return Report(
            device: Device(family: .gas, place: place, unit: unit), kind: "gas.concentration",
            severity: Severity.of(value, steps: GasLeak.steps),
            reading: Report.Reading(name: "methane", value: value, unit: "%"))
    }
}
