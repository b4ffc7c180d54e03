import CEL
import Domain
import Scoring
import Tasking
import Testing

@testable import RuleBook

/// A catalog with a mode, attributes and a table, for rules of the whole language.
enum WholeBench {
    static let catalogText =
        RuleBench.catalogText + """
            alert: {attrs: {type: "map(string, dyn)", max: 32, default: {}}}
            tables:
              sensor: {key: id, columns: {period: duration, gateway: string, armed: bool, floor: int}}
            modes:
              normal: {}
              emergency: {enter: {when: 'city.score.public_safety > 50.0', hold: 5s}, sla_factor: 0.5}
            time: {lateness: 2s, zone: Asia/Shanghai}

            """

    static func files(_ rules: String) -> RuleFiles {
        var files = RuleBench.files(rules)
        files.catalog = SourceFile(path: "catalog.yaml", text: catalogText)
        files.tables["sensor"] = TableText([
            TableText.Row(key: "s1", values: ["period": "60s", "gateway": "g1", "floor": "3"])
        ])
        return files
    }

    static let head = "kind: rules\nversion: 1\n"

    static func rule(_ body: String, _ id: String = "a.rule") -> String {
        """
        - {id: \(id), title: A rule, status: active, revision: 1,
        \(body), score: {public-safety: {points: '50.0', half_life: 5m}}}

        """
    }
}

@Suite struct `The parts of the language` {
    private func load(_ rules: String...) throws -> RuleSet {
        try RuleBook.load(
            WholeBench.files(WholeBench.head + "rules:\n" + rules.joined()))
    }

    @Test func `read attributes by dot, by key, and with a question`() throws {
        let set = try load(
            WholeBench.rule(
                """
                match: {kind: smoke}, where: 'alert.attrs.b == "x" && alert.attrs["a"] == 1.0 &&
                alert.attrs[?"c"].orValue(false) && "d" in alert.attrs && has(alert.attrs.e)'
                """))
        let names = (0..<set.table.attributes.count).map { set.table.attributes.text($0) }
        #expect(names == ["a", "b", "c", "d", "e"])
    }

    @Test func `read columns of tables that some rule names`() throws {
        let set = try load(
            WholeBench.rule("match: {kind: smoke}, where: 'sensor.floor > 2 && sensor.armed'"))
        let lookup = set.table.lookups[0]
        #expect(lookup.columnCount == 2 && lookup.join == RuleSlot.alertSource.rawValue)
        let (armed, floor) = (set.table.rows[1], set.table.rows[2])
        #expect(armed.tag == .absent && floor.asInt == 3)
    }

    @Test func `read the areas of the cell by their hierarchies, after the columns`() throws {
        let set = try load(
            WholeBench.rule(
                """
                match: {kind: smoke}, by: [cell.areas.police],
                where: 'sensor.floor > 2 && cell.areas["fire-brigade"] == "f1"',
                windows: {n: {fn: count, over: 1m}}, raise: {when: w.n > 2}
                """))
        let names = (0..<set.table.areas.count).map { set.table.areas.text($0) }
        #expect(names == ["fire-brigade", "police"])
        #expect(set.table.firstArea == RuleSlot.firstColumn + 1)
        #expect(set.rules[0].keySlots == [UInt8(RuleSlot.firstColumn + 2)])
    }

    @Test func `refuse a hierarchy that the city has not, where the city is known`() throws {
        var files = WholeBench.files(
            WholeBench.head + "rules:\n"
                + WholeBench.rule("match: {kind: smoke}, where: 'cell.areas.polce == \"p1\"'"))
        #expect(RuleBook.check(files).isEmpty)
        files.hierarchies = ["fire", "police"]
        let finding = try #require(RuleBook.check(files).first)
        #expect(finding.code == .celName && finding.message.contains("no hierarchy `polce`"))
        #expect(finding.hint == "did you mean `police`?")
        files.hierarchies = []
        #expect(RuleBook.check(files).first?.hint?.contains("cells.hierarchies") == true)
        files.hierarchies = ["polce"]
        #expect(RuleBook.check(files).isEmpty)
    }

    @Test func `take an area for a text, which may be absent`() throws {
        func codes(_ body: String) throws -> [FindingCode] {
            RuleBook.check(
                WholeBench.files(
                    WholeBench.head + "rules:\n" + WholeBench.rule("match: {kind: smoke}, " + body))
            )
            .map(\.code)
        }
        let task = "task: {kind: fire-or-explosion, title: 'Fire in ${cell.areas.police}'}"
        #expect(try codes("where: 'cell.areas.police > 3'") == [.celType])
        #expect(try codes("where: 'has(cell.areas.police)', \(task)").isEmpty)
        #expect(try codes(task) == [.celUnguarded])
    }

