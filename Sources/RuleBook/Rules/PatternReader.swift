import Domain
import Scoring

/// Reads witnesses, sequences and absences.
struct PatternReader {
    private static let spans: ClosedRange<Interval> = .seconds(1)...(.hours(24))

    let findings: FindingList

    func readCorroboration(_ value: YAMLValue?) -> CorroborationDraft? {
        guard let value, let section = value.section(.corroboration) else { return nil }
        let within = section.require("within")?.duration(PatternReader.spans)
        let need = section.require("need")?.integer(1...8)
        let distinct = section.require("distinct")?.source()
        let witnesses = section.require("witnesses")?.pairs() ?? []
        guard let within, let need, let distinct else { return nil }
        if witnesses.count > CorroborationPlan.witnessesMax {
            value.error(
                .ruleLimit, "a rule has at most \(CorroborationPlan.witnessesMax) witnesses")
        }
        if need > witnesses.count {
            section["need"]?.error(
                .corroborateNeed,
                "\(need) different witnesses are never met: there are "
                    + "\(witnesses.count)")
        }
        return CorroborationDraft(
            spot: value.spot, within: within, need: Int(need), distinct: distinct,
            witnesses: witnesses.compactMap { pair in
                pair.value.source().map { (pair.key, $0) }
            },
            confidence: section["confidence"]?.word(Vocabulary.confidences) ?? .noisyOr)
    }

    func readSequence(_ value: YAMLValue?) -> SequenceDraft? {
        guard let value, let section = value.section(.sequence),
            let within = section.require("within")?.duration(PatternReader.spans)
        else { return nil }
        var sequence = SequenceDraft(spot: value.spot, within: within)
        sequence.restartsOnLatest =
            section["restart"]?.word(["latest": true, "first": false]) ?? true
        sequence.overlaps =
            section["overlap"]?.word(["yes": true, "no": false, "true": true, "false": false])
            ?? false
        let steps = section.require("steps")?.items() ?? []
        sequence.steps = steps.compactMap { readStep($0) }
        check(sequence, section)
        return sequence
    }

    private func readStep(_ value: YAMLValue) -> StepDraft? {
        guard let section = value.section(.step) else { return nil }
        guard let name = (section["as"] ?? section["not"])?.text() else {
            value.error(.sequenceStep, "a step is called `as: <name>` or `not: <name>`")
            return nil
        }
        if section["as"] != nil, let not = section["not"] {
            not.error(.sequenceStep, "a step comes or must not come: `as` or `not`")
        }
        checkName(name)
        var step = StepDraft(name: name, isNot: section["as"] == nil)
        if let match = section["match"]?.section(.match) {
            (step.kinds, step.words) = MatchReader(findings: findings).read(match)
        }
        step.filter = section["where"]?.source()
        return step
    }

    private func checkName(_ name: Marked<String>) {
        if !Names.isIdentifier(name.value) || SlotNames.reserved.contains(name.value) {
            findings.error(
                .ruleDefine, "a step can't be called `\(name.value)`", at: name.spot,
                hint: "letters, digits and `_`, and none of the names conditions have already")
        }
    }

    private func check(_ sequence: SequenceDraft, _ section: Section) {
        let (steps, value) = (sequence.steps, section["steps"] ?? section.value)
        if steps.count > SequencePlan.stepsMax {
            value.error(.ruleLimit, "a sequence has at most \(SequencePlan.stepsMax) steps")
        }
        if steps.count(where: { !$0.isNot }) > RuleSlot.stepsMax {
            value.error(.ruleLimit, "at most \(RuleSlot.stepsMax) steps can be called `as`")
        }
        if steps.count < 2 { value.error(.sequenceStep, "a sequence has two steps at least") }
        if let first = steps.first, first.isNot {
            findings.error(
                .sequenceStep, "a sequence can't begin with `not`: nothing has come yet",
                at: first.name.spot)
        }
        for (index, step) in steps.enumerated()
        where steps[..<index].contains(where: { $0.name.value == step.name.value }) {
            findings.error(
                .sequenceStep, "two steps are called `\(step.name.value)`", at: step.name.spot)
        }
        for (index, step) in steps.enumerated().dropFirst() where step.isNot {
            guard steps[index - 1].isNot else { continue }
            findings.error(
                .sequenceStep, "two `not` steps stand one after the other", at: step.name.spot,
                hint: "join what must not come: where: 'a || b'")
        }
    }

    func readAbsence(_ value: YAMLValue?) -> AbsenceDraft? {
        guard let value, let section = value.section(.absence),
            let expect = section.require("expect")?.source()
        else { return nil }
        var absence = AbsenceDraft(spot: value.spot, expect: expect)
        absence.missed = Int(section["missed"]?.integer(1...1000) ?? 1)
        absence.arm = section["arm"]?.word(Vocabulary.armings) ?? .firstSeen
        absence.settle = section["settle"]?.duration(.zero...(.hours(24))) ?? .zero
        absence.fold = section["fold"].flatMap { readFold($0) }
        return absence
    }

    private func readFold(_ value: YAMLValue) -> FoldDraft? {
        guard let section = value.section(.fold), let by = section.require("by")?.source(),
            let share = section.require("share")?.number(0...1),
            let least = section.require("least")?.integer(1...1_000_000),
            let into = section.require("into")?.text()
        else { return nil }
        return FoldDraft(by: by, share: share, least: Int(least), into: into)
    }
}

/// Reads `match`: literals only.
struct MatchReader {
    let findings: FindingList

    func read(_ section: Section) -> (kinds: [Marked<String>], words: [WordMatch]) {
        var kinds: [Marked<String>] = []
        if let kind = section["kind"] {
            kinds = kind.itemsOrSelf().compactMap { $0.text() }
            if kind.isList, kinds.isEmpty { kind.error(.yamlEmpty, "`kind` names no kind") }
        }
        var words: [WordMatch] = []
        for field in Schema.matchWords {
            guard let value = section[field] else { continue }
            words.append(
                WordMatch(field: field, words: value.itemsOrSelf().compactMap { $0.text() }))
        }
        return (kinds, words)
    }
}
