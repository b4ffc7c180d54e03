import Domain
import Foundation
import Lanes
import RuleBook
import Scoring
import Testing

@testable import Pipeline

/// Rules with a sequence and with an absence, as authors write them, on a whole walk.
@Suite struct OrderedRuleTests {
    static let catalog = """
        kind: catalog
        version: 1
        kinds:
          gas:       {cap: CBRNE, categories: [public-safety]}
          arc:       {cap: Infra, categories: [public-safety]}
          smoke:     {cap: Fire,  categories: [public-safety]}
          valve:     {cap: Infra, categories: [public-safety]}
          heartbeat: {cap: Infra, categories: [public-safety]}
        tables:
          sensor: {file: sensors.csv, key: id, columns: {period: duration, gateway: string}}
        time: {lateness: 5s, future: 30s, idle_source: 60s, zone: Asia/Shanghai}
        categories:
          [political-security, public-order, social-conflict, public-safety, cyber-security]
        combine: noisy_or
        warnings:
          blue:   {raise: 20, clear: 15, cap_severity: Minor}
          yellow: {raise: 40, clear: 33, cap_severity: Moderate}
          orange: {raise: 60, clear: 52, cap_severity: Severe}
          red:    {raise: 80, clear: 72, cap_severity: Extreme}
        certainty: {observed: 0.90, likely: 0.50, possible: 0.05}
        rollup: {levels: [city, grid], default: {method: top_mean, n: 3}}
        modes:
          normal: {}
        responsibilities:
          gas-leak:     {department: gas-company, level: grid, fallback: fire-brigade}
          sensor-fault: {department: utilities,   level: grid, fallback: duty-officer}
        priority:
          - {is: P5}
        limits: {cost: 5000, keys: 2000, window: 24h, panes: 2048}
        """

    static let rules = """
        kind: rules
        version: 1
        set: {name: test, owner: fire-brigade, contact: rules@example.org}
        rules:
        - id: gas.then-ignition
          title: Gas, then a spark or smoke, with no valve closed between
          status: active
          revision: 1
          by: [alert.cell]
          sequence:
            within: 15m
            restart: latest
            steps:
            - {as: gas,   match: {kind: gas}, where: alert.value >= 20.0}
            - {not: shut, match: {kind: valve}, where: alert.value == 0.0}
            - {as: spark, match: {kind: [arc, smoke]}, where: alert.source != gas.source}
          score:
            public-safety:
            - {points: 'math.least(95.0, 50.0 + gas.value)', confidence: gas.confidence * spark.confidence, half_life: 45m, group: gas}
          task:
            open_on: raise
            kind: gas-leak
            title: 'Gas ${"%.0f".format([gas.value])} %LEL then ${spark.kind} in ${cell.name}'
            cap: {category: CBRNE, urgency: Immediate, severity: Severe, certainty: Likely, response: [Evacuate]}
            priority: P1
            sla: {accept: 30s, arrive: 6m, resolve: 6h}
            dedupe: {key: [rule.id, alert.cell], repeat: update, reopen: 1h}
        - id: sensing.silent
          title: A sensor stopped reporting
          status: active
          revision: 1
          match: {kind: heartbeat}
          by: [alert.source]
          absence:
            expect: sensor.period
            missed: 3
            arm: roster
            settle: 10m
            fold: {by: sensor.gateway, share: 0.5, least: 4, into: sensing.gateway-down}
          score:
            public-safety: {points: '25.0', confidence: '0.9', half_life: 6h, group: sensing}
          task:
            open_on: raise
            kind: sensor-fault
            title: 'Sensor ${alert.source} missed ${string(absence.missed)}'
            cap: {category: Infra, urgency: Expected, severity: Minor, certainty: Observed, response: [Assess]}
            priority: P4
            sla: {accept: 1h, arrive: 24h, resolve: 72h}
            dedupe: {key: [rule.id, alert.source], repeat: ignore}
            close_on: clear
        - id: sensing.gateway-down
          title: Half of a gateway's sensors went silent together
          status: active
          revision: 1
          folded_from: [sensing.silent]
          by: [fold.key]
          score:
            public-safety: {points: '55.0', confidence: '0.95', half_life: 2h, group: sensing}
          task:
            open_on: raise
            kind: sensor-fault
            title: 'Gateway ${fold.key}: ${string(fold.count)} of ${string(fold.of)} sensors silent'
            cap: {category: Infra, urgency: Immediate, severity: Moderate, certainty: Observed, response: [Execute]}
            priority: P3
            sla: {accept: 1h, arrive: 24h, resolve: 72h}
            dedupe: {key: [rule.id, fold.key]}
            close_on: clear
        """

    /// Sensors of one gateway, each to be heard of every minute.
    static func bench(sensors: Int) throws -> OrderBench {
        var files = RuleFiles(
            catalog: SourceFile(path: "catalog.yaml", text: catalog),
            rules: [SourceFile(path: "x.rules.yaml", text: rules)])
        files.tables["sensor"] = TableText(
            (0..<sensors).map {
                TableText.Row(key: "acme/s\($0)", values: ["period": "60s", "gateway": "gw1"])
            })
        return try OrderBench(compiled: try RuleBook.load(files).compiled())
    }

    @Test(arguments: [
        ("arc", nil, ["Gas 42 %LEL then arc in Street 1"]),
        ("smoke", "open", ["Gas 42 %LEL then smoke in Street 1"]),
        ("smoke", "elsewhere", ["Gas 42 %LEL then smoke in Street 1"]),
        ("arc", "closed", []),
    ])
    func gasThenASparkIsATaskUnlessTheValveWasClosedBetween(
        spark: String, valve: String?, titles: [String]
    ) throws {
        var bench = try Self.bench(sensors: 0)
        bench.take(Event(kind: "gas", value: 42, source: "acme/g", at: 0))
        if let valve {
            bench.take(
                Event(
                    kind: "valve", value: valve == "open" ? 1 : 0, source: "acme/v",
                    cell: valve == "elsewhere" ? "g2" : "g1", at: 30))
        }
        bench.take(Event(kind: spark, source: "acme/a", at: 60))
        bench.walk.settle(at: OrderBench.time(60))
        #expect(try bench.tasks().map(\.title) == titles)
        let score = bench.walk.standing(CellID(1), .publicSafety, at: OrderBench.time(60)).score
        #expect(score == MilliPoints(titles.isEmpty ? 0 : 92_000))
    }

    @Test(arguments: [
        (2, ["Sensor acme/s0 missed 10", "Sensor acme/s1 missed 10"]),
        (4, ["Gateway gw1: 4 of 4 sensors silent"]), (8, ["Gateway gw1: 8 of 8 sensors silent"]),
    ])
    func sensorsThatAreSilentTogetherAreOneFindingOnceThereAreEnough(
        sensors: Int, titles: [String]
    ) throws {
        var bench = try Self.bench(sensors: sensors)
        bench.walk.noteGap(at: OrderBench.time(0))
        bench.walk.settle(at: OrderBench.time(599))
        #expect(try bench.tasks().isEmpty)
        bench.walk.settle(at: OrderBench.time(600))
        #expect(try bench.tasks().map(\.title) == titles)
    }
}
