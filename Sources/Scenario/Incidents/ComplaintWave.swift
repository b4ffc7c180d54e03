import Domain

/// Call after call about one place, again and again, until a patrol finds two parties at odds
/// there. Ten minutes.
struct ComplaintWave: Incident {
    func script(in town: Town, _ dice: inout SeededGenerator) -> Script {
        let place = town.place(for: [], &dice)
        let name = town.places[place].name
        var script = Script(.complaints, .socialConflict, at: place)
        let calls = 18 + dice.below(8)
        for call in 0..<calls {
            let second = 540 * (Double(call) + dice.between(0, 0.9)) / Double(calls)
            script.report(
                at: second,
                Report(
                    device: Device(family: .hotline, place: place), kind: "hotline.complaint",
                    severity: .minor))
        }
        script.report(
            at: 480,
            Report(
                device: Device(family: .patrol, place: place), kind: "dispute.report",
                severity: .moderate))
        script.say(at: 0, "complaints about \(name): the first calls")
        script.say(at: 270, "complaints about \(name): \(calls / 2) calls, the same place")
        script.say(at: 480, "complaints about \(name): a patrol reports a dispute")
        script.say(at: 600, "complaints about \(name): \(calls) calls in all, it is quiet again")
        return script
    }
}
