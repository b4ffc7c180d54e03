import Foundation
import Testing

@testable import RuleBook

/// Three files with some fifty different mistakes: one run finds each, where it stands, and says
/// what to do. A line that ends in `#! code:column` must have that finding, with a hint where a `!`
/// follows.
@Suite struct `Fifty mistakes at once` {
    static let catalog = """
        kind: catalog
        version: 1
        alert: {attrs: {type: "map(string, dyn)"}}
        kinds:
          smoke: {cap: Fire, categories: [public-safety], unit: "1"}
          temperature: {cap: Fire, categories: [public-safety], unit: Cel}
          heartbeat: {cap: Infra, categories: []}
          face.seen: {cap: Other, categories: []} #! catalog/person:3!
          noise: {cap: env, categories: [public-order]} #! yaml/word:16!
        tables:
          sensor: {file: nowhere.csv, key: id, columns: {period: duration, gateway: string}}
          w: {key: id} #! catalog/table:3!
        time: {lateness: 5} #! yaml/duration:18!
        categories: [political-security, public-order, social-conflict, public-safety, cyber-security]
        warnings:
          blue:   {raise: 20, clear: 15, cap_severity: Minor}
          yellow: {raise: 40, clear: 44, cap_severity: Moderate} #! catalog/warnings:11!
          orange: {raise: 60, clear: 52, cap_severity: Severe}
          red:    {raise: 80, clear: 72, cap_severity: Extreme}
        certainty: {observed: 0.90, likely: 0.50, possible: 0.05}
        rollup:
          levels: [grid, city]
          default: {method: max, n: 3} #! catalog/rollup:29
        modes:
          emergency:
            enter: {when: 'city.warnin.public_safety >= 3'} #! cel/name:20!
        responsibilities:
          fire: {department: fire-brigade, level: citty} #! catalog/level:43!
        priority:
        - {severity: Extreme, is: P1}
        - {is: P5}
        - {severity: Severe, is: P2} #! catalog/priority:3
        limits: {key: 5} #! yaml/unknown-key:10!
        """

