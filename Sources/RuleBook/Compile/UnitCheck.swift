import CEL
import Scoring

/// Holds the units of parameters against those of the measures they are compared with.
struct UnitCheck {
    let rule: RuleDraft
    let file: RuleFileDraft
    let catalog: Catalog
    let scope: Scope
    let findings: FindingList

    func check() {
        for part in rule.parts {
            let text = scope.withDefines(part.text)
            guard let root = ConditionText.parse(text) else { continue }
            check(root, kinds(of: part, rule.kinds.map(\.value)), part)
        }
    }

    /// Kinds that a conjunction narrows to: `alert.kind == "smoke" && …`.
    private func check(_ expr: Expr, _ kinds: [String], _ part: RuleDraft.Part) {
        guard case .call(let function, _, let parts) = expr.kind else {
            for child in expr.children { check(child, kinds, part) }
            return
        }
        let inner = function == Operator.logicalAnd ? narrowed(kinds, by: expr) : kinds
        if UnitCheck.comparisons.contains(function), parts.count == 2 {
            compare(parts[0], parts[1], inner, part)
            compare(parts[1], parts[0], inner, part)
        }
        for child in expr.children { check(child, inner, part) }
    }

    private static let comparisons: Set<String> = [
        Operator.less, Operator.lessEquals, Operator.greater, Operator.greaterEquals,
        Operator.equals, Operator.notEquals,
    ]

    private func compare(_ left: Expr, _ right: Expr, _ kinds: [String], _ part: RuleDraft.Part) {
        guard let value = left.qualifiedName, let name = right.qualifiedName,
            name.hasPrefix("param."),
            let param = file.params.first(where: { "param.\($0.name.value)" == name }),
            let unit = param.unit?.value
        else { return }
        for (kind, measured) in units(of: value, kinds) where measured != unit {
            findings.warning(
                .ruleUnit,
                "`\(name)` is in `\(unit)`, and what `\(kind)` measures in `\(measured)`",
                at: part.source.spot)
            return
        }
    }

    /// The units that a name can be in, by kind.
    private func units(of name: String, _ kinds: [String]) -> [(kind: String, unit: String)] {
        var kinds = kinds
        if name.hasPrefix("w.") {
            guard let window = rule.windows.first(where: { "w.\($0.name.value)" == name }),
                window.keepsUnit
            else { return [] }
            kinds = rule.kinds.map(\.value)
            if let filter = window.filter.flatMap({
                ConditionText.parse(scope.withDefines($0.value))
            }) {
                kinds = narrowed(kinds, by: filter)
            }
        } else if name != "alert.value" && name != "alert.limit" {
            return []
        }
        return kinds.compactMap { kind in
            guard let index = catalog.kind(kind), let unit = catalog.kinds[index].unit else {
                return nil
            }
            return (kind, unit)
        }
    }

    private func kinds(of part: RuleDraft.Part, _ all: [String]) -> [String] {
        let step = rule.sequence?.steps.first { "sequence.\($0.name.value)" == part.name }
        guard let step, !step.kinds.isEmpty else { return all }
        return step.kinds.map(\.value)
    }

    private func narrowed(_ kinds: [String], by expr: Expr) -> [String] {
        guard case .call(let function, _, let parts) = expr.kind else { return kinds }
        if function == Operator.logicalAnd {
            return parts.reduce(kinds) { narrowed($0, by: $1) }
        }
        guard function == Operator.equals, parts.count == 2,
            parts[0].qualifiedName == "alert.kind",
            case .constant(.string(let kind)) = parts[1].kind
        else { return kinds }
        return kinds.filter { $0 == kind }
    }
}

extension WindowDraft {
    /// Whether the value is in the unit of the measure it is of.
    fileprivate var keepsUnit: Bool {
        guard sample?.value == "alert.value" else { return false }
        switch function {
        case .max, .min, .average, .first, .last, .quantile, .deviation, .sum: return true
        default: return false
        }
    }
}
