import CEL
import Domain
import Scoring

/// What a condition has to give.
enum Wanted {
    case truth
    case number
    /// Anything that can be told from another: what a window counts the different values of.
    case scalar
    /// What a title can show.
    case text

    func accepts(_ type: CELType) -> Bool {
        switch self {
        case .truth: type == .bool
        case .number: type == .double || type == .int
        case .scalar: type == .bool || type == .int || type == .double || type == .string
        case .text: type == .bool || type == .int || type == .double || type == .string
        }
    }

    var phrase: String {
        switch self {
        case .truth: "must be true or false"
        case .number: "must be a number"
        case .scalar: "must be a text, a number, or true or false"
        case .text: "a title can show texts, numbers, true and false, and nothing else"
        }
    }
}

/// Compiles the conditions of all rules into one library, and reports what is wrong where it
/// stands.
struct ConditionCompiler: ~Copyable {
    var library = ProgramLibrary()
    var memory = SlotMemory()
    private(set) var programs: [TypedProgram] = []
    let findings: FindingList

    init(_ findings: FindingList) { self.findings = findings }

    /// The condition, or `.none` when it is left out or wrong.
    mutating func compile(
        _ source: Marked<String>?, _ wanted: Wanted, in scope: Scope
    ) -> Condition {
        guard let source else { return .none }
        return compile(source.value, at: 0, of: source, wanted, in: scope)
    }

    /// Compiles a stretch of a marked text that starts at its scalar `offset`.
    mutating func compile(
        _ text: String, at offset: Int, of source: Marked<String>, _ wanted: Wanted, in scope: Scope
    ) -> Condition {
        do {
            let compiled = try library.compile(text, in: scope.environment, memory: &memory)
            guard wanted.accepts(compiled.resultType) else {
                reportType(compiled.resultType, wanted, source.spot(at: offset, width: text.count))
                return .none
            }
            programs.append(compiled.program)
            return Condition(index: programs.count - 1)
        } catch {
            for item in error.items { report(item, text, offset, source, scope) }
            return .none
        }
    }

    private func reportType(_ type: CELType, _ wanted: Wanted, _ spot: Spot) {
        let isTitle = if case .text = wanted { true } else { false }
        findings.error(
            isTitle ? .templateType : .celType, "this is of type \(type): \(wanted.phrase)",
            at: spot)
    }

    private func report(
        _ item: Diagnostic, _ text: String, _ offset: Int, _ source: Marked<String>, _ scope: Scope
    ) {
        let (place, start) = scope.fragmentSource(item.sourceName) ?? (source, offset)
        let own = item.sourceName.isEmpty ? text : place.value
        var scalars = String(decoding: own.utf8.prefix(item.position.offset), as: UTF8.self)
            .unicodeScalars.count
        if item.code == .name { scalars = ConditionCompiler.nameStart(own, scalars) }
        let spot = place.spot(at: start + scalars, width: ConditionCompiler.width(own, scalars))
        findings.error(
            ConditionCompiler.code(item.code), item.message, at: spot,
            hint: item.hint ?? ConditionCompiler.hashHint(place))
    }

    /// A plain scalar ends before ` #`: what follows is a YAML remark, which may surprise.
    private static func hashHint(_ source: Marked<String>) -> String? {
        guard source.quote == .none else { return nil }
        let rest = source.spot.file.line(source.spot.line).unicodeScalars
            .dropFirst(source.spot.column - 1 + source.value.unicodeScalars.count)
        guard String(String.UnicodeScalarView(rest)).hasPrefix(" #") else { return nil }
        return "YAML takes ` #` and what follows for a remark; quote the condition to keep it"
    }

    /// A dotted name is pointed at where it starts, not at the part that is not known.
    private static func nameStart(_ text: String, _ offset: Int) -> Int {
        let before = text.unicodeScalars.prefix(offset).reversed()
        return offset - before.prefix { isPartOfName($0) }.count
    }

    private static func isPartOfName(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "." || scalar == "_" || scalar.properties.isAlphabetic
            || scalar.properties.numericType != nil
    }

    /// How long the name or number at a scalar offset is.
    private static func width(_ text: String, _ offset: Int) -> Int {
        max(1, text.unicodeScalars.dropFirst(offset).prefix { isPartOfName($0) }.count)
    }

    private static func code(_ code: Diagnostic.Code) -> FindingCode {
        switch code {
        case .syntax, .limit, .macro, .pattern: .celSyntax
        case .name, .field: .celName
        case .overload, .type: .celType
        case .intBesideDouble: .celIntDouble
        case .unsupported: .celUnsupported
        }
    }
}

extension ConditionCompiler {
    /// Whether a raise condition holds although nothing was sensed: every window empty, no alert.
    func holdsOnNothing(_ condition: Condition, _ windows: [WindowPlan]) -> Bool {
        guard condition.isSet else { return false }
        var slots = SlotFrame(count: RuleSlot.count)
        for (index, window) in windows.enumerated() {
            switch window.function {
            case .count, .distinct: slots[RuleSlot.firstWindow + index] = .int(0)
            default:
                if window.hasEmpty { slots[RuleSlot.firstWindow + index] = .double(window.empty) }
            }
        }
        let program = programs[Int(condition.index)]
        return library.evaluateBool(program, slots, memory) == .isTrue
    }
}
