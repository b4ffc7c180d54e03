import Domain

/// The fence of a protected public building, then its camera, then a drone above it. Six minutes.
struct SiteIntrusion: Incident {
    func script(in town: Town, _ dice: inout SeededGenerator) -> Script {
        let place = town.place(for: ["public-building"], &dice)
        let name = town.places[place].name
        var script = Script(.intrusion, .politicalSecurity, at: place)
        let fence: [(Double, Device)] = [
            (0, Device(family: .perimeter, place: place)),
            (40, Device(family: .perimeter, place: place)),
            (62, Device(family: .perimeter, place: place, unit: 1)),
            (75, Device(family: .camera, place: place)),
            (130, Device(family: .camera, place: place)),
        ]
        for (second, device) in fence {
            script.report(
                at: second,
                Report(
                    device: device, kind: "perimeter.intrusion",
                    severity: second < 60 ? .moderate : .severe, confidence: dice.between(0.7, 0.95)
                ))
        }
        for second in stride(from: 90.0, through: 270, by: 20) {
            script.report(
                at: second,
                Report(
                    device: Device(family: .airspace, place: place), kind: "drone.detected",
                    severity: .severe, confidence: dice.between(0.75, 0.95),
                    reading: Report.Reading(
                        name: "height", value: dice.between(30, 70), unit: "m")))
        }
        script.say(at: 0, "intrusion at \(name): the fence reports")
        script.say(at: 62, "intrusion at \(name): a second sensor, then the camera")
        script.say(at: 90, "intrusion at \(name): a drone above the building")
        script.say(at: 270, "intrusion at \(name): the drone leaves")
        script.say(at: 360, "intrusion at \(name): over, the fence is quiet")
        return script
    }
}
