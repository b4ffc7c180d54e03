import Domain

/// The whole rule set as read, and what can be held against each other without looking at
/// conditions.
struct RuleDrafts {
    let catalog: Catalog
    let files: [RuleFileDraft]

    init(_ sources: RuleFiles, _ findings: FindingList) {
        catalog = CatalogReader(findings: findings).read(sources.catalog)
        let reader = RuleFileReader(findings: findings, limits: catalog.windowLimits)
        files = sources.rules.map { reader.read($0) }
        checkIds(findings)
        for file in files {
            for rule in file.rules {
                checkKinds(rule, findings)
                checkTask(rule, findings)
            }
        }
    }

    /// A rule id is for ever: also a draft's and a retired rule's.
    private func checkIds(_ findings: FindingList) {
        var known: [String: Place] = [:]
        for rule in files.flatMap(\.rules) {
            if let first = known[rule.id.value] {
                findings.error(
                    .ruleDuplicateId, "the rule id `\(rule.id.value)` is taken", at: rule.id.spot,
                    hint: "by the rule at \(first.file):\(first.line)")
            } else {
                known[rule.id.value] = rule.id.spot.place
            }
        }
    }

    private func checkKinds(_ rule: RuleDraft, _ findings: FindingList) {
        var categories: Set<Category> = []
        for kind in rule.kinds {
            if let index = catalog.kind(kind.value) {
                categories.formUnion(catalog.kinds[index].categories)
            } else {
                findings.error(
                    .ruleKind, "the kind `\(kind.value)` is not in the catalog", at: kind.spot,
                    hint: Likeness.hint(for: kind.value, among: catalog.kinds.map(\.name)))
            }
        }
        for score in rule.scores where !categories.isEmpty && !categories.contains(score.category) {
            findings.error(
                .scoreCategory,
                "none of the rule's kinds counts toward `\(score.category.word)`",
                at: score.categorySpot,
                hint: "the catalog says which categories a kind counts toward")
        }
    }

    private func checkTask(_ rule: RuleDraft, _ findings: FindingList) {
        guard let task = rule.task, catalog.responsibility(task.kind.value) == nil else { return }
        findings.error(
            .taskKind, "the task kind `\(task.kind.value)` is not on the responsibility list",
            at: task.kind.spot,
            hint: Likeness.hint(
                for: task.kind.value, among: catalog.responsibilities.map(\.taskKind)))
    }
}
