import Cells
import Domain
import Pipeline
import RuleBook
import Workshop

/// A small recording over two cells: smoke in one that raises, smoke in the other that does not.
enum Recordings {
    static func rules(n: Int = 2, points: String = "80.0") -> RuleFiles {
        let text = """
            kind: rules
            version: 1
            param: {many: {value: \(n), range: [1, 9]}}
            rules:
            - id: fire.smoke
              title: Smoke
              why: Two smoke alerts in a minute are no accident.
              status: active
              revision: 1
              match: {kind: smoke}
              where: alert.value >= 0.5
              by: [alert.cell]
              windows: {n: {fn: count, over: 1m}}
              raise: {when: w.n >= param.many, hold: 10s}
              clear: {when: w.n == 0, hold: 1m}
              score:
                public-safety: {points: '\(points)', confidence: '0.95', half_life: 10m}
              task: {kind: fire, title: 'Smoke in ${cell.name}', cap: {urgency: Immediate}, close_on: clear}
            """
        return RuleFiles(
            catalog: `Tests of rules`.catalog,
            rules: [SourceFile(path: "a.rules.yaml", text: text)])
    }

    static func grid() throws -> Grid {
        var builder = GridBuilder(root: "T", levelNames: ["city", "district"])
        for (index, code) in ["g1", "g2"].enumerated() {
            builder.add(
                CellDraft(
                    code: code, parent: "T", level: 1, name: "Cell \(code)",
                    origin: DraftOrigin(file: "test", feature: index)))
        }
        return try builder.build()
    }

    static func line(_ at: Int, _ cell: String, _ value: Double) -> String {
        let time =
            "2026-03-01T08:\(at / 60 < 10 ? "0" : "")\(at / 60):\(at % 60 < 10 ? "0" : "")\(at % 60)Z"
        return """
            {"specversion":"1.0","type":"tocsin.alert.v1","id":"a-\(at)-\(cell)","source":"acme/s-\(cell)",\
            "time":"\(time)","data":{"kind":"smoke","severity":"minor","cell":"\(cell)","confidence":0.9,\
            "measures":[{"name":"value","value":\(value),"unit":"1"}]}}
            """
    }

    /// Smoke in g1 at 0, 10, 20 and 30 s; in g2 at 5 and 40 s, once too little.
    static var lines: [String] {
        [0, 10, 20, 30].map { line($0, "g1", 0.8) }
            + [line(5, "g2", 0.8), line(40, "g2", 0.3), line(300, "g2", 0.3)]
    }

    static var recording: Recording {
        Recording(jsonLines: lines.joined(separator: "\n"))
    }

    /// The same alerts without their places.
    static var placeless: Recording {
        let cells = ["g1", "g2"].map { "\"cell\":\"\($0)\"," }
        let text = lines.joined(separator: "\n")
        return Recording(jsonLines: cells.reduce(text) { $0.replacing($1, with: "") })
    }

    /// Each source in the cell that its alerts name.
    static func sources() throws -> [SourcePlan] {
        let grid = try grid()
        return ["g1", "g2"].map { code in
            var plan = SourcePlan(name: "acme/s-\(code)")
            plan.cell = grid.find(code)
            return plan
        }
    }

    static func replay(
        _ files: RuleFiles, over recording: Recording = recording, sources: [SourcePlan] = []
    ) throws -> ReplayOutcome {
        var replay = Replay(try RuleBook.load(files), try grid(), sources: sources)
        for alert in recording.alerts { try replay.take(alert) }
        return try replay.finish()
    }
}
