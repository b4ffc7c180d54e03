import CEL
import Domain
import Scoring

/// Finds what nothing reads, and what is read although it may be absent.
struct ReadingCheck {
    /// Fields of an alert that need not be there.
    private static let optional: [RuleSlot] = [
        .alertConfidence, .alertValue, .alertLimit, .alertUrgency, .alertCount, .alertUnit,
    ]

    let rule: RuleDraft
    let scope: Scope
    let findings: FindingList

    func check() {
        checkUnused()
        for part in rule.parts where isShown(part) {
            guard let tree = ConditionText(part.text, fragments: scope.fragments) else { continue }
            for name in optionalNames {
                guard let place = tree.unguarded(name), !isGuarded(name) else { continue }
                report(name, part, place)
            }
        }
    }

    private func checkUnused() {
        let trees = rule.parts.filter { !$0.isEarly }.compactMap {
            ConditionText($0.text, fragments: scope.fragments)
        }
        if let corroboration = rule.corroboration {
            let names = RuleSlot.allCases.map(\.name).filter { $0.hasPrefix("evidence.") }
            if !trees.contains(where: { tree in names.contains { tree.reads($0) } }) {
                findings.warning(
                    .corroborateUnused, "nothing reads the evidence of `corroborate`",
                    at: corroboration.spot, hint: "raise: {when: evidence.met}")
            }
        }
        for near in rule.neighbours where !trees.contains(where: { $0.reads(near.name.value) }) {
            findings.warning(
                .neighbourUnused, "nothing reads the neighbours `\(near.name.value)`",
                at: near.name.spot)
        }
    }

    /// Where a missing value is seen: a score that fails, a `?` in a text. A condition that reads
    /// what is absent is only not true.
    private func isShown(_ part: RuleDraft.Part) -> Bool {
        part.name.hasSuffix(".points") || part.name.hasPrefix("task.")
    }

    private var optionalNames: [String] {
        let fields = ReadingCheck.optional.map(\.name)
        let steps = (rule.sequence?.captures ?? []).flatMap { step in
            fields.map { "\(step).\($0.dropFirst("alert.".count))" }
        }
        let entries = scope.names.map(\.name).filter {
            $0.hasPrefix(SlotNames.attributePrefix + ".")
                || $0.hasPrefix(SlotNames.areaPrefix + ".")
        }
        return fields + steps + entries
    }

    /// Whether what lets the alert through has looked at the value.
    private func isGuarded(_ name: String) -> Bool {
        if let dot = name.firstIndex(of: "."),
            let step = rule.sequence?.steps.first(where: { $0.name.value == name[..<dot] })
        {
            let field = "alert" + name[dot...]
            return reads(step.filter, field) || reads(rule.filter, field)
        }
        let last = rule.sequence?.steps.last { !$0.isNot }
        return reads(rule.filter, name) || reads(rule.raise?.when, name)
            || reads(last?.filter, name)
    }

    private func reads(_ source: Marked<String>?, _ name: String) -> Bool {
        guard let source, let tree = ConditionText(source.value, fragments: scope.fragments) else {
            return false
        }
        return tree.reads(name)
    }

    private func report(_ name: String, _ part: RuleDraft.Part, _ place: Int) {
        let scalars = String(decoding: part.text.utf8.prefix(place), as: UTF8.self)
            .unicodeScalars.count
        findings.warning(
            .celUnguarded, "`\(name)` may be absent here",
            at: part.source.spot(at: part.offset + scalars, width: name.count),
            hint: part.name.hasPrefix("task.")
                ? "ask for it in `where`: has(\(name))"
                : "ask for it in `where`: has(\(name)), or here: has(\(name)) ? … : …")
    }
}
