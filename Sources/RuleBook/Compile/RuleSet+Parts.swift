import CEL
import Domain
import Scoring
import Tasking

extension RuleFact {
    init(_ rule: RuleDraft, hash: UInt64) {
        id = rule.id.value
        title = rule.title
        why = rule.why
        status = rule.status
        revision = rule.revision
        labels = rule.labels
        kinds = rule.kinds.map(\.value)
        place = rule.id.spot.place
        self.hash = hash
        isPulse = rule.raise == nil
        key = rule.key
    }
}

extension RuleSource {
    /// The engine's contract, filled.
    init(
        rules: [RulePlan], windows: [WindowPlan], scores: [ScorePlan],
        conditions: consuming ConditionCompiler, facts: [RuleFact], catalog: Catalog,
        routes: [[RuleID]]
    ) {
        let programs = conditions.programs
        self.init(library: conditions.library, memory: conditions.memory)
        self.rules = rules
        self.windows = windows
        self.scores = scores
        self.programs = programs
        self.routes = routes
        ids = facts.map(\.id)
        revisions = facts.map(\.revision)
        titles = facts.map(\.title)
        limits = catalog.limits
        warnings = catalog.warnings
    }
}

extension Catalog {
    /// For each kind the rules that match it, in the order of the files.
    func routes(_ rules: [RuleFact]) -> [[RuleID]] {
        kinds.map { kind in
            rules.indices.filter { rules[$0].kinds.contains(kind.name) }.map { RuleID($0) }
        }
    }

    /// What in the catalog decides: kinds, thresholds, who answers, the matrix.
    var hash: UInt64 {
        var text = kinds.map { "\($0.name):\($0.categories.map(\.rawValue))" }.joined(
            separator: ",")
        for level in 1...4 {
            text += "|\(warnings.raise[level]),\(warnings.clear[level])"
            text += ",\(warnings.severity[level].rawValue)"
        }
        text += "|\(certainty.observed),\(certainty.likely),\(certainty.possible)"
        for entry in responsibilities {
            text += "|\(entry.taskKind),\(entry.department),\(entry.level)"
        }
        for row in priority {
            text +=
                "|\(row.severities),\(row.urgencies),\(row.certainties),\(row.priority.rawValue)"
        }
        var hash = StableHash()
        let bytes = Array(text.utf8)
        hash.combine(bytes.span, 0, bytes.count)
        return hash.value
    }
}
