import Cells
import Domain
import Foundation
import Lanes
import Pipeline
import RuleBook
import Scoring
import Tasking
import Testing

/// A walk over a town of two districts, d1 (a, b, c) and d2 (d, e), whose cells lie in a row; the
/// police have a, b and c, d. With rules of its own, on a virtual clock.
struct Town: ~Copyable {
    var walk: Walk
    private var ringRecords: RingReader
    /// Records taken off the ring so far.
    private(set) var drained: UInt64 = 0
    private var letter = Letter()
    private var sent = 0
    private(set) var facts: [RuleFact]
    static let start = City.start

    init(
        _ rules: String, modes: String = "modes: {normal: {}}",
        populations: [String: Int] = [:], ringBytes: Int = 16 * 1024 * 1024
    ) throws {
        let grid = try Town.grid(populations)
        let set = try RuleBook.load(Town.files(rules, modes: modes))
        facts = set.rules
        let ring = RecordRing(byteCapacity: ringBytes)
        ringRecords = ring.reader()
        walk = Walk(
            WalkParts(
                compiled: set.compiled(), grid: grid, admission: AdmissionPolicy(),
                outlet: Outlet(ring: ring.writer(), instance: "test", epoch: 1)))
    }

    static func files(_ rules: String, modes: String = "modes: {normal: {}}") -> RuleFiles {
        RuleFiles(
            catalog: SourceFile(path: "catalog.yaml", text: Town.catalog + modes + "\n"),
            rules: [SourceFile(path: "town.rules.yaml", text: Town.head + rules)])
    }

    /// Goes on with other rules.
    @discardableResult
    mutating func adopt(_ files: RuleFiles, at seconds: Double) throws -> Adoption {
        let set = try RuleBook.load(files, after: facts)
        facts = set.rules
        return walk.adopt(set.compiled(), at: Town.start + .milliseconds(Int64(seconds * 1000)))
    }

    /// Moves to another grid, with the same rules or others.
    @discardableResult
    mutating func move(
        to grid: consuming Grid, _ files: RuleFiles, at seconds: Double
    ) throws -> (settlement: Settlement, fates: [CellFate]) {
        let set = try RuleBook.load(files, after: facts)
        facts = set.rules
        let city = Resettlement(set.compiled(), grid, AdmissionPolicy(), sources: [])
        var fates: [CellFate] = []
        let settlement = walk.move(
            to: city, at: Town.start + .milliseconds(Int64(seconds * 1000)),
            noting: { succession in
                fates = succession.fates
                return "{\"fates\":\(succession.fates.count)}"
            })
        return (settlement, fates)
    }

    static func grid(_ populations: [String: Int] = [:]) throws -> Grid {
        try grid(
            [
                ("a", "d1", 0..<1), ("b", "d1", 1..<2), ("c", "d1", 2..<3), ("d", "d2", 3..<4),
                ("e", "d2", 4..<5),
            ], populations)
    }

    /// A town of cells in a row, each with its district and its stretch of the row, in
    /// ten-thousandths of a degree of longitude.
    static func grid(
        _ cells: [(code: String, parent: String, stretch: Range<Double>)],
        _ populations: [String: Int] = [:]
    ) throws -> Grid {
        var builder = GridBuilder(root: "T", levelNames: ["city", "district", "grid"])
        let origin = DraftOrigin(file: "town", feature: 0)
        for code in ["d1", "d2"] {
            builder.add(CellDraft(code: code, parent: "T", name: code, origin: origin))
        }
        for (code, parent, stretch) in cells {
            let (west, east) = (Int32(stretch.lowerBound * 1000), Int32(stretch.upperBound * 1000))
            var draft = CellDraft(
                code: code, parent: parent, name: "Cell \(code)", origin: origin)
            draft.rings = [
                [(west, 0), (east, 0), (east, 1000), (west, 1000), (west, 0)]
                    .map { FixedPoint(x: $0.0, y: Int32($0.1)) }
            ]
            draft.areas =
                ["a": "p1", "b": "p1", "c": "p2", "d": "p2"][code]
                .map { ["police": $0] } ?? [:]
            draft.population = populations[code] ?? 0
            builder.add(draft)
        }
        builder.add(hierarchy: "police", areas: ["p1", "p2"])
        return try builder.build()
    }

    /// Sends one alert, `seconds` after the start.
    mutating func send(
        _ kind: String, in cell: String, at seconds: Double, value: Double = 1,
        from source: String = "acme/a"
    ) {
        sent += 1
        let time = Town.start + .milliseconds(Int64(seconds * 1000))
        let body = alert(
            "\(sent)", source: source, time: time,
            [
                "kind": "\"\(kind)\"", "position": "", "cell": "\"\(cell)\"",
                "confidence": "0.95",
                "measures": "[{\"name\":\"level\",\"value\":\(value),\"unit\":\"1\"}]",
            ])
        letter.compose(
            topic: "alert/v1/json/\(source)/", body: Array(body.utf8), path: .push,
            received: time)
        let before = walk.sequence
        walk.take(letter)
        #expect(walk.sequence == before + 1, "\(String(describing: walk.lastRefusal))")
    }

