import CEL
import Domain
import Scoring

/// What the conditions of one rule may name.
struct Scope {
    private(set) var environment: TypedEnvironment
    /// The names of values, with their slots: what tools show.
    private(set) var names: [NameFact] = []
    /// Named conditions and parameters by their full names, as texts.
    private(set) var texts: [String: String] = [:]
    /// The named conditions, by their full names, for findings inside of them and for looking
    /// through them.
    private var defines: [String: Marked<String>] = [:]
    private(set) var fragments: [String: Expr] = [:]

    /// The names that all rules of a file share. Mistakes in named conditions are reported here,
    /// once.
    init(_ file: RuleFileDraft, _ slots: SlotNames, _ findings: FindingList) {
        environment = TypedEnvironment()
        for define in file.defines {
            let name = "define.\(define.name.value)"
            defines[name] = define.source
            fragments[name] = ConditionText.parse(define.source.value)
            texts[name] = "(\(define.source.value))"
        }
        environment.open(SlotNames.attributePrefix)
        environment.open(SlotNames.areaPrefix)
        for (name, entry) in slots.entries.sorted(by: { $0.value.slot < $1.value.slot }) {
            declare(name, entry.type, entry.slot)
        }
        for (name, value) in ConditionNames.constants { set(name, value) }
        for param in file.params { set(param.name.value, param.value) }
        for (name, source) in defines { define(name, source, findings) }
    }

    /// What the catalog's modes are entered and left by: the city as a whole.
    init(cityOf slots: SlotNames) {
        environment = TypedEnvironment()
        for (name, entry) in slots.entries where name.hasPrefix("city.") || name == "mode" {
            declare(name, entry.type, entry.slot)
        }
        for (name, value) in ConditionNames.constants { set(name, value) }
    }

    /// The same with the rule's own id, and what a mode makes of the parameters.
    func named(_ rule: RuleDraft, _ override: ModeOverride?) -> Scope {
        var scope = self
        scope.set("rule.id", .string(rule.id.value))
        scope.texts["rule.id"] = "\"\(rule.id.value)\""
        for (name, value) in override?.params ?? [] { scope.set(name.value, value) }
        return scope
    }

    /// The same with the fields of steps that were taken, in their order.
    func withSteps(_ steps: ArraySlice<String>) -> Scope {
        var scope = self
        for (capture, name) in steps.enumerated() {
            for (slot, type) in ConditionNames.slots where slot.isAlertField {
                let field = slot.name.dropFirst("alert.".count)
                scope.declare(
                    "\(name).\(field)", type,
                    RuleSlot.firstStep + capture * RuleSlot.alertFieldCount + Int(slot.rawValue))
            }
        }
        return scope
    }

    /// The same with what is known once the alert was taken in: windows, neighbours, evidence.
    func judged(_ rule: RuleDraft) -> Scope {
        var scope = self
        for (index, window) in rule.windows.prefix(RulePlan.windowsMax).enumerated() {
            scope.declare(
                "w.\(window.name.value)", ConditionNames.type(of: window.function),
                RuleSlot.firstWindow + index)
        }
        for (index, near) in rule.neighbours.prefix(RulePlan.neighboursMax).enumerated() {
            scope.declare(
                near.name.value, near.function == .count ? .int : .double,
                RuleSlot.firstNeighbour + index)
        }
        for (prefix, isThere) in [
            ("evidence.", rule.corroboration != nil), ("absence.", rule.absence != nil),
            ("fold.", !rule.foldedFrom.isEmpty),
        ] where isThere {
            for slot in RuleSlot.allCases where slot.name.hasPrefix(prefix) {
                scope.declare(slot.name, ConditionNames.type(of: slot), Int(slot.rawValue))
            }
        }
        let captured = rule.sequence?.captures ?? []
        return scope.withSteps(captured[...])
    }

    func fragmentSource(_ name: String) -> (Marked<String>, Int)? {
        defines[name].map { ($0, 0) }
    }

    /// The text with named conditions, parameters and the rule's id written out.
    func expanded(_ text: String) -> String {
        var result = text
        for _ in 0..<8 {
            let next = NameExpansion.expand(result, texts)
            if next == result || next.utf8.count > 65_536 { break }
            result = next
        }
        return result
    }

    /// The text with named conditions written out, and nothing else.
    func withDefines(_ text: String) -> String {
        let defines = texts.filter { $0.key.hasPrefix("define.") }
        var result = text
        for _ in 0..<8 where result.contains("define.") && result.utf8.count < 65_536 {
            result = NameExpansion.expand(result, defines)
        }
        return result
    }

    private mutating func declare(_ name: String, _ type: CELType, _ slot: Int) {
        environment.declare(name, type, slot: slot)
        names.append(NameFact(name: name, type: type, slot: slot))
    }

    private mutating func set(_ name: String, _ value: Param.Value) {
        set("param.\(name)", value.constant)
        texts["param.\(name)"] = value.text.hasPrefix("-") ? "(\(value.text))" : value.text
    }

    /// Numbers and texts always fit a slot.
    private mutating func set(_ name: String, _ value: Value) {
        do {
            try environment.define(name, value)
        } catch {
            preconditionFailure("\(name) does not fit a slot: \(error)")
        }
    }

    /// Adds a condition under a name of the loader's own, for joining it to another.
    mutating func define(_ name: String, _ source: Marked<String>, _ findings: FindingList) {
        defines[name] = source
        do {
            try environment.define(name, fragment: source.value)
        } catch {
            for item in error.items {
                let spot = source.spot(at: item.position.column - 1, width: 1)
                findings.error(.celSyntax, item.message, at: spot, hint: item.hint)
            }
        }
    }
}

extension SequenceDraft {
    /// The names of the steps that are captured, in their order.
    var captures: [String] {
        Array(steps.filter { !$0.isNot }.map(\.name.value).prefix(RuleSlot.stepsMax))
    }
}

extension RuleSlot {
    var isAlertField: Bool { Int(rawValue) < RuleSlot.alertFieldCount }
}

extension Param.Value {
    var constant: Value {
        switch self {
        case .int(let value): .int(value)
        case .double(let value): .double(value)
        }
    }
}
