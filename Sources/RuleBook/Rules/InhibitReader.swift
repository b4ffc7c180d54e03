import Domain
import Tasking

/// Reads which rules withhold the tasks of which.
struct InhibitReader {
    let findings: FindingList

    func read(_ value: YAMLValue) -> InhibitDraft? {
        guard let section = value.section(.inhibit), let id = section.require("id")?.text(),
            let when = section.require("when")?.section(.inhibitor),
            let source = when.require("rule")?.text(),
            let mute = section.require("mute")?.section(.muted)
        else { return nil }
        let same = section.require("same").map { KeyReader(findings: findings).read($0) }
        var draft = InhibitDraft(id: id, source: source, same: same ?? [])
        draft.warning = when["warning"]?.word(Vocabulary.warnings)
        draft.target = mute["rule"]?.text()
        draft.category = mute["category"]?.category()
        draft.below = mute["below"]?.word(Vocabulary.priorities)
        if (mute["rule"] == nil) == (mute["category"] == nil) {
            mute.value.error(
                .inhibitTarget, "`mute` names a rule or a category",
                hint: "mute: {rule: sensing.silent} or mute: {category: public-safety, below: P2}")
        }
        return draft
    }
}
