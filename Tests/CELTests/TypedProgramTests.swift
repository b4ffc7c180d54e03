import CEL
import Testing

@Suite("Typed programs")
struct TypedProgramTests {
    private static let yes = Verdict.isTrue
    private static let no = Verdict.isFalse

    @Test(
        "A condition over slots has the truth the specification gives it",
        arguments: [
            ("true", yes), ("false", no), ("isOpen", yes), ("!isOpen", no), ("!!isOpen", yes),
            ("severity >= 3", yes), ("severity > 4", no), ("severity <= 4", yes),
            ("severity < 4", no), ("severity == 4", yes), ("severity != 4", no),
            ("3 <= severity", yes), ("5 < severity", no), ("-4 < severity", yes),
            ("count == 5u", yes), ("count > 5u", no), ("count >= 5u", yes), ("count < 6u", yes),
            ("heat > 91.0", yes), ("heat >= 91.5", yes), ("heat < 91.5", no),
            ("heat == 91.5", yes), ("heat != 91.5", no), ("heat <= 91.5", yes),
            ("heat > 91", yes), ("heat * 2 == 183", yes), ("heat in [1, 91.5]", yes),
            ("alert.kind == 'smoke'", yes), ("alert.kind != 'smoke'", no),
            ("'smoke' == alert.kind", yes), ("alert.kind < 'smoker'", yes),
            ("alert.kind in ['gas', 'smoke']", yes), ("alert.kind in ['gas']", no),
            ("!(alert.kind in [])", yes), ("severity in [1, 2, 3]", no),
            ("severity in [1,2,3,4,5,6,7,8,9,10,11,12,13]", yes),
            ("severity + 1 == 5 && severity - 1 == 3 && severity * 2 == 8", yes),
            ("severity / 3 == 1 && severity % 3 == 1 && -severity == -4", yes),
            ("count + 1u == 6u && count / 2u == 2u && count % 2u == 1u", yes),
            ("heat + 0.5 == 92.0 && heat - 0.5 == 91.0 && heat / 2.0 == 45.75", yes),
            ("severity > 3 ? heat > 90.0 : isOpen", yes), ("(severity > 4 ? 1 : 2) == 2", yes),
            ("severity > 3 == isOpen", yes), ("(severity > 3 && isOpen) == isOpen", yes),
            ("double(severity) < heat && int(heat) == 91 && uint(severity) == 4u", yes),
            ("severity < heat && heat > count && count > severity", yes),
            ("dyn(4) == severity && dyn(4.0) == severity && dyn('4') != severity", yes),
            ("anything == 4 && anything > 3 && anything < 4.5 && anything + 1 == 5", yes),
            ("anything == 'smoke'", no), ("anything in [3, 4.0]", yes),
            ("anything in ['a']", no),
        ])
    func truth(_ text: String, _ expected: Verdict) throws {
        var bench = TypedBench()
        #expect(try bench.verdict(text) == expected)
    }

