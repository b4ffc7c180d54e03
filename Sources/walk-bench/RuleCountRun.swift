import Cells
import Domain
import Glibc
import Lanes
import Pipeline
import RuleBook

/// What an alert that no rule is asked about costs beside few rules and beside many.
///
/// Two engines take the same alerts in turns of a few thousand, so that whatever else the machine
/// does meets both.
struct RuleCountRun {
    private static let rounds = 25
    private static let alertsPerRound = 4000

    private(set) var figures: RuleCountFigures

    init(few: Int = 10, many: Int = 10_000) throws(BenchProblem) {
        let grid = try CityLoad.grid()
        let cell = grid.path(of: CellID(grid.count - 1))
        var small = try WalkBench(grid: CityLoad.grid(), rules: Self.files(few))
        var large = try WalkBench(grid: CityLoad.grid(), rules: Self.files(many))
        let bodies = Self.bodies(Self.rounds * Self.alertsPerRound, in: cell)
        var ratios: [Double] = []
        var costs: [Double] = []
        for round in 0..<Self.rounds {
            let turn = bodies[(round * Self.alertsPerRound)...].prefix(Self.alertsPerRound)
            let isSmallFirst = round % 2 == 0
            let first = isSmallFirst ? Self.time(&small, turn) : Self.time(&large, turn)
            let second = isSmallFirst ? Self.time(&large, turn) : Self.time(&small, turn)
            let (little, much) = isSmallFirst ? (first, second) : (second, first)
            costs.append(little)
            ratios.append(much / little)
        }
        figures = RuleCountFigures(
            fewRules: few, manyRules: many, nanosecondsWithFew: middle(costs),
            ratio: middle(ratios))
        let accepted = (small.accepted, large.accepted)
        guard accepted.0 == bodies.count, accepted.1 == bodies.count else {
            let refusal = small.walk.lastRefusal.map { "\($0.code.word) at \($0.field.pointer)" }
            throw BenchProblem(
                message: "of \(bodies.count) alerts \(accepted) were accepted: \(refusal ?? "")")
        }
    }

    /// Nanoseconds an alert.
    private static func time(_ bench: inout WalkBench, _ bodies: ArraySlice<[UInt8]>) -> Double {
        let start = clock()
        for body in bodies {
            bench.letter.compose(
                topic: "alert/v1/json/acme/", body: body, path: .push, received: CityLoad.begin)
            bench.walk.take(bench.letter)
            bench.discardOutputs()
        }
        return Double(clock() - start) / Double(bodies.count)
    }

    private static func bodies(_ count: Int, in cell: String) -> [[UInt8]] {
        let time = "2026-05-28T20:26:40Z"
        return (0..<count).map { number in
            Array(
                """
                {"specversion":"1.0","type":"tocsin.alert.v1","id":"a-\(number)","source":"acme",\
                "time":"\(time)","data":{"kind":"quiet.kind","severity":"minor","cell":"\(cell)"}}
                """.utf8)
        }
    }

    /// So many rules for kinds that never come, and a kind without a rule.
    private static func files(_ count: Int) -> RuleFiles {
        let kinds = 50
        var rules = "kind: rules\nversion: 1\nrules:\n"
        for number in 0..<count {
            rules += """
                - {id: busy.rule-\(number), title: Rule \(number), status: active, revision: 1, \
                match: {kind: busy.kind\(number % kinds)}, \
                where: alert.value > \(number).0 && alert.confidence > 0.5, \
                score: {public-safety: {points: '20.0', half_life: 5m}}}

                """
        }
        return RuleFiles(
            catalog: SourceFile(path: "catalog.yaml", text: catalog(kinds)),
            rules: [SourceFile(path: "many.rules.yaml", text: rules)])
    }

    private static func catalog(_ kinds: Int) -> String {
        let busy = (0..<kinds).map {
            "  busy.kind\($0): {cap: Infra, categories: [public-safety]}"
        }
        return """
            kind: catalog
            version: 1
            kinds:
              quiet.kind: {cap: Infra, categories: []}
            \(busy.joined(separator: "\n"))
            categories: [political-security, public-order, social-conflict, public-safety, cyber-security]
            warnings:
              blue:   {raise: 20, clear: 15, cap_severity: Minor}
              yellow: {raise: 40, clear: 33, cap_severity: Moderate}
              orange: {raise: 60, clear: 52, cap_severity: Severe}
              red:    {raise: 80, clear: 72, cap_severity: Extreme}
            certainty: {observed: 0.90, likely: 0.50, possible: 0.05}
            responsibilities:
              anything: {department: duty-officer, level: street}
            priority:
            - {is: P5}
            """
    }
}

/// The figures of `RuleCountRun`.
struct RuleCountFigures: Encodable {
    var fewRules: Int
    var manyRules: Int
    var nanosecondsWithFew: Double
    /// Median over the rounds of many by few.
    var ratio: Double
}