    @Test func `keep state by columns, attributes and what is folded`() throws {
        let set = try load(
            WholeBench.rule(
                """
                match: {kind: smoke}, by: [sensor.gateway, alert.attrs.zone],
                windows: {n: {fn: count, over: 1m}}, raise: {when: w.n > 2}
                """))
        #expect(set.rules[0].keyNames == ["sensor.gateway", "alert.attrs.zone"])
        #expect(set.rules[0].keySlots == [38, 22])
    }

    @Test func `compare no more names in inhibits than tasks keep`() {
        func findings(_ names: Int) -> [FindingCode] {
            let inhibits = (0..<names).map {
                "- {id: i\($0), when: {rule: a.rule}, mute: {category: public-safety}, "
                    + "same: [alert.attrs.n\($0)]}\n"
            }
            let rule = """
                match: {kind: smoke}, by: [alert.cell], windows: {n: {fn: count, over: 1m}},
                raise: {when: w.n > 2}, clear: {when: w.n == 0}
                """
            let rules = "rules:\n" + WholeBench.rule(rule)
            let text = WholeBench.head + "inhibit:\n" + inhibits.joined() + rules
            return RuleBook.check(WholeBench.files(text)).filter { $0.level == .error }.map(\.code)
        }
        #expect(findings(16).isEmpty)
        #expect(findings(17).contains(.ruleLimit))
    }

    @Test func `match words beside kinds`() throws {
        var set = try load(
            WholeBench.rule(
                "match: {kind: smoke, state: [raise, update]}, where: alert.value > 1.0"))
        let filter = set.table.rules[0].filter
        #expect(filter.isSet)
        var slots = SlotFrame(count: RuleSlot.count)
        slots[Int(RuleSlot.alertValue.rawValue)] = .double(2)
        for (word, verdict) in [("raise", Verdict.isTrue), ("clear", .isFalse)] {
            slots[Int(RuleSlot.alertState.rawValue)] = set.table.memory.symbols.slot(word)
            let program = set.table.programs[Int(filter.index)]
            let judged = set.table.library.evaluateBool(program, slots, set.table.memory)
            #expect(judged == verdict, "\(word)")
        }
    }

    static let functions: [(String, WindowFunction)] = [
        ("sum", .sum), ("min", .min), ("first", .first), ("last", .last), ("stddev", .deviation),
        ("quantile(0.9)", .quantile), ("rate, per: 1m", .rate),
    ]

