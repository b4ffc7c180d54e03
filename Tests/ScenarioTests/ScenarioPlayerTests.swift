import Cells
import Domain
import Foundation
import Scenario
import Testing

private let start = Timestamp(nanoseconds: 1_779_717_600_000_000_000)  // 2026-05-25T14:00:00Z

private func options(_ change: (inout ScenarioOptions) -> Void = { _ in }) -> ScenarioOptions {
    var options = ScenarioOptions(seed: 7, start: start)
    options.rate = 5
    options.heartbeat = .minutes(1)
    change(&options)
    return options
}

private func player(_ options: ScenarioOptions = options()) throws -> ScenarioPlayer {
    try ScenarioPlayer(grid: try grid(of: CityPlan(seed: 7)), options: options)
}

private struct Message: Decodable {
    struct Data: Decodable {
        struct Position: Decodable { var lat: Double, lon: Double }
        struct Measure: Decodable { var name: String, value: Double, unit: String }
        var kind: String
        var severity: String
        var state: String?
        var confidence: Double?
        var position: Position?
        var cell: String?
        var measures: [Measure]?
    }
    var specversion: String
    var type: String
    var id: String
    var source: String
    var time: String
    var sequence: String
    var data: Data?
}

private func message(_ event: ScenarioEvent) throws -> Message {
    try JSONDecoder().decode(Message.self, from: Data(event.body))
}

/// Kind, unit of its first measure, upper end of normal, where it alarms.
private let kinds: [String: (unit: String?, normal: Double, alarm: Double)] = [
    "smoke": ("1", 0.1, 0.35), "temperature": ("Cel", 35, 60), "gas.concentration": ("%", 5, 20),
    "gas.valve": (nil, 0, 0), "water.level": ("cm", 3, 15), "structure.tilt": ("deg", 0.2, 1),
    "crowd.density": ("/m2", 2, 4), "crowd.flow": ("1", 0.2, 0.5), "scuffle": (nil, 0, 0),
    "noise.level": ("dB", 70, 85), "glass.break": (nil, 0, 0), "road.obstruction": ("m", 50, 100),
    "hotline.complaint": (nil, 0, 0), "dispute.report": (nil, 0, 0),
    "service.refusal": ("1", 15, 30),
    "perimeter.intrusion": (nil, 0, 0), "drone.detected": ("m", 0, 0),
    "auth.failures": ("/min", 10, 60),
    "network.intrusion": (nil, 0, 0), "service.outage": ("%", 1, 20), "device.tamper": (nil, 0, 0),
]

@Suite struct ScenarioPlayerTests {
    @Test func `The same seed plays the same bytes and another seed others`() throws {
        let first = Array(try player())
        #expect(first == Array(try player()))
        #expect(first != Array(try player(options { $0.seed = 8 })))
        #expect(try player().truthJSON() == player().truthJSON())
    }

