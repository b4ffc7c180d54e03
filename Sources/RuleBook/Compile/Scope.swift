import CEL
import Scoring

/// What the conditions of one rule may name.
struct Scope {
    private(set) var environment: TypedEnvironment
    /// The named conditions, by their full names, for findings inside of them and for looking
    /// through them.
    private let defines: [String: Marked<String>]
    private(set) var names: [NameFact] = []
    private var texts: [String: String] = [:]
    let fragments: [String: Expr]

    /// The names that all rules of a file share. Mistakes in named conditions are reported here,
    /// once.
    init(_ file: RuleFileDraft, _ findings: FindingList) {
        environment = TypedEnvironment()
        var defines: [String: Marked<String>] = [:]
        var fragments: [String: Expr] = [:]
        for define in file.defines {
            let name = "define.\(define.name.value)"
            defines[name] = define.source
            fragments[name] = ConditionText.parse(define.source.value)
        }
        self.defines = defines
        self.fragments = fragments
        for (slot, type) in ConditionNames.slots {
            environment.declare(slot.name, type, slot: Int(slot.rawValue))
            names.append(NameFact(name: slot.name, type: type, slot: Int(slot.rawValue)))
        }
        for (name, value) in ConditionNames.constants { set(name, value) }
        for param in file.params {
            set("param.\(param.name.value)", param.value.constant)
            texts["param.\(param.name.value)"] = param.value.text
        }
        for (name, source) in defines { texts[name] = "(\(source.value))" }
        for (name, source) in defines { define(name, source, findings) }
    }

    /// The same with the rule's own id.
    func named(_ rule: RuleDraft) -> Scope {
        var scope = self
        scope.set("rule.id", .string(rule.id.value))
        scope.texts["rule.id"] = "\"\(rule.id.value)\""
        return scope
    }

    /// The same with the rule's windows, for conditions that are judged after the alert was taken
    /// in.
    func withWindows(_ windows: [WindowDraft]) -> Scope {
        var scope = self
        for (index, window) in windows.enumerated() {
            scope.environment.declare(
                "w.\(window.name.value)", ConditionNames.type(of: window.function),
                slot: RuleSlot.firstWindow + index)
            scope.names.append(
                NameFact(
                    name: "w.\(window.name.value)",
                    type: ConditionNames.type(of: window.function),
                    slot: RuleSlot.firstWindow + index))
        }
        return scope
    }

    /// The text with named conditions, parameters and the rule's id written out.
    func expanded(_ text: String) -> String {
        (0..<8).reduce(text) { text, _ in NameExpansion.expand(text, texts) }
    }

    func fragmentSource(_ name: String) -> (Marked<String>, Int)? {
        defines[name].map { ($0, 0) }
    }

    /// Numbers and texts always fit a slot.
    private mutating func set(_ name: String, _ value: Value) {
        do {
            try environment.define(name, value)
        } catch {
            preconditionFailure("\(name) does not fit a slot: \(error)")
        }
    }

    private mutating func define(
        _ name: String, _ source: Marked<String>, _ findings: FindingList
    ) {
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

extension Param.Value {
    var constant: Value {
        switch self {
        case .int(let value): .int(value)
        case .double(let value): .double(value)
        }
    }
}