    @Test(arguments: functions)
    func `have windows of every function`(written: String, function: WindowFunction) throws {
        let set = try load(
            WholeBench.rule(
                """
                match: {kind: smoke}, by: [alert.cell],
                windows: {n: {fn: \(written), of: alert.value, over: 1m}, m: {fn: count, over: 1m}},
                raise: {when: 'has(w.n) && w.n > 2.0 && w.m > 0'}
                """))
        let window = set.table.windows[1]
        #expect(window.function == function)
        if function == .quantile { #expect(window.quantile == 0.9) }
        if function == .rate { #expect(window.per == .minutes(1)) }
        let raise = set.table.rules[0].raise
        #expect(raise.valueWindows == (function.countsToZero ? 0 : 2))
    }

    @Test func `extend a rule of their file and override single values`() throws {
        let set = try load(
            WholeBench.rule(
                """
                match: {kind: smoke}, by: [alert.cell], windows: {n: {fn: count, over: 5m}},
                raise: {when: w.n > 2, hold: 10s}, clear: {when: w.n == 0}
                """, "a.base"),
            """
            - id: b.derived
              extends: a.base
              override: {raise.hold: 20s, windows.n.over: 10m, score.public-safety.points: '60.0'}
              title: Derived
              status: active
              revision: 1
              match: {kind: temperature}

            """)
        let (base, derived) = (set.table.rules[0], set.table.rules[1])
        #expect(base.raise.hold == .seconds(10) && derived.raise.hold == .seconds(20))
        let windows = (set.table.windows[0].over, set.table.windows[1].over)
        #expect(windows == (.minutes(5), .minutes(10)))
        #expect(set.rules[1].kinds == ["temperature"])
        #expect(set.rules[0].hash != set.rules[1].hash)
    }

    @Test func `differ by mode in parameters, holds and half-lives`() throws {
        let set = try RuleBook.load(
            WholeBench.files(
                WholeBench.head + "param: {limit: {value: 5.0, range: [0.0, 9.0]}}\nrules:\n"
                    + WholeBench.rule(
                        """
                        match: {kind: smoke}, by: [alert.cell], where: alert.value > param.limit,
                        windows: {n: {fn: count, over: 5m}}, raise: {when: w.n > 2, hold: 10s},
                        modes: {emergency: {param.limit: 2.0, raise.hold: 0s,
                                            score.public-safety.half_life: 1h}}
                        """)))
        let (normal, emergency) = (set.table.rules[0], set.table.rules[1])
        #expect(normal.filter.index != emergency.filter.index)
        #expect(emergency.raise.hold == .zero && emergency.stateHash == normal.stateHash)
        let score = set.table.scores[emergency.firstScore]
        #expect(score.halfLife == .hours(1))
        #expect(score.identity == set.table.scores[normal.firstScore].identity)
        let mode = set.table.modes[1]
        #expect(mode.slaFactor == 0.5 && mode.enter.hold == .seconds(5))
        #expect(set.rules[0].conditions.contains { $0.mode == "emergency" && $0.part == "where" })
    }

    @Test func `keep what is gone, as retired`() throws {
        let task = "task: {kind: fire-or-explosion, title: Fire}"
        let before = try load(
            WholeBench.rule("match: {kind: smoke}, \(task)", "a.gone"),
            WholeBench.rule("match: {kind: smoke}", "b.stays")
        ).rules
        let after = try RuleBook.load(
            WholeBench.files(
                WholeBench.head + "rules:\n" + WholeBench.rule("match: {kind: smoke}", "b.stays")),
            after: before)
        #expect(after.rules.map(\.id) == ["b.stays", "a.gone"])
        let ghost = after.table.rules[1]
        #expect(ghost.isRetired && ghost.scoreCount == 1 && ghost.task >= 0)
        let routed = after.table.routeStarts[1]
        #expect(routed == 1)
        let kind = after.tasks.plans[ghost.task].kind
        #expect(after.tasks.texts.text(kind) == "fire-or-explosion")
        #expect(after.rules[1].status == .retired)
    }

    @Test func `compile what looks into a rule as if it stood there`() throws {
        var files = WholeBench.files(
            WholeBench.head + "rules:\n"
                + WholeBench.rule(
                    """
                    match: {kind: smoke}, by: [alert.cell], windows: {n: {fn: count, over: 5m}},
                    raise: {when: w.n > 2}
                    """))
        files.tests = []
        let place = SourceFile(path: "t.tests.yaml", text: "w.n\n")
        let probe = RuleProbe(rule: "a.rule", text: "w.n", file: place, line: 1, column: 1)
        let set = try RuleBook.load(files, LoadOptions(probes: [probe]))
        #expect(set.probes[0].isSet)
    }

    @Test func `join lists in titles`() throws {
        let set = try load(
            WholeBench.rule(
                """
                match: {kind: smoke}, by: [alert.cell],
                corroborate: {within: 5m, need: 1, distinct: alert.source, witnesses: {a: 'true'}},
                raise: {when: evidence.met},
                task: {kind: fire-or-explosion, title: 'By ${evidence.kinds.join(" and ")}'}
                """))
        let plan = set.tasks.plans[set.table.rules[0].task]
        let piece = set.tasks.pieces[plan.firstPiece + 1]
        #expect(set.tasks.texts.text(Int(piece.separator)) == " and ")
    }
}

@Suite struct `The hash of a rule's state` {
    static let text = """
        kind: rules
        version: 1
        param: {limit: {value: 5.0}}
        rules:
        - {id: a.rule, title: A, status: active, revision: 1, match: {kind: smoke}, by: [alert.cell],
           windows: {n: {fn: count, over: 5m, where: alert.value > param.limit}, m: {fn: count, over: 1m}},
           raise: {when: w.n > 2 && w.m > 1}, score: {public-safety: {points: '50.0', half_life: 5m}}}
        """

    static let changes: [(String, String, isSame: Bool)] = [
        ("w.n > 2", "w.n > 3", true), ("'50.0'", "'51.0'", true), ("title: A", "title: B", true),
        ("value: 5.0", "value: 6.0", true), ("kind: smoke", "kind: temperature", true),
        ("over: 5m", "over: 6m", false), ("[alert.cell]", "[alert.source]", false),
        ("m: {fn", "k: {fn", false), ("alert.value > param", "alert.value >= param", false),
        ("alert.value > param", "alert.value  >  param", true),
    ]

    @Test(arguments: changes)
    func `changes with what the state is made of, and nothing else`(
        from: String, to: String, isSame: Bool
    ) throws {
        func hash(_ text: String) throws -> UInt64 {
            let drafts = RuleDrafts(WholeBench.files(text), FindingList())
            return CanonicalForm(drafts.files[0].rules[0], in: drafts.files[0]).stateHash
        }
        let changed = Self.text.replacing(from, with: to)
        #expect(changed != Self.text)
        let (before, after) = (try hash(Self.text), try hash(changed))
        #expect((before == after) == isSame)
    }
}

@Suite struct `Mistakes in the new parts` {
    static let mistakes: [Mistake] = [
        Mistake(.celName, "match: {kind: smoke}, where: 'evidence.met'"),
        Mistake(.celName, "match: {kind: smoke}, where: 'sensor.nothing == 1'"),
        Mistake(.tableValue, "match: {kind: smoke}, where: 'sensor.gateway == \"g\"'"),
        Mistake(.ruleState, "match: {kind: smoke}, by: [alert.cell], folded_from: [b.rule]"),
        Mistake(
            .sequenceStep,
            """
            match: {kind: smoke}, by: [alert.cell], sequence: {within: 5m, steps: [{as: a},
            {as: a}]}
            """),
        Mistake(
            .absenceRoster,
            "match: {kind: smoke}, by: [alert.cell], absence: {expect: 60s, arm: roster}"),
        Mistake(.ruleMode, "match: {kind: smoke}, modes: {emergency: {by: [alert.cell]}}"),
        Mistake(.ruleMode, "match: {kind: smoke}, modes: {emergency: {raise.hold: 5s}}"),
        Mistake(.celType, "match: {kind: smoke}, where: 'alert.attrs[?\"a\"] == \"x\"'"),
        Mistake(.celCost, "match: {kind: smoke}, where: '\(expensive)'"),
        Mistake(.ruleAlwaysTrue, "match: {kind: smoke}, by: [alert.cell], raise: {when: 'true'}"),
        Mistake(.ruleDead, "match: {kind: smoke}, where: '1 > 2'"),
        Mistake(
            .corroborateUnused,
            """
            match: {kind: smoke}, by: [alert.cell], raise: {when: alert.value > 3.0},
            corroborate: {within: 5m, need: 1, distinct: alert.source, witnesses: {a: 'true'}}
            """),
    ]

    private static let expensive = Array(
        repeating: "alert.source.matches(\"a+b+c+\")", count: 90
    ).joined(separator: " || ")

    @Test(arguments: mistakes)
    func `are found`(mistake: Mistake) {
        var files = WholeBench.files(
            WholeBench.head + "rules:\n" + WholeBench.rule(mistake.body))
        if mistake.code == .tableValue {
            files.tables["sensor"] = TableText([
                TableText.Row(key: "a", values: [:]), TableText.Row(key: "a", values: [:]),
            ])
        }
        let findings = RuleBook.check(files)
        #expect(
            findings.contains { $0.code == mistake.code }, "\(findings.map(\.text))")
    }

    @Test func `units that differ are told`() {
        let text = """
            kind: rules
            version: 1
            param: {hot: {value: 60.0, unit: K}, thick: {value: 0.5, unit: "1"}}
            rules:
            - {id: a.rule, title: A, status: active, revision: 1, by: [alert.cell],
               match: {kind: [smoke, temperature]},
               windows: {t: {fn: max, of: alert.value, over: 5m, where: alert.kind == "temperature"},
                         s: {fn: count, over: 5m, where: alert.kind == "smoke" && alert.value > param.thick}},
               raise: {when: 'w.s > 0 && has(w.t) && w.t > param.hot'},
               score: {public-safety: {points: '50.0', half_life: 5m}}}
            """
        let findings = RuleBook.check(RuleBench.files(text))
        #expect(findings.map(\.code) == [.ruleUnit])
        #expect(findings.first?.place.line == 9)
    }

    @Test func `values that may be absent are told where they show`() {
        let body = "match: {kind: smoke}, task: {kind: fire-or-explosion, title: '${alert.value}'}"
        let text = WholeBench.head + "rules:\n" + WholeBench.rule(body)
        #expect(RuleBook.check(WholeBench.files(text)).map(\.code) == [.celUnguarded])
        let guarded = text.replacing("match: {", with: "where: has(alert.value), match: {")
        #expect(RuleBook.check(WholeBench.files(guarded)).isEmpty)
    }

    @Test func `tables are read as CSV`() throws {
        let text = "id,period,gateway\r\ns1,60s,\"a, \"\"b\"\"\"\r\n\ns2,,g2\n"
        let table = try TableText.csv(text, key: "id")
        #expect(table.rows.map(\.key) == ["s1", "s2"])
        #expect(table.rows[0].values == ["id": "s1", "period": "60s", "gateway": "a, \"b\""])
        #expect(table.rows[1].values["period"] == nil && table.rows[1].line == 4)
        #expect(throws: TableMistake.self) { _ = try TableText.csv(text, key: "code") }
        #expect(throws: TableMistake.self) { _ = try TableText.csv("id,a\nx\n", key: "id") }
        let open = "id,a\nx,\"y\n"
        let mistake = #expect(throws: TableMistake.self) { _ = try TableText.csv(open, key: "id") }
        #expect(mistake?.line == 2 && mistake?.message.contains("never closed") == true)
    }
}