    static let rules = """
        kind: rules
        version: 1
        param:
          heat: {value: 200.0, range: [40.0, 120.0], unit: Cel} #! rule/param:17
          soot: {value: 0.5, unit: g}
        define:
          round: define.round && true #! rule/cycle:3
        inhibit:
        - {id: i1, when: {rule: b.pulse}, mute: {rule: a.windows}, same: [alert.cell]} #! inhibit/target:25
        - {id: i2, when: {rule: a.windows}, mute: {}, same: [alert.time]} #! inhibit/target:43!
        - {id: i3, when: {rule: a.window}, mute: {category: public-safety}, same: [alert.cell]} #! rule/reference:25!
        rules:
        - id: a.windows
          title: Windows
          status: active
          revision: 1
          match: {kind: [smoke, temprature]} #! rule/kind:25!
          where: alert.vale > 3.0 #! cel/name:10!
          by: [alert.cell, alert.value] #! rule/key:20!
          windows:
            n: {fn: cont, over: 5m} #! yaml/word:13!
            r: {fn: rate, of: alert.value, over: 5m} #! yaml/missing-key:8
            q: {fn: quantile(7), of: alert.value, over: 5m} #! yaml/word:13!
            p: {fn: max, of: alert.value, over: 10s, pane: 3s, empty: 0} #! window/panes:8
            s: {fn: sum, of: alert.value, over: 48h} #! yaml/range:41
            c: {fn: count, of: alert.value, over: 5m} #! window/sample:24!
            hot: {fn: max, of: alert.value, over: 5m}
            kinds: {fn: distinct, of: 'alert.kind', over: 5m, empty: 0} #! window/empty:62
          neighbours:
            near: {fn: max, of: score.public_safety} #! window/empty:5!
            alert: {fn: max, of: score.public_safety, empty: 0} #! rule/define:5!
            far: {fn: max, of: w.nothing, empty: 0} #! cel/name:24
          raise: {when: w.hot > 3.0, hold: soon} #! yaml/duration:36!
          clear: {when: w.c == 0 && evidence.met} #! cel/name:29!
          on_error: stop #! yaml/word:13!
          score:
            public-safty: {points: '50.0', half_life: 5m} #! score/category:5!
            public-safety: {points: '150.0', half_life: 5m} #! score/range:29
          modes:
            emergency: {windows.n.over: 1m} #! rule/mode:17!
            panic: {raise.hold: 0s} #! rule/mode:5!
          task:
            kind: fires #! task/kind:11!
            title: 'Hot ${w.hot' #! template/syntax:17!
            cap: {urgency: Now} #! yaml/word:20!
        - id: b.pulse
          title: 12 #! yaml/type:10!
          status: live #! yaml/word:11!
          revision: 0 #! yaml/range:13
          match: {kind: smoke}
          raize: {when: 'true'} #! yaml/unknown-key:3!
          clear: {when: alert.value < 3.0} #! rule/state:10
          score:
            public-safety: {points: 'alert.kind', half_life: 5m} #! cel/type:30
        - id: c.pair
          title: Witnesses
          status: active
          revision: 1
          match: {kind: smoke}
          by: [alert.cell]
          corroborate: {within: 5m, need: 3, distinct: alert.source, witnesses: {a: 'true'}} #! corroborate/need:35
          raise: {when: evidence.count * 1.5 > 2.0} #! cel/int-double:32!
          score: {public-safety: {points: '50.0', half_life: 5m}}
        - id: d.steps
          title: Steps
          status: active
          revision: 1
          by: [alert.cell]
          sequence:
            within: 5m
            steps:
            - {not: a, match: {kind: smoke}} #! sequence/step:13
            - {as: b} #! sequence/step:12!
            - {as: c, match: {kind: smoke}, where: d.value > 3.0} #! cel/name:44
            - {as: d, match: {kind: smoke}}
          score: {public-safety: {points: '50.0', half_life: 5m}}
        - id: e.silent
          title: Silence
          status: active
          revision: 1
          match: {kind: heartbeat}
          by: [alert.cell]
          absence:
            expect: alert.kind #! cel/type:13
            fold: {by: sensor.gateway, share: 0.5, least: 4, into: f.down} #! fold/target:60!
          score: {public-safety: {points: '50.0', half_life: 5m}}
        - id: f.down
          title: Down
          status: active
          revision: 1
          folded_from: [e.silnt] #! rule/reference:17!
          by: [fold.key]
          score: {public-safety: {points: '50.0', half_life: 5m}}
        - id: g.copy
          extends: h.nothing #! rule/extends:12
        - id: a.windows #! rule/duplicate-id:7!
          title: Again
          status: draft
          revision: 1
          match: {kind: smoke} #! -
        """

    /// A file without its expectations, and those.
    private func expected(
        _ name: String, _ text: String
    ) -> (file: SourceFile, wanted: [(code: String, line: Int, column: Int, hasHint: Bool)]) {
        var (lines, wanted): ([String], [(String, Int, Int, Bool)]) = ([], [])
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let parts = line.components(separatedBy: " #! ")
            lines.append(parts[0])
            guard parts.count == 2, parts[1] != "-" else { continue }
            let mark = parts[1].split(separator: ":")
            let digits = mark[1].filter(\.isNumber)
            wanted.append((String(mark[0]), index + 1, Int(digits) ?? 0, mark[1].hasSuffix("!")))
        }
        return (SourceFile(path: name, text: lines.joined(separator: "\n") + "\n"), wanted)
    }

    @Test func `are all found in one run, each in its place`() {
        let catalog = expected("catalog.yaml", Self.catalog)
        let rules = expected("0.rules.yaml", Self.rules)
        let findings = RuleBook.check(RuleFiles(catalog: catalog.file, rules: [rules.file]))
        let wanted =
            catalog.wanted.map { ("catalog.yaml", $0) } + rules.wanted.map { ("0.rules.yaml", $0) }
        #expect(wanted.count >= 50)
        for (file, want) in wanted {
            let place = Place(file: file, line: want.line, column: want.column)
            let found = findings.first { $0.code.rawValue == want.code && $0.place == place }
            let near = findings.filter { $0.place.file == file && $0.place.line == want.line }
            #expect(found != nil, "\(file) \(want): \(near.map(\.text))")
            #expect(!want.hasHint || found?.hint != nil, "\(want) has no hint")
        }
    }
}