    @Test(
        "A failure is absorbed by what decides without it, on either side",
        arguments: [
            ("failed", Verdict.error(.overflow)), ("missing == 1", .error(.noSuchField)),
            ("false && failed", no), ("failed && false", no), ("true || failed", yes),
            ("failed || true", yes), ("failed || false", .error(.overflow)),
            ("failed && true", .error(.overflow)), ("false || failed", .error(.overflow)),
            ("!failed || true", yes), ("!(failed && false)", yes),
            ("failed ? true : true", .error(.overflow)),
            ("(failed && isOpen) || isOpen", yes), ("(failed || isOpen) && !isOpen", no),
            ("(missing == 1 || failed) || isOpen", yes),
            ("(failed && (missing == 1 && (isOpen && false)))", no),
            ("((failed || false) && true) || ((false || failed) && false)", .error(.overflow)),
            ("isOpen || failed && failed", yes), ("isOpen ? true : failed", yes),
            ("alert.confidence > 0.5", .error(.noSuchField)),
            ("has(alert.confidence)", no), ("has(alert.kind)", yes),
            ("has(alert.confidence) && alert.confidence > 0.5", no),
            ("!has(alert.confidence) || alert.confidence > 0.5", yes),
            ("severity / 0 == 1", .error(.divisionByZero)),
            ("severity % 0 == 1", .error(.divisionByZero)), ("heat / 0.0 > 1.0", yes),
            ("count - 6u == 0u", .error(.overflow)),
            ("severity + 9223372036854775807 > 0", .error(.overflow)),
            ("severity * 9223372036854775807 > 0", .error(.overflow)),
            ("-severity - 9223372036854775807 > 0", .error(.overflow)),
            ("(-9223372036854775807 - 1) / (severity - 5) > 0", .error(.overflow)),
            ("int(heat * 1e300) > 0", .error(.outOfRange)),
            ("uint(-heat) > 0u", .error(.outOfRange)),
            ("anything > 'a'", .error(.noSuchOverload)),
            ("anything && true", .error(.noSuchOverload)),
            ("anything && false", no), ("anything + 'a'.size() == 5", yes),
        ])
    func failures(_ text: String, _ expected: Verdict) throws {
        var bench = TypedBench()
        #expect(try bench.verdict(text) == expected)
    }

    @Test("Values that are no numbers equal nothing and are in no order")
    func notANumber() throws {
        var bench = TypedBench()
        bench.slots[2] = .double(.nan)
        for text in ["heat == heat", "heat < 1.0", "heat >= 1.0", "heat > 1.0", "heat <= 1.0"] {
            #expect(try bench.verdict(text) == .isFalse, "\(text)")
        }
        #expect(try bench.verdict("heat != heat && !(heat < 1.0) && !(heat == 1)") == .isTrue)
    }

    @Test(
        "A whole number beside a double compares as a double",
        arguments: [
            (Slot.int(9_007_199_254_740_993), 9_007_199_254_740_992.0, SlotRelation.equal),
            (.int(.max), 0x1p63, .equal), (.int(.min), -0x1p63, .equal),
            (.uint(.max), 0x1p64, .equal),
            (.int(3), 2.5, .greater),
            (.uint(0), -0.5, .greater), (.int(-1), -0.5, .less), (.int(1), .infinity, .less),
            (.int(1), -.infinity, .greater), (.int(0), -0.0, .equal),
        ])
    func mixedNumbers(_ whole: Slot, _ number: Double, _ relation: SlotRelation) throws {
        var bench = TypedBench()
        bench.slots[9] = whole
        bench.slots[2] = .double(number)
        #expect(try bench.verdict("anything < heat") == (relation == .less ? .isTrue : .isFalse))
        #expect(try bench.verdict("heat < anything") == (relation == .greater ? .isTrue : .isFalse))
        #expect(try bench.verdict("anything == heat") == (relation == .equal ? .isTrue : .isFalse))
    }

    enum SlotRelation { case less, equal, greater }

    @Test(
        "Strings are searched in place",
        arguments: [
            ("alert.kind.startsWith('smo')", yes), ("alert.kind.startsWith('smoker')", no),
            ("alert.kind.startsWith('')", yes), ("alert.kind.endsWith('oke')", yes),
            ("alert.kind.endsWith('smo')", no), ("text.contains('gate 4')", yes),
            ("text.contains('тревога')", yes), ("text.contains('gate 5')", no),
            ("text.contains('')", yes), ("text.contains('4 —')", yes),
            ("''.contains('a')", no), ("text.contains(alert.kind)", no),
            ("size(text) == 27 && text.size() == 27", yes), ("size('') == 0", yes),
        ])
    func text(_ text: String, _ expected: Verdict) throws {
        var bench = TypedBench()
        #expect(try bench.verdict(text) == expected)
    }

