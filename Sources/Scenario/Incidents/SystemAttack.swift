import Domain

/// Passwords are guessed, intrusion detection speaks, a service fails, a cabinet is opened, all is
/// restored. Ten minutes.
struct SystemAttack: Incident {
    func script(in town: Town, _ dice: inout SeededGenerator) -> Script {
        let place = town.place(for: ["datacenter", "public-building"], &dice)
        let name = town.places[place].name
        var script = Script(.systemAttack, .cyberSecurity, at: place)
        let failures = Swell(low: 6, peak: dice.between(380, 520), rise: 150, stay: 180, fall: 90)
        for second in stride(from: 0, through: failures.length, by: 10) {
            let rate = (failures.value(at: second) + dice.between(-3, 3)).rounded()
            script.report(
                at: second,
                report(
                    .login, "auth.failures", .of(rate, steps: [30, 60, 300]), place,
                    ("failures", rate, "/min")))
        }
        for (second, severity) in [(150.0, Severity.moderate), (200, .moderate), (230, .severe)] {
            script.report(at: second, report(.network, "network.intrusion", severity, place, nil))
        }
        let outage = Swell(low: 0, peak: dice.between(62, 85), rise: 90, stay: 150, fall: 90)
        for second in stride(from: 0, through: outage.length, by: 10) {
            let share = outage.value(at: second)
            script.report(
                at: 260 + second,
                report(
                    .service, "service.outage", .of(share, steps: [5, 20, 60]), place,
                    ("unavailable", share, "%")))
        }
        script.report(at: 305, report(.cabinet, "device.tamper", .moderate, place, nil))
        script.say(at: 0, "attack on city systems at \(name): log-ins fail")
        script.say(
            at: 150, "attack on city systems at \(name): \(Int(failures.peak)) failures a minute")
        script.say(at: 230, "attack on city systems at \(name): severe intrusion finding")
        script.say(
            at: 350, "attack on city systems at \(name): a service is \(Int(outage.peak)) % down")
        script.say(at: 600, "attack on city systems at \(name): over, service restored")
        return script
    }

    private func report(
        _ family: DeviceFamily, _ kind: String, _ severity: Severity, _ place: Int,
        _ reading: (name: String, value: Double, unit: String)?
    ) -> Report {
        Report(
            device: Device(family: family, place: place), kind: kind, severity: severity,
            confidence: reading == nil ? 0.85 : nil,
            reading: reading.map {
                Report.Reading(name: $0.name, value: max(0, $0.value), unit: $0.unit)
            })
    }
}
