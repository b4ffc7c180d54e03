import Domain

extension RuleDraft {
    /// A condition of the rule: what it is called and where it stands.
    struct Part {
        var name: String
        var source: Marked<String>
        /// Where the condition starts in the marked text: more than 0 in templates.
        var offset = 0
        var text: String
        /// Judged when an alert arrives, before windows, witnesses and neighbours have values.
        var isEarly = false
    }

    /// All conditions of the rule, in the order they are judged.
    var parts: [Part] { earlyParts + lateParts }

    private func part(_ name: String, _ source: Marked<String>?, early: Bool) -> [Part] {
        guard let source else { return [] }
        return [Part(name: name, source: source, text: source.value, isEarly: early)]
    }

    private var earlyParts: [Part] {
        var parts = part("where", filter, early: true)
        for window in windows {
            parts += part("windows.\(window.name.value).where", window.filter, early: true)
            parts += part("windows.\(window.name.value).of", window.sample, early: true)
        }
        if let corroboration {
            parts += part("corroborate.distinct", corroboration.distinct, early: true)
            for (name, when) in corroboration.witnesses {
                parts += part("corroborate.\(name.value)", when, early: true)
            }
        }
        for step in sequence?.steps ?? [] {
            parts += part("sequence.\(step.name.value)", step.filter, early: true)
        }
        if let absence, !absence.isLiteral {
            parts += part("absence.expect", absence.expect, early: true)
        }
        return parts
    }

    private var lateParts: [Part] {
        var parts = part("raise.when", raise?.when, early: false)
        parts += part("clear.when", clear?.when, early: false)
        for score in scores {
            parts += part("score.\(score.category.word).points", score.points, early: false)
            parts += part(
                "score.\(score.category.word).confidence", score.confidence, early: false)
        }
        for (name, template) in [("task.title", task?.title), ("task.note", task?.note)] {
            guard let template else { continue }
            for piece in Template(template, FindingList()).pieces {
                guard case .expression(let inner) = piece else { continue }
                parts.append(
                    Part(
                        name: name, source: template, offset: inner.offset, text: inner.source))
            }
        }
        return parts
    }

    /// Names that are no conditions, of what state and tasks are kept by.
    var keyNames: [Marked<String>] {
        key + (task?.key ?? []) + (absence?.fold.map { [$0.by] } ?? [])
    }
}