    /// Sends an alert whose place is told by members of `data`; gives why it was refused.
    mutating func send(_ kind: String, at seconds: Double, _ place: [String: String]) -> Reject? {
        sent += 1
        let time = Town.start + .milliseconds(Int64(seconds * 1000))
        let members = [
            "kind": "\"\(kind)\"", "position": "", "confidence": "0.95",
            "measures": "[{\"name\":\"level\",\"value\":1,\"unit\":\"1\"}]",
        ].merging(place) { $1 }
        letter.compose(
            topic: "alert/v1/json/acme/a/",
            body: Array(alert("\(sent)", time: time, members).utf8), path: .push, received: time)
        let before = walk.sequence
        walk.take(letter)
        return walk.sequence == before ? walk.lastRefusal?.code : nil
    }

    mutating func wait(until seconds: Double) {
        walk.advance(to: Town.start + .milliseconds(Int64(seconds * 1000)))
    }

    func points(_ cell: String, at seconds: Double) throws -> Double {
        let time = Town.start + .milliseconds(Int64(seconds * 1000))
        return walk.standing(try Town.grid().find(cell), .publicSafety, at: time).score.points
    }

    /// The records that were put on the journal's ring since the last call.
    mutating func records() -> [[UInt8]] {
        var list: [[UInt8]] = []
        drained += UInt64(
            ringRecords.drain(atMost: .max) { record in
                list.append((0..<record.count).map { record[$0] })
            })
        return list
    }

    /// Withholds all tasks from the start on.
    mutating func silence(until seconds: Int64) {
        let plan = SilencePlan(from: Town.start, until: Town.start + .seconds(seconds))
        walk.replaceSilences(SilenceTable([plan], texts: ["sil-1"]), at: Town.start)
    }

    /// Every byte that was put on the journal's ring since the last call.
    mutating func journal() -> [UInt8] {
        records().flatMap { $0 }
    }

    /// What was put on the journal's ring since the last call, in order: tasks as they went to the
    /// feed, events as their details.
    mutating func told() throws -> (tasks: [[String: Any]], events: [String]) {
        var (bodies, events): ([Data], [String]) = ([], [])
        for record in records() {
            if record[0] == JournalRecordKind.task.rawValue {
                let topicBytes = Int(record[32 + 32]) | Int(record[32 + 33]) << 8
                bodies.append(Data(((32 + 34 + topicBytes)..<record.count).map { record[$0] }))
            }
            if record[0] == JournalRecordKind.event.rawValue {
                events.append(
                    String(decoding: ((32 + 5)..<record.count).map { record[$0] }, as: UTF8.self))
            }
        }
        let tasks = try bodies.map {
            let event = try JSONSerialization.jsonObject(with: $0) as? [String: Any]
            return try #require(event?["data"] as? [String: Any])
        }
        return (tasks, events)
    }

    /// `operation title` of each task revision since the last call.
    mutating func operations() throws -> [String] {
        try told().tasks.map { "\($0["operation"] ?? "") \($0["title"] ?? "")" }
    }
}

extension Town {
    static let head = """
        kind: rules
        version: 1
        set: {name: town, owner: town, contact: town@example.org}

        """

    static let catalog = """
        kind: catalog
        version: 1
        kinds:
          smoke:  {cap: Fire, categories: [public-safety], unit: "1", about: obscuration}
          heat:   {cap: Fire, categories: [public-safety], unit: "1", about: heat}
          works:  {cap: Infra, categories: [public-safety], unit: "1", about: works}
        categories:
          [political-security, public-order, social-conflict, public-safety, cyber-security]
        combine: noisy_or
        warnings:
          blue:   {raise: 20, clear: 15, cap_severity: Minor}
          yellow: {raise: 40, clear: 33, cap_severity: Moderate}
          orange: {raise: 60, clear: 52, cap_severity: Severe}
          red:    {raise: 80, clear: 72, cap_severity: Extreme}
        certainty: {observed: 0.90, likely: 0.50, possible: 0.05}
        rollup:
          levels: [grid, district, city]
          default: {method: max}
        responsibilities:
          fire: {department: fire-brigade, level: district, fallback: duty-officer}
        priority:
          - {severity: Extreme, urgency: Immediate, is: P1}
          - {severity: [Extreme, Severe], is: P2}
          - {severity: Moderate, is: P3}
          - {is: P5}

        """
}
