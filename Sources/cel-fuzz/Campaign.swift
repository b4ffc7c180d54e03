import CEL
import Glibc

/// One run of the fuzzer.
struct Campaign {
    private let options: Options
    private let environment: Environment
    private let values: [String: Value]
    private var mutator = Mutator()
    private var counts = Counts()

    private struct Counts {
        var parsed: UInt64 = 0
        var checked: UInt64 = 0
        var evaluated: UInt64 = 0
        var compared: UInt64 = 0
    }

    private static let variables: [(name: String, type: CELType, value: Value)] = [
        ("b", .bool, .bool(true)), ("isOpen", .bool, .bool(false)), ("i", .int, .int(3)),
        ("severity", .int, .int(-4)), ("u", .uint, .uint(5)), ("d", .double, .double(91.5)),
        ("heat", .double, .double(-0.0)), ("s", .string, .string("smoke")),
        ("kind", .string, .string("ä")), ("li", .list(.int), .list([.int(1), .int(0), .int(-7)])),
        ("tags", .list(.string), .list([.string("a"), .string("smoke")])),
        ("t", .timestamp, .timestamp(TimestampValue(seconds: 1_700_000_000, nanoseconds: 5))),
        ("span", .duration, .duration(DurationValue(nanoseconds: 5_400_000_000_000))),
    ]

    init(_ options: Options) {
        self.options = options
        var environment = Environment(libraries: FunctionLibrary.all, types: DescriptorPool())
        var values: [String: Value] = [:]
        for variable in Self.variables {
            environment.declare(variable.name, variable.type)
            values[variable.name] = variable.value
        }
        var map = MapValue()
        if map.insert(MapKey("k"), .int(9)) { values["m"] = .map(map) }
        environment.declare("m", .map(.string, .int))
        self.environment = environment
        self.values = values
    }

    /// Runs all inputs; false after a finding.
    mutating func run() -> Bool {
        for input in options.start..<options.start + options.iterations {
            if input % 250_000 == 0 { report(input) }
            let dice = Dice(seed: options.seed, input: input)
            let text = self.text(dice)
            if options.showsInputs { print("input \(input): \(text)") }
            guard let finding = examine(text) else { continue }
            print("FINDING at input \(input) of seed \(options.seed): \(finding)\n\(text)")
            return false
        }
        print(
            "clean: \(options.iterations) inputs, \(counts.parsed) parsed, \(counts.checked) "
                + "checked, \(counts.evaluated) with a value, \(counts.compared) compared")
        return true
    }

    /// Says how far it is at once: after a crash the last number is the place to look.
    private func report(_ input: UInt64) {
        print("input \(input)")
        fflush(nil)
    }

    private mutating func text(_ dice: Dice) -> String {
        var dice = dice
        if options.isDifferential || dice.oneIn(3) { return Generator.text(dice) }
        return mutator.text(&dice)
    }

    /// What is wrong with how an input is taken, or nil.
    private mutating func examine(_ text: String) -> String? {
        let source = Source(text)
        let parsed: ParsedExpression
        do throws(Diagnostic) {
            parsed = try environment.parse(source)
        } catch {
            return misplaced(error, in: source)
        }
        counts.parsed += 1
        let checked: CheckedExpression
        do throws(Diagnostics) {
            checked = try environment.check(parsed)
        } catch {
            return error.items.compactMap { misplaced($0, in: source) }.first
        }
        counts.checked += 1
        return evaluated(checked, text)
    }

    /// A diagnostic has to point into the text and name a line that is there.
    private func misplaced(_ diagnostic: Diagnostic, in source: Source) -> String? {
        let position = diagnostic.position
        let isInside = position.offset <= source.text.utf8.count && position.column >= 1
        let isPlaced = isInside && source.lineText(position.line) == diagnostic.lineText
        return isPlaced && !diagnostic.description.isEmpty ? nil : "misplaced \(diagnostic.message)"
    }

    private mutating func evaluated(_ checked: CheckedExpression, _ text: String) -> String? {
        var program = Program(checked, in: environment)
        program.iterationsMax = 2000
        let bound = checked.costBound(DeclaredSizes(otherwise: 64))
        var outcome: Value?
        do throws(EvaluationError) {
            outcome = try program.evaluate(values)
            counts.evaluated += 1
        } catch {
            guard error.code != .iterationLimit else { return nil }
            if error.offset > text.utf8.count { return "an error outside of the text" }
        }
        guard bound.steps > 0 else { return "no cost" }
        return options.isDifferential ? difference(outcome, text) : nil
    }

    private mutating func difference(_ walked: Value?, _ text: String) -> String? {
        switch (TypedRun(environment).evaluate(text, values), walked) {
        case (.notTyped, _): return nil
        case (.failure, nil):
            counts.compared += 1
            return nil
        case (.value(let typed), .some(let walked)):
            counts.compared += 1
            let isSame = typed.type == walked.type && (typed == walked || "\(typed)" == "\(walked)")
            return isSame ? nil : "typed \(typed), walked \(walked)"
        case (.failure(let failure), .some(let walked)): return "typed \(failure), walked \(walked)"
        case (.value(let typed), nil): return "typed \(typed), walked an error"
        }
    }
}
