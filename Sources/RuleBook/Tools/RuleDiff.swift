/// What differs between two rule sets, and what becomes of the state of each rule at a reload.
public struct RuleDiff: Sendable {
    /// What becomes of a rule's state.
    public enum State: String, Codable, Sendable {
        /// It goes on.
        case kept
        /// What it is made of changed: it is rebuilt from the latest alerts.
        case rebuilt
        /// It begins from nothing, or ends.
        case reset
    }

    public struct Entry: Codable, Sendable {
        public enum Change: String, Codable, Sendable { case added, removed, changed }

        public var rule: String
        public var change: Change
        /// Such as `raise.when` or `revision`; of a rule that changed.
        public var parts: [String]
        public var state: State
    }

    public private(set) var entries: [Entry] = []
    /// Rules that are the same in both.
    public private(set) var unchanged = 0

    /// `before` and `after` are all rules of the sets, those that don't run among them.
    public init(_ before: [RuleFact], _ after: [RuleFact]) {
        for rule in before where !after.contains(where: { $0.id == rule.id }) {
            entries.append(Entry(rule: rule.id, change: .removed, parts: [], state: .reset))
        }
        for rule in after {
            guard let old = before.first(where: { $0.id == rule.id }) else {
                entries.append(Entry(rule: rule.id, change: .added, parts: [], state: .reset))
                continue
            }
            let parts = RuleDiff.parts(old, rule)
            if parts.isEmpty {
                unchanged += 1
            } else {
                entries.append(
                    Entry(
                        rule: rule.id, change: .changed, parts: parts,
                        state: RuleDiff.state(old, rule)))
            }
        }
        entries.sort { $0.rule < $1.rule }
    }

    private static func state(_ old: RuleFact, _ new: RuleFact) -> State {
        guard old.status.runs, new.status.runs else { return .reset }
        return old.stateHash == new.stateHash ? .kept : .rebuilt
    }

    /// The parts that differ, by name; `other` is what conditions alone don't show.
    private static func parts(_ old: RuleFact, _ new: RuleFact) -> [String] {
        var parts: [String] = []
        if old.status != new.status { parts.append("status") }
        if old.revision != new.revision { parts.append("revision") }
        if old.title != new.title { parts.append("title") }
        if old.why != new.why { parts.append("why") }
        if old.labels != new.labels { parts.append("labels") }
        if old.keyNames != new.keyNames { parts.append("by") }
        if old.kinds != new.kinds { parts.append("match") }
        let (before, after) = (conditions(old), conditions(new))
        for name in Set(before.keys).union(after.keys).sorted() where before[name] != after[name] {
            parts.append(name)
        }
        let decided = parts.contains {
            !["status", "revision", "title", "why", "labels"].contains($0)
        }
        if old.hash != new.hash, !decided { parts.append("other") }
        return parts
    }

    private static func conditions(_ fact: RuleFact) -> [String: String] {
        var texts: [String: String] = [:]
        for one in fact.conditions {
            let name = one.mode == "normal" ? one.part : "\(one.mode): \(one.part)"
            texts[name, default: ""] += CanonicalForm.condition(one.expanded) + "\n"
        }
        return texts
    }

    public var text: String {
        var lines = entries.map { entry in
            let parts = entry.parts.isEmpty ? "" : " (\(entry.parts.joined(separator: ", ")))"
            let mark = ["added": "+", "removed": "-", "changed": "~"][entry.change.rawValue] ?? "~"
            return "\(mark) \(entry.rule)\(parts): state \(entry.state.rawValue)"
        }
        lines.append("\(entries.count) changed, \(unchanged) the same")
        return lines.joined(separator: "\n")
    }
}
