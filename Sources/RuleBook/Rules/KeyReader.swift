import Scoring

/// Reads the lists of names that state and tasks are kept by.
struct KeyReader {
    /// Values that stay the same while a thing is watched; a measure or a time would never come
    /// again.
    static let slots: [RuleSlot] = [
        .alertCell, .alertSource, .alertKind, .alertSeverity, .alertState, .alertStatus,
        .alertUrgency, .cellCode, .cellName, .cellParent, .cellLevel,
    ]

    let findings: FindingList

    /// The slots of a key; `rule.id` is allowed and adds nothing, since keys belong to their rule.
    func read(_ value: YAMLValue) -> [RuleSlot] {
        guard let items = value.items() else { return [] }
        let slots = items.compactMap { readPart($0) }
        if slots.count > RulePlan.keyPartsMax {
            value.error(.ruleKey, "\(value.name) has more than \(RulePlan.keyPartsMax) parts")
        }
        if items.isEmpty { value.error(.yamlEmpty, "\(value.name) names nothing") }
        return slots
    }

    private func readPart(_ item: YAMLValue) -> RuleSlot? {
        guard let name = item.source()?.value, name != "rule.id" else { return nil }
        if let slot = KeyReader.slots.first(where: { $0.name == name }) { return slot }
        let known = RuleSlot.allCases.contains { $0.name == name }
        item.error(
            .ruleKey,
            known
                ? "`\(name)` changes from alert to alert: state can't be kept by it"
                : "`\(name)` is nothing that state can be kept by in this version",
            hint: Likeness.hint(for: name, among: KeyReader.slots.map(\.name) + ["rule.id"]))
        return nil
    }
}