    @Test(
        "Loops end at what decides, and hold failures until then",
        arguments: [
            ("tags.exists(t, t == 'fire')", yes), ("tags.exists(t, t == 'rain')", no),
            ("'fire' in tags", yes), ("tags.exists(t, t.startsWith('ga'))", yes),
            ("tags.all(t, t.size() > 3)", yes), ("tags.all(t, t != 'night')", no),
            ("numbers.exists_one(n, n == 4)", yes), ("numbers.exists_one(n, n == 1)", no),
            ("numbers.exists(n, 10 / (n - 3) == 10)", yes),
            ("numbers.all(n, 10 / (n - 3) > 100)", no),
            ("numbers.all(n, 10 / (n - 3) < 100)", .error(.divisionByZero)),
            ("numbers.exists_one(n, 10 / (n - 3) == 10)", .error(.divisionByZero)),
            ("numbers.exists(n, n > 100 || failed)", .error(.overflow)),
            ("numbers.exists(n, n > 4 || failed)", yes),
            ("size(numbers.filter(n, n > 2)) == 3", yes), ("size(numbers) == 5", yes),
            ("numbers.exists(i, v, i == 2 && v == 4)", yes),
            ("numbers.exists(a, tags.exists(t, size(t) == a))", yes),
            ("numbers[2] == 4 && tags[0] == 'indoor'", yes),
            ("numbers[9] == 1", .error(.indexOutOfRange)),
            ("[1, 2, 3].exists(n, n == severity - 1)", yes), ("[].all(x, failed)", yes),
            ("mixed.exists(x, x == 2)", yes), ("mixed.exists(x, x > 1)", yes),
            ("mixed.all(x, x > 0)", .error(.noSuchOverload)),
            ("payload.exists(k, k == 'level')", yes), ("payload.exists(k, v, v == 2)", yes),
            ("size(payload) == 2 && 'attrs' in payload && !('x' in payload)", yes),
            ("cel.bind(x, severity + 1, x * x == 25)", yes),
        ])
    func loops(_ text: String, _ expected: Verdict) throws {
        var bench = TypedBench()
        #expect(try bench.verdict(text) == expected)
    }

    @Test(
        "Fields of maps are found by symbol",
        arguments: [
            ("payload.attrs.temp > 60.0", yes), ("has(payload.attrs.temp)", yes),
            ("has(payload.attrs.smell)", no), ("payload.attrs.level in ['red', 'orange']", yes),
            ("payload['attrs']['temp'] > 70", yes), ("payload.level == 2", yes),
            ("payload.smell == 2", .error(.noSuchKey)),
            ("has(payload.smell.x)", .error(.noSuchKey)),
            ("alert.?confidence.orValue(1) == 1.0 && payload.?level.orValue(0) == 2", yes),
            ("payload.?attrs.?temp.orValue(0.0) > 71.0 && payload.?attrs.temp.hasValue()", yes),
            ("payload.?smell.?x.hasValue() || alert.?confidence.hasValue()", no),
            ("payload.?smell.x.y.orValue('none') == 'none'", yes),
            ("payload.attrs == payload.attrs && payload.attrs != payload", yes),
            ("{'a': 1, 'b': 2}['b'] == 2 && {1: 'x'}[1] == 'x' && 2 in {2: 3}", yes),
        ])
    func maps(_ text: String, _ expected: Verdict) throws {
        var bench = TypedBench()
        #expect(try bench.verdict(text) == expected)
    }