    @Test func `Every alert has what the protocol asks for, in time order`() throws {
        let ground = try grid(of: CityPlan(seed: 7))
        let severities: Set = ["minor", "moderate", "severe", "extreme"]
        var (lastOffset, lastTime) = (Interval.zero, "")
        for event in try player(options { $0.duration = .minutes(16) }) {
            let message = try message(event)
            #expect(lastOffset <= event.offset && lastTime <= message.time)
            (lastOffset, lastTime) = (event.offset, message.time)
            #expect(message.specversion == "1.0")
            #expect(message.source == event.source && message.sequence == "\(event.sequence)")
            let word = event.content == .alert ? "alert" : "heartbeat"
            #expect(message.type == "tocsin.\(word).v1")
            #expect(
                String(decoding: event.topic, as: UTF8.self) == "\(word)/v1/json/\(event.source)/")
            #expect(event.source.wholeMatch(of: /sim\/[a-z]+\/[a-z]-[0-9]{4,}/) != nil)
            #expect(
                (1...64).contains(message.id.utf8.count) && event.body.count <= Limits.alertBytesMax
            )
            guard event.content == .alert else { continue }
            let data = try #require(message.data)
            let kind = try #require(kinds[data.kind], "\(data.kind)")
            #expect(severities.contains(data.severity))
            #expect(data.measures?.first?.unit == kind.unit)
            #expect((data.position == nil) != (data.cell == nil))
            let cell =
                data.position.map { ground.locate(latitude: $0.lat, longitude: $0.lon) }
                ?? ground.find(data.cell ?? "")
            #expect(cell != .none && ground.isLeaf(cell))
        }
    }

    @Test func `Time begins at the start and the first day ends in the next`() throws {
        let first = try #require(try player().first { $0.offset >= .seconds(61) })
        #expect(try message(first).time.hasPrefix("2026-05-25T14:01:01."))
        let late = options {
            $0.start = Timestamp(nanoseconds: 1_709_164_790_000_000_000)  // 2024-02-28T23:59:50Z
        }
        let next = try #require(try player(late).first { $0.offset >= .seconds(11) })
        #expect(try message(next).time.hasPrefix("2024-02-29T00:00:0"))
    }

    @Test func `Sequences have no gap and no id comes twice from one source`() throws {
        var last: [String: UInt64] = [:]
        var ids: Set<String> = []
        for event in try player() {
            if event.content == .heartbeat {
                #expect(event.sequence == last[event.source])
            } else {
                #expect(event.sequence == (last[event.source] ?? 0) + 1)
                last[event.source] = event.sequence
                #expect(ids.insert("\(event.source)#\(try message(event).id)").inserted)
            }
        }
        #expect(last.count > 500)
    }

    @Test func `Everyday alerts come at their rate and stay normal`() throws {
        let quiet = options {
            $0.incidents = []
            $0.duration = .minutes(10)
            $0.rate = 20
        }
        let alerts = try player(quiet).filter { $0.content == .alert }
        #expect((11_700...12_300).contains(alerts.count))
        var complaints: [String: Int] = [:]
        for event in alerts {
            let data = try #require(try message(event).data)
            #expect(data.severity == "minor")
            let kind = try #require(kinds[data.kind])
            if let measure = data.measures?.first { #expect(measure.value <= kind.normal) }
            if let cell = data.cell { complaints[cell, default: 0] += 1 }
        }
        #expect(complaints.count > 10)
        #expect((complaints.values.max() ?? 0) < 5)
    }

    @Test func `Each source that has spoken beats at its interval`() throws {
        let quiet = options {
            $0.incidents = []
            $0.duration = .minutes(1)
            $0.rate = 3
            $0.heartbeat = .seconds(5)
        }
        var beats: [String: [Interval]] = [:]
        for event in try player(quiet) where event.content == .heartbeat {
            beats[event.source, default: []].append(event.offset)
        }
        #expect(beats.count > 100)
        for times in beats.values {
            for (a, b) in zip(times, times.dropFirst()) {
                #expect(b.nanoseconds - a.nanoseconds == 5_000_000_000)
            }
        }
    }

    @Test func `All seven incidents occur, one after the other, within the duration`() throws {
        let player = try player()
        #expect(player.truth.map(\.kind) == IncidentKind.allCases)
        #expect(Set(player.truth.map(\.category)) == Set(Domain.Category.allCases))
        for incident in player.truth {
            #expect(incident.start >= start && incident.start < incident.end)
            #expect(incident.end <= start + player.options.duration)
        }
        let json = try JSONSerialization.jsonObject(with: Data(player.truthJSON().utf8))
        #expect((json as? [[String: String]])?.map { $0["incident"] } == player.truth.map(\.id))
    }

    /// What each incident must show in its own cell for the shipped rules to notice.
    @Test(arguments: [
        (IncidentKind.gasLeak, "gas.concentration", 30.0, 2), (.gasLeak, "gas.valve", 0, 1),
        (.crowd, "crowd.density", 5, 1), (.crowd, "crowd.flow", 0.5, 1),
        (.scuffle, "scuffle", 0, 2),
        (.scuffle, "noise.level", 85, 1), (.flood, "water.level", 30, 1),
        (.complaints, "hotline.complaint", 0, 1), (.complaints, "dispute.report", 0, 1),
        (.intrusion, "perimeter.intrusion", 0, 3), (.intrusion, "drone.detected", 0, 1),
        (.systemAttack, "auth.failures", 300, 1), (.systemAttack, "network.intrusion", 0, 1),
        (.systemAttack, "service.outage", 60, 1), (.systemAttack, "device.tamper", 0, 1),
    ])
    func `An incident shows what its rules look for, and from enough sources`(
        incident: IncidentKind, kind: String, atLeast: Double, sources: Int
    ) throws {
        let ground = try grid(of: CityPlan(seed: 7))
        let player = try player(
            options {
                $0.incidents = [incident]
                $0.rate = 0
                $0.duration = .hours(1)
            })
        let place = ground.find(try #require(player.truth.first).cell)
        var found: Set<String> = []
        for event in player where event.content == .alert {
            let data = try #require(try message(event).data)
            let cell =
                data.position.map { ground.locate(latitude: $0.lat, longitude: $0.lon) }
                ?? ground.find(data.cell ?? "")
            if data.kind == kind, cell == place, (data.measures?.first?.value ?? 0) >= atLeast {
                found.insert(event.source)
            }
        }
        #expect(found.count >= sources)
    }

    @Test func `Gas and water reach the neighbours`() throws {
        let ground = try grid(of: CityPlan(seed: 7))
        for (incident, alarm) in [(IncidentKind.gasLeak, 10.0), (.flood, 15)] {
            let player = try player(
                options {
                    $0.incidents = [incident]
                    $0.rate = 0
                })
            var cells: Set<CellID> = []
            for event in player where event.content == .alert {
                let data = try #require(try message(event).data)
                guard let value = data.measures?.first?.value, value >= alarm else { continue }
                let position = try #require(data.position)
                cells.insert(ground.locate(latitude: position.lat, longitude: position.lon))
            }
            #expect(cells.count >= 3)
        }
    }

    @Test func `Speed makes incidents shorter and leaves everyday alerts alone`() throws {
        let slow = try player(options { $0.incidents = [.gasLeak] })
        let fast = try player(
            options {
                $0.incidents = [.gasLeak]
                $0.speed = 4
            })
        let (slowly, quickly) = (try #require(slow.truth.first), try #require(fast.truth.first))
        let ratio =
            Double((slowly.end - slowly.start).nanoseconds)
            / Double((quickly.end - quickly.start).nanoseconds)
        #expect(abs(ratio - 4) < 0.001)
        #expect(
            abs(slow.count { $0.content == .alert } - fast.count { $0.content == .alert }) < 200)
    }

    @Test func `The story is told in time order with the time of day`() throws {
        let phases = try player().phases
        #expect(phases.count >= 7 * 3)
        #expect(phases.map(\.offset) == phases.map(\.offset).sorted())
        let line = /14:[0-5][0-9]:[0-5][0-9] gas leak in [A-Z][^:]*: [0-9]+ %LEL and rising/
        #expect(phases.contains { $0.text.wholeMatch(of: line) != nil })
    }

    @Test func `The same incident can come twice`() throws {
        let player = try player(options { $0.incidents = [.scuffle, .scuffle] })
        #expect(player.truth.map(\.id) == ["scuffle-1", "scuffle-2"])
    }

    @Test func `What cannot be played is refused`() throws {
        var builder = GridBuilder(root: "X", levelNames: ["city", "grid"])
        builder.add(
            CellDraft(
                code: "a", parent: "X", name: "A", origin: DraftOrigin(file: "test", feature: 0)))
        let bare = try builder.build()
        #expect(throws: ScenarioError.noPlaces) {
            _ = try ScenarioPlayer(grid: bare, options: options())
        }
        let bad: [(String, (inout ScenarioOptions) -> Void)] = [
            ("rate", { $0.rate = -1 }), ("rate", { $0.rate = .infinity }),
            ("speed", { $0.speed = 0 }),
            ("heartbeat", { $0.heartbeat = .zero }),
        ]
        for (name, change) in bad {
            #expect(throws: ScenarioError.badOption(name)) { _ = try player(options(change)) }
        }
    }
}

