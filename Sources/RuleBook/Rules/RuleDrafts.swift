import Domain
import Scoring

/// The whole rule set as read, and what can be held against each other without looking at
/// conditions.
struct RuleDrafts {
    let catalog: Catalog
    let files: [RuleFileDraft]
    let names: SlotNames

    init(_ sources: RuleFiles, _ findings: FindingList) {
        catalog = CatalogReader(findings: findings).read(sources.catalog)
        let reader = RuleFileReader(findings: findings, limits: catalog.windowLimits)
        files = sources.rules.map { reader.read($0) }
        let hasRoster = files.contains { $0.rules.contains { $0.absence?.arm == .roster } }
        names = SlotNames(
            catalog, RuleDrafts.sources(files) + catalog.tables.map(\.join),
            hasRoster: hasRoster, hierarchies: sources.hierarchies, findings)
        RelationCheck(self, findings).check()
    }

    var rules: [RuleDraft] { files.flatMap(\.rules) }
    var inhibits: [InhibitDraft] { files.flatMap(\.inhibits) }

    func rule(_ id: String) -> RuleDraft? {
        for file in files {
            if let found = file.rules.first(where: { $0.id.value == id }) { return found }
        }
        return nil
    }

    /// Everything that may name an attribute, a column or an area.
    private static func sources(_ files: [RuleFileDraft]) -> [Marked<String>] {
        files.flatMap { file in
            file.defines.map(\.source)
                + file.rules.flatMap { rule in
                    rule.keyNames + rule.parts.map { Marked($0.text, $0.source.spot) }
                } + file.inhibits.flatMap(\.same)
        }
    }
}
