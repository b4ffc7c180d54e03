import CEL
import Domain
import Scoring

/// Finds the slots of the names that state, tasks and inhibitions are kept by.
struct KeyCompiler {
    /// Values that stay the same while a thing is watched; a measure or a time would never come
    /// again.
    private static let fields: [RuleSlot] = [
        .alertCell, .alertSource, .alertKind, .alertSeverity, .alertState, .alertStatus,
        .alertUrgency, .alertUnit, .cellCode, .cellName, .cellParent, .cellLevel, .cellUse,
        .cellDedicated,
    ]

    let names: SlotNames
    let findings: FindingList
    var isFoldTarget = false
    /// Names of captured steps, for what is decided after a match.
    var steps: [String] = []

    func slots(_ keys: [Marked<String>]) -> [UInt8] {
        keys.prefix(KeyReader.partsMax).compactMap { slot($0) }
    }

    func slot(_ key: Marked<String>) -> UInt8? {
        if let slot = known[key.value] { return UInt8(slot) }
        let isName = names[key.value] != nil || RuleSlot.allCases.contains { $0.name == key.value }
        findings.error(
            .ruleKey,
            isName
                ? "`\(key.value)` changes from alert to alert: nothing can be kept by it"
                : "`\(key.value)` is nothing that can be kept by", at: key.spot,
            hint: Likeness.hint(for: key.value, among: known.keys.sorted() + ["rule.id"]))
        return nil
    }

    private var known: [String: Int] {
        var known: [String: Int] = [:]
        for field in KeyCompiler.fields { known[field.name] = Int(field.rawValue) }
        for (name, entry) in names.entries where entry.slot >= RuleSlot.firstAttribute {
            if entry.slot < RuleSlot.keptCount { known[name] = entry.slot }
        }
        if isFoldTarget { known[RuleSlot.foldKey.name] = Int(RuleSlot.foldKey.rawValue) }
        for (capture, step) in steps.enumerated() {
            for field in [RuleSlot.alertSource, .alertCell, .alertKind] {
                known["\(step).\(field.name.dropFirst(6))"] =
                    RuleSlot.firstStep + capture * RuleSlot.alertFieldCount + Int(field.rawValue)
            }
        }
        return known
    }
}

extension [UInt8] {
    /// The slots as plans have them.
    var keyParts: [4 of UInt8] {
        var parts: [4 of UInt8] = .init(repeating: 0)
        for (index, slot) in prefix(4).enumerated() { parts[index] = slot }
        return parts
    }
}
