import CEL
import Domain
import Scoring
import Tasking

extension RuleFact {
    init(_ rule: RuleDraft, _ form: CanonicalForm, _ set: SetDraft) {
        id = rule.id.value
        title = rule.title
        why = rule.why
        owner = set.owner
        status = rule.status
        revision = rule.revision
        labels = rule.labels
        kinds = rule.kinds.map(\.value)
        place = rule.id.spot.place
        hash = form.hash
        digest = SHA256.hex(form.text)
        stateHash = form.stateHash
        isPulse = rule.isPulse
        isNeverActive = rule.isNeverActive
        isFoldTarget = rule.key.map(\.value) == ["fold.key"]
        key = []
        keyNames = rule.key.map(\.value)
        windows = rule.windows.map(\.name.value)
        neighbours = rule.neighbours.map(\.name.value)
        witnesses = rule.corroboration?.witnesses.map(\.name.value) ?? []
        steps = rule.sequence?.captures ?? []
        modes = rule.modes.map(\.mode.value)
    }
}

extension RuleSource {
    init(_ conditions: consuming ConditionCompiler) {
        let programs = conditions.programs
        self.init(library: conditions.library, memory: conditions.memory)
        self.programs = programs
    }

    mutating func fill(_ catalog: Catalog, _ facts: [RuleFact], _ routes: [[RuleID]]) {
        modeNames = catalog.modeNames
        self.routes = routes
        ids = facts.map(\.id)
        revisions = facts.map(\.revision)
        titles = facts.map(\.title)
        whys = facts.map { $0.why ?? "" }
        limits = catalog.limits
        warnings = catalog.warnings
        time = catalog.time
        positions = catalog.positions
        rollUp = catalog.rollUp
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
            if let fallback = entry.fallback { text += ",\(fallback)" }
        }
        for row in priority {
            text +=
                "|\(row.severities),\(row.urgencies),\(row.certainties),\(row.priority.rawValue)"
        }
        text += "|\(time.lateness.ruleText),\(time.future.ruleText),\(time.idleSource.ruleText)"
        for index in 0..<Category.count {
            text += "|\(rollUp[index].method),\(rollUp[index].count)"
        }
        for mode in modes.dropFirst() { text += "|\(mode.canonical)" }
        text += policy.canonical
        return StableName.wide(text)
    }
}

extension TaskPolicy {
    /// Nothing where the catalog says nothing: its hash is as it was.
    fileprivate var canonical: String {
        var text = ""
        for severity in answering.indices {
            if let level = answering[severity] { text += "|answers:\(severity),\(level)" }
        }
        if let exposure {
            text += "|exposed:\(exposure.population ?? 0),\(exposure.vulnerability ?? 2)"
            text += ",\(exposure.raise)"
        }
        if verifyWithin != TaskPolicy().verifyWithin { text += "|\(verifyWithin.ruleText)" }
        return text
    }
}

extension CatalogMode {
    fileprivate var canonical: String {
        let held = [enter, leave].map { state in
            state.map { "\(CanonicalForm.condition($0.when.value)),\($0.hold.ruleText)" } ?? "-"
        }
        let late = lateness?.ruleText ?? "-"
        return "\(name),\(held.joined(separator: ",")),\(slaFactor),\(late)"
    }
}
