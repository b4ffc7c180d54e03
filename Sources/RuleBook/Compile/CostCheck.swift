import CEL
import Scoring

/// Holds the static cost of conditions against the catalog's bound.
struct CostCheck {
    /// Bytes of a text, of what the wire lets through; elements of the one list there is.
    private static let textBytes: UInt64 = 64

    private static let language: Environment = {
        var environment = Environment(libraries: [.standard, .math, .optionals, .bindings])
        environment.declare(SlotNames.attributePrefix, .map(.string, .dyn))
        for (name, value) in ConditionNames.constants { environment.define(name, value) }
        return environment
    }()

    let findings: FindingList
    let costMax: Int

    /// Reports a condition, all names in it written out, that may cost more than the bound.
    func check(_ text: String, _ scope: Scope, at spot: Spot) {
        guard let bound = CostCheck.bound(text, scope), bound > UInt64(costMax) else { return }
        findings.error(
            .celCost, "one judgement may take \(bound) steps, more than the \(costMax) allowed",
            at: spot, hint: "look through fewer texts and lists; `limits: {cost: …}` is the bound")
    }

    /// The most steps of one judgement; nil for what the specification's checker does not take.
    static func bound(_ text: String, _ scope: Scope) -> UInt64? {
        // Only what is looked through can cost: without a call there is nothing to count.
        guard text.contains("(") else { return nil }
        var environment = language
        var sizes: [String: UInt64] = [:]
        for name in scope.names {
            environment.declare(name.name, name.type)
            if name.name == "evidence.kinds" { sizes[name.name] = 8 }
        }
        do {
            let checked = try environment.compile(text)
            return checked.costBound(DeclaredSizes(sizes, otherwise: textBytes)).steps
        } catch {
            return nil
        }
    }
}