    @Test(
        "Time is counted in nanoseconds and cut into parts",
        arguments: [
            ("now - now == now - now && now + hold > now && now - hold < now", yes),
            ("(now + hold) - now == hold && hold + hold > hold", yes),
            ("now.getFullYear() == 2023 && now.getMonth() == 10 && now.getDate() == 14", yes),
            (
                "now.getDayOfMonth() == 13 && now.getDayOfWeek() == 2 && now.getDayOfYear() == 317",
                yes
            ),
            ("now.getHours() == 22 && now.getMinutes() == 13 && now.getSeconds() == 20", yes),
            ("now.getHours('+08:00') == 6 && now.getDate('+08:00') == 15", yes),
            ("now.getHours('-02:30') == 19 && now.getMilliseconds() == 123", yes),
            (
                "now > timestamp('2023-11-14T22:13:20Z')",
                yes
            ),
            (
                "hold == duration('1m30s') && now < timestamp('2023-11-15T00:00:00+01:00')",
                yes
            ),
            ("hold.getMinutes() == 1 && hold.getSeconds() == 90", yes),
            ("int(now) == 1700000000", yes),
        ])
    func time(_ text: String, _ expected: Verdict) throws {
        var bench = TypedBench()
        #expect(try bench.verdict(text) == expected)
    }

    @Test(
        "The math library works on any number",
        arguments: [
            ("math.greatest(1, severity, 3) == 4 && math.least(heat, 3) == 3.0", yes),
            (
                "math.abs(-severity) == 4 && math.abs(-heat) == 91.5 && math.sign(-heat) == -1.0",
                yes
            ),
            (
                "math.ceil(heat) == 92.0 && math.floor(heat) == 91.0 && math.trunc(-heat) == -91.0",
                yes
            ),
            (
                "math.round(heat) == 92.0 && math.round(-heat) == -92.0 && math.sqrt(4.0) == 2.0",
                yes
            ),
            ("math.isNaN(heat) || math.isInf(heat) || !math.isFinite(heat)", no),
            ("math.isInf(heat / 0.0) && math.isNaN(0.0 / (heat * 0.0))", yes),
            (
                "math.bitAnd(severity, 6) == 4 && math.bitOr(severity, 1) == 5",
                yes
            ),
            ("math.bitXor(severity, 5) == 1 && math.bitNot(severity) == -5", yes),
            ("math.bitShiftLeft(severity, 2) == 16", yes),
            ("math.bitShiftRight(severity, 1) == 2 && math.bitShiftLeft(severity, 64) == 0", yes),
            ("math.bitShiftLeft(severity, -severity) == 0", .error(.outOfRange)),
        ])
    func math(_ text: String, _ expected: Verdict) throws {
        var bench = TypedBench()
        #expect(try bench.verdict(text) == expected)
    }

    @Test("A program answers values as well as verdicts")
    func values() throws {
        var bench = TypedBench()
        let score = try bench.compile(
            "heat * (0.5 + 0.1 * double(severity)) + (isOpen ? 0.5 : 0.0)")
        #expect(score.resultType == .double && score.reads == [0, 2, 3])
        #expect(
            try bench.library.evaluateDouble(score.program, bench.slots, bench.memory) == 91.5 * 0.9
                + 0.5)
        let sum = try bench.compile("severity + missing")
        #expect(throws: EvaluationFailure.noSuchField) {
            try bench.library.evaluateInt(sum.program, bench.slots, bench.memory)
        }
        #expect(try bench.value("alert.kind").asSymbol == bench.memory.symbols.intern("smoke"))
        #expect(try bench.value("severity > 3").asBool)
        #expect(try bench.value("missing").failure == .noSuchField)
    }

    @Test("The bound of steps grows with the loops inside each other")
    func stepBounds() throws {
        var bench = TypedBench()
        let flat = try bench.compile("severity > 3")
        let nested = try bench.compile("numbers.exists(a, tags.exists(t, size(t) == a))")
        #expect(flat.loopDepth == 0 && flat.stepsMax(elements: 100) == flat.stepCount)
        #expect(nested.loopDepth == 2 && nested.stepsMax(elements: 10) == nested.stepCount * 100)
    }

    @Test("Slots that are too few lack the field")
    func tooFewSlots() throws {
        var bench = TypedBench()
        let compiled = try bench.compile("heat > 1.0")
        #expect(bench.decide(compiled.program, SlotFrame([.int(1)])) == .error(.noSuchField))
    }
}
