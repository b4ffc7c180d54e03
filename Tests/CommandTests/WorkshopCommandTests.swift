import ArgumentParser
import Foundation
import Testing

@testable import tocsin

/// A directory with two versions of a rule, a grid, a recording and labels.
struct WorkshopFiles {
    let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory
            .appending(path: "tocsin-workshop-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try write("catalog.yaml", WorkshopFiles.catalog)
        try write("new/a.rules.yaml", WorkshopFiles.rules(many: 1))
        try write("old/a.rules.yaml", WorkshopFiles.rules(many: 2))
        try write("broken/a.rules.yaml", "kind: rules\nversion: 1\nrules: [{id: x}]\n")
        try write("cells.geojson", WorkshopFiles.cells)
        try write("week.jsonl", [0, 10, 20].map(WorkshopFiles.alert).joined(separator: "\n"))
        let week = try text("week.jsonl")
        try write("placeless.jsonl", week.replacing(#","cell":"g1""#, with: ""))
        try write("sources.csv", "source,latitude,longitude\nacme/s1,0.005,0.005\n")
        try write("faraway.csv", "source,latitude,longitude\nacme/s1,50,8\n")
        try write(
            "truth.csv", "start,end\n2026-03-01T08:00:00Z,2026-03-01T08:01:00Z\n")
    }

    func path(_ name: String) -> String { directory.appending(path: name).path }

    func write(_ name: String, _ text: String) throws {
        let file = directory.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func text(_ name: String) throws -> String {
        try String(contentsOf: directory.appending(path: name), encoding: .utf8)
    }

    private static let catalog = """
        kind: catalog
        version: 1
        kinds:
          smoke: {cap: Fire, categories: [public-safety]}
        categories: [political-security, public-order, social-conflict, public-safety, cyber-security]
        combine: noisy_or
        warnings:
          blue:   {raise: 20, clear: 15, cap_severity: Minor}
          yellow: {raise: 40, clear: 33, cap_severity: Moderate}
          orange: {raise: 60, clear: 52, cap_severity: Severe}
          red:    {raise: 80, clear: 72, cap_severity: Extreme}
        certainty: {observed: 0.90, likely: 0.50, possible: 0.05}
        responsibilities:
          fire: {department: fire-brigade, level: street}
        priority: [{severity: Extreme, is: P1}, {is: P5}]
        """

    private static func rules(many: Int) -> String {
        """
        kind: rules
        version: 1
        param: {many: {value: \(many), range: [1, 9]}}
        rules:
        - id: fire.smoke
          title: Smoke
          status: active
          revision: 1
          match: {kind: smoke}
          by: [alert.cell]
          windows: {n: {fn: count, over: 1m}}
          raise: {when: w.n >= param.many}
          clear: {when: w.n == 0, hold: 1m}
          score:
            public-safety: {points: '80.0', confidence: '0.95', half_life: 10m}
          task: {kind: fire, title: 'Smoke in ${cell.name}', cap: {urgency: Immediate}, close_on: clear}
          tests:
          - name: smoke raises
            feed: [{series: {kind: smoke, cell: g1}, every: 1s, value: "1x2"}]
            expect: [{at: 5s, key: g1, state: active, score: {public-safety: 70}}]
        """
    }

    private static let cells = """
        {"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Polygon",
        "coordinates":[[[0,0],[0.01,0],[0.01,0.01],[0,0.01],[0,0]]]},
        "properties":{"id":"g1","parent":"T","level":1,"name":"Market St"}}]}
        """

    private static func alert(_ second: Int) -> String {
        """
        {"specversion":"1.0","type":"tocsin.alert.v1","id":"a-\(second)","source":"acme/s1",\
        "time":"2026-03-01T08:00:\(second < 10 ? "0" : "")\(second)Z",\
        "data":{"kind":"smoke","severity":"minor","cell":"g1"}}
        """
    }
}

@Suite struct `Commands of the workshop` {
    let files: WorkshopFiles

    init() throws { files = try WorkshopFiles() }

    private var place: [String] { ["--grid", files.path("cells.geojson"), "--root", "T"] }

    /// Runs a command line; gives the exit code it would end with.
    private func run(_ arguments: [String]) throws -> Int32 {
        do {
            var command = try Tocsin.parseAsRoot(arguments)
            try command.run()
            return 0
        } catch let failure as CommandFailure {
            return failure.code.rawValue
        } catch let code as ExitCode {
            return code.rawValue
        } catch  where Tocsin.exitCode(for: error) == .validationFailure {
            return 3
        }
    }

    @Test func `replay tells what becomes of tasks, and holds them to a budget`() throws {
        let replay = ["replay", files.path("week.jsonl"), "--rules", files.path("new")] + place
        #expect(try run(replay) == 0)
        let against = replay + ["--against", files.path("old")]
        #expect(try run(against + ["--json"]) == 0)
        #expect(try run(against + ["--budget", "+5% tasks"]) == 0)
        #expect(try run(replay + ["--budget", "0 tasks"]) == 1)
        #expect(try run(replay + ["--budget", "+5% tasks"]) == 3)
        #expect(try run(against + ["--budget", "some"]) == 3)
        #expect(try run(["replay", files.path("none.jsonl")]) == 2)
        let broken = ["replay", files.path("week.jsonl"), "--rules", files.path("broken")]
        #expect(try run(broken + place) == 2)
    }

    @Test func `all place alerts that say no place where the registry has their source`() throws {
        let rules = ["--rules", files.path("new")] + place
        let replay = ["replay", files.path("placeless.jsonl"), "--budget", "0 tasks"] + rules
        let registry = ["--registry", files.path("sources.csv")]
        #expect(try run(replay) == 0, "without a place there is no task")
        #expect(try run(replay + registry) == 1)
        try files.write("tocsin.yaml", "sources: {registry: sources.csv}\n")
        #expect(try run(replay + ["--config", files.path("tocsin.yaml")]) == 1)
        #expect(try run(replay + ["--registry", files.path("faraway.csv")]) == 2)
        #expect(try run(replay + ["--registry", files.path("none.csv")]) == 2)

        let recorded = ["--journal", files.path("placeless.jsonl")] + rules
        let alert = ["explain", "acme/s1#a-10"] + recorded
        #expect(try run(alert + registry) == 0)
        let sweep =
            ["sweep", files.path("placeless.jsonl"), "--labels", files.path("truth.csv")]
            + ["--param", "many=1,2", "--json"] + rules
        #expect(try run(sweep + registry) == 0)
    }

    @Test func `sweep tries values, and draws them`() throws {
        let sweep =
            ["sweep", files.path("week.jsonl"), "--rules", files.path("new")] + place + [
                "--labels", files.path("truth.csv"),
            ]
        let plot = ["--param", "many=1..4:1", "--plot", files.path("many.svg")]
        #expect(try run(sweep + plot) == 0)
        #expect(try files.text("many.svg").contains("</svg>"))
        #expect(try run(sweep + ["--param", "many=1..4:1", "--json"]) == 0)
        #expect(try run(sweep + ["--param", "many"]) == 3)
        #expect(try run(sweep + ["--param", "few=1"]) == 3)
        #expect(try run(sweep + ["--param", "many=99"]) == 2)
        #expect(try run(sweep) == 3)
    }

    @Test func `explain finds what is meant, or says that there is nothing like it`() throws {
        let recorded =
            ["--journal", files.path("week.jsonl"), "--rules", files.path("old")] + place
        #expect(try run(["explain", "g1@2026-03-01T08:00:15Z"] + recorded) == 0)
        #expect(try run(["explain", "acme/s1#a-10", "--json"] + recorded) == 0)
        #expect(
            try run(
                ["explain", "--why-not", "fire.smoke", "g1@2026-03-01T08:00:05Z"] + recorded) == 0)
        #expect(try run(["explain", "acme/s1#b"] + recorded) == 1)
        #expect(try run(["explain", "0123456789abcdef"] + recorded) == 1)
        #expect(try run(["explain", "g1@noon"] + recorded) == 3)
        #expect(try run(["explain", "x", "--journal", files.path("none")]) == 2)
    }

    @Test func `capture says when there is no such task`() throws {
        let recorded =
            ["--journal", files.path("week.jsonl"), "--rules", files.path("old")] + place
        #expect(try run(["capture", "ffffffff"] + recorded) == 1)
    }

    @Test func `test updates figures, and asks for coverage`() throws {
        let test = ["test", files.path("old")]
        #expect(try run(test) == 1)
        #expect(try run(test + ["--update"]) == 1)
        let updated = try files.text("old/a.rules.yaml")
        #expect(updated.contains("public-safety: 79.7}}"), "\(updated)")
        #expect(try run(test) == 0)
        #expect(try run(test + ["--coverage"]) == 0)
        #expect(try run(test + ["--coverage-min", "100"]) == 1)
        #expect(try run(test + ["--run", "("]) == 3)
    }

    @Test(arguments: ["replay", "sweep", "explain", "capture", "test"])
    func `say how they are used`(command: String) {
        let text = Tocsin.helpMessage(
            for: Tocsin.configuration.subcommands.first {
                $0.configuration.commandName == command
            } ?? Tocsin.self)
        #expect(text.contains("Exit codes: 0"))
        #expect(text.contains("tocsin \(command)"))
    }
}
