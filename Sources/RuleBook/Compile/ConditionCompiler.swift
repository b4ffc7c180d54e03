import CEL
import Domain
import Scoring

/// What a condition has to give.
enum Wanted {
    case truth
    case number
    case duration
    /// Anything that can be told from another: what a window counts the different values of.
    case scalar
    /// What a text of a task can show.
    case text
    /// A list of texts, to be joined.
    case list
    /// Whatever it gives.
    case anything

    /// What only the value tells is taken: the engine looks when it runs.
    func accepts(_ type: CELType) -> Bool {
        switch self {
        case .truth: type == .bool || type == .dyn
        case .number: type == .double || type == .int || type == .dyn
        case .duration: type == .duration || type == .dyn
        case .scalar: [.bool, .int, .double, .string, .dyn].contains(type)
        case .text:
            [.bool, .int, .double, .string, .timestamp, .duration, .dyn].contains(type)
        case .list: type == .list(.string) || type == .dyn
        case .anything: true
        }
    }

    var phrase: String {
        switch self {
        case .truth: "must be true or false"
        case .number: "must be a number"
        case .duration: "must be a length of time"
        case .scalar: "must be a text, a number, or true or false"
        case .text: "a text can show texts, numbers, times, true and false, and nothing else"
        case .list: "only a list of texts can be joined"
        case .anything: ""
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
    let cost: CostCheck
    /// What was compiled of the rule at hand, for tools.
    private(set) var facts: [ConditionFact] = []
    /// The mode that is being compiled.
    var mode = "normal"

    init(_ findings: FindingList, costMax: Int) {
        self.findings = findings
        cost = CostCheck(findings: findings, costMax: costMax)
    }

    mutating func takeFacts() -> [ConditionFact] {
        defer { facts = [] }
        return facts
    }

    /// The condition, or `.none` when it is left out or wrong.
    mutating func compile(
        _ source: Marked<String>?, _ wanted: Wanted, in scope: Scope, part: String
    ) -> Condition {
        guard let source else { return .none }
        return compile(source.value, at: 0, of: source, wanted, in: scope, part: part)
    }

    /// Compiles a stretch of a marked text that starts at its scalar `offset`.
    mutating func compile(
        _ text: String, at offset: Int, of source: Marked<String>, _ wanted: Wanted,
        in scope: Scope, part: String
    ) -> Condition {
        let condition = compileBare(text, at: offset, of: source, wanted, in: scope)
        if condition.isSet { note(text, offset, source, part, scope, condition) }
        return condition
    }

    private mutating func note(
        _ text: String, _ offset: Int, _ source: Marked<String>, _ part: String, _ scope: Scope,
        _ condition: Condition
    ) {
        let place = source.spot(at: offset, width: 1)
        let expanded = scope.expanded(text)
        cost.check(expanded, scope, at: source.spot(at: offset, width: text.count))
        facts.append(
            ConditionFact(
                part: part, mode: mode, text: text, expanded: expanded, place: place.place,
                program: condition))
    }

    private mutating func compileBare(
        _ text: String, at offset: Int, of source: Marked<String>, _ wanted: Wanted,
        in scope: Scope
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

    /// A condition of the loader's own making, whose parts were compiled before.
    mutating func compile(own text: String, in scope: Scope) -> Condition {
        do {
            programs.append(
                try library.compile(text, in: scope.environment, memory: &memory).program)
            return Condition(index: programs.count - 1)
        } catch {
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
        let width = ConditionCompiler.width(own, scalars)
        let name = String(
            String.UnicodeScalarView(own.unicodeScalars.dropFirst(scalars).prefix(width)))
        let spot = place.spot(at: start + scalars, width: width)
        findings.error(
            ConditionCompiler.code(item.code), item.message, at: spot,
            hint: ConditionCompiler.placeHint(item.code, name) ?? item.hint
                ?? ConditionCompiler.hashHint(place))
    }

    /// Why a name of the language is not known where it is read.
    private static func placeHint(_ code: Diagnostic.Code, _ name: String) -> String? {
        guard code == .name else { return nil }
        switch name.prefix(while: { $0 != "." }) {
        case "evidence": return "`evidence` is there after `corroborate`: not in `where`"
        case "absence": return "`absence` is only of a rule with `absence`"
        case "fold": return "`fold` is only of a rule with `folded_from`"
        case "alert" where name.hasPrefix("alert.attrs"):
            return "declare them in the catalog: alert: {attrs: {type: \"map(string, dyn)\"}}"
        default: return nil
        }
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
    /// What a condition over constants always is; nil when it depends on anything.
    func constant(_ condition: Condition) -> Bool? {
        guard condition.isSet else { return nil }
        let slots = SlotFrame(count: RuleSlot.count)
        switch library.evaluateBool(programs[Int(condition.index)], slots, memory) {
        case .isTrue: return true
        case .isFalse: return false
        default: return nil
        }
    }

    /// Whether a raise condition holds although nothing was sensed: every window empty, no witness,
    /// no alert.
    func holdsOnNothing(
        _ condition: Condition, _ windows: [WindowPlan], _ neighbours: [NeighbourPlan]
    ) -> Bool {
        guard condition.isSet else { return false }
        var slots = SlotFrame(count: RuleSlot.count)
        for (index, window) in windows.enumerated() {
            switch window.function {
            case .count, .distinct: slots[RuleSlot.firstWindow + index] = .int(0)
            case .sum: slots[RuleSlot.firstWindow + index] = .double(0)
            default:
                if window.hasEmpty { slots[RuleSlot.firstWindow + index] = .double(window.empty) }
            }
        }
        for (index, near) in neighbours.enumerated() {
            let place = RuleSlot.firstNeighbour + index
            slots[place] = near.function == .count ? .int(0) : .double(near.empty)
        }
        slots[Int(RuleSlot.evidenceMet.rawValue)] = .bool(false)
        slots[Int(RuleSlot.evidenceCount.rawValue)] = .int(0)
        slots[Int(RuleSlot.evidenceConfidence.rawValue)] = .double(0)
        let program = programs[Int(condition.index)]
        return library.evaluateBool(program, slots, memory) == .isTrue
    }
}
