import Cells
import Domain
import Foundation
import Lanes
import Pipeline
import RuleBook
import Scenario
import Testing

/// A task as the journal's ring has it.
private struct PlayedTask: Decodable {
    struct Message: Decodable { let data: PlayedTask }
    struct Factor: Decodable { let rule: String }

    let incident: String
    let category: String
    let kind: String
    let cell: String
    let title: String
    let reason: String
    let factors: [Factor]
}

@Suite struct `The simulated city under the shipped rules` {
    /// Plays half an hour of a city with every incident, and gives what happened and the tasks
    /// opened.
    private func play(seed: UInt64) throws -> (truth: [IncidentTruth], tasks: [PlayedTask]) {
        let plan = CityPlan(seed: seed)
        let file = GridFile(name: "city", bytes: Array(plan.geoJSON().utf8))
        let loader = GridLoader(root: plan.root)
        let grid = try loader.load([file])
        var options = ScenarioOptions(
            seed: seed, start: Timestamp(nanoseconds: 1_772_323_200_000_000_000))
        options.rate = 5
        let player = try ScenarioPlayer(grid: grid, options: options)
        let truth = player.truth
        let rules = try RuleBook.load(try RuleFiles.find([`The shipped rules`.directory]))
        let ring = RecordRing(byteCapacity: 64 << 20)
        let outlet = Outlet(ring: ring.writer(), instance: "test", epoch: 1)
        var walk = Walk(
            WalkParts(
                compiled: rules.compiled(), grid: grid, admission: AdmissionPolicy(), outlet: outlet
            ))
        var reader = ring.reader()
        var letter = Letter()
        var opened: [PlayedTask] = []
        for event in player {
            let topic = String(decoding: event.topic, as: UTF8.self)
            let time = options.start + event.offset
            letter.compose(topic: topic, body: event.body, path: .push, received: time)
            walk.take(letter)
            var bodies: [[UInt8]] = []
            _ = reader.drain(atMost: 10_000) { bytes in
                guard bytes[0] == JournalRecordKind.task.rawValue else { return }
                let topic = Int(bytes[64]) | Int(bytes[65]) << 8
                bodies.append((66 + topic..<bytes.count).map { bytes[$0] })
            }
            for body in bodies {
                let task = try JSONDecoder().decode(PlayedTask.Message.self, from: Data(body)).data
                if opened.contains(where: { $0.incident == task.incident }) { continue }
                opened.append(task)
            }
        }
        return (truth, opened)
    }

    @Test func `gets an explained task for every incident, and few besides`() throws {
        let (truth, tasks) = try play(seed: 7)
        #expect(!truth.isEmpty)
        for incident in truth {
            let found = tasks.filter {
                $0.category == "\(incident.category.word)"
                    && Self.isNear($0.cell, incident.cell)
            }
            let all = tasks.map { "\($0.kind) in \($0.cell)" }
            #expect(
                !found.isEmpty, "no task for \(incident.kind.rawValue) in \(incident.cell): \(all)")
            for task in found {
                #expect(!task.title.isEmpty && !task.reason.isEmpty && !task.factors.isEmpty)
            }
        }
        let stray = tasks.filter { task in
            !truth.contains { Self.isNear(task.cell, $0.cell) }
        }
        let kinds = stray.map { "\($0.kind) in \($0.cell)" }
        #expect(stray.count <= tasks.count / 4, "\(kinds.joined(separator: "; "))")
    }

    /// Incidents spread to neighbouring cells: the same community is near.
    private static func isNear(_ a: String, _ b: String) -> Bool {
        let (one, other) = (a.split(separator: "/"), b.split(separator: "/"))
        return one.prefix(4) == other.prefix(4)
    }
}