@Suite struct FleetTests {
    private static let places = CityPlan(seed: 7)

    private func alerts(sensors: Int, seconds: Int) throws -> [ScenarioEvent] {
        let fleet = options {
            $0.sensors = sensors
            $0.incidents = []
            $0.rate = 50
            $0.duration = .seconds(Int64(seconds))
            $0.heartbeat = .hours(1)
        }
        return try player(fleet).filter { $0.content == .alert }
    }

    @Test func `Every sensor speaks once before any speaks again`() throws {
        let sources = try alerts(sensors: 1000, seconds: 30).map(\.source)
            .filter { !$0.hasPrefix("sim/hotline/") }
        #expect(sources.count > 1200)
        #expect(Set(sources.prefix(1000)).count == 1000)
        #expect(Set(sources).count == 1000)
    }

    @Test func `More sensors stand where more people are`() throws {
        let ground = try grid(of: Self.places)
        var perCell: [CellID: Int] = [:]
        for event in try alerts(sensors: 2000, seconds: 50) {
            guard let position = try message(event).data?.position else { continue }
            perCell[ground.locate(latitude: position.lat, longitude: position.lon), default: 0] += 1
        }
        let leaves = (0..<ground.count).map { CellID($0) }
            .filter { ground.isLeaf($0) == true }
            .sorted { ground.population(of: $0) < ground.population(of: $1) }
        let third = leaves.count / 3
        let few = leaves.prefix(third).reduce(0) { $0 + (perCell[$1] ?? 0) }
        let many = leaves.suffix(third).reduce(0) { $0 + (perCell[$1] ?? 0) }
        #expect(many * 2 > few * 3)
    }

    @Test func `No sensors, and more than there is room for, are refused`() throws {
        for count in [0, -1] {
            #expect(throws: ScenarioError.badOption("sensors")) {
                _ = try player(options { $0.sensors = count })
            }
        }
        let leaves = try grid(of: Self.places)
        let most = (0..<leaves.count).count { leaves.isLeaf(CellID($0)) } * 11
        #expect(throws: ScenarioError.tooManySensors(most: most)) {
            _ = try player(options { $0.sensors = most + 1 })
        }
        #expect(try alerts(sensors: most, seconds: 1).count > 40)
    }
}
