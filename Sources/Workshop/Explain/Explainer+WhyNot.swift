import CEL
import Domain
import RuleBook
import Scoring

extension Explainer {
    /// How many of the latest alerts for a key are shown.
    static var alertsShown: Int { 5 }

    /// What a rule's conditions came to for a key at a moment, and which alerts it was shown.
    mutating func explainWhyNot(
        _ id: String, _ key: [String], at time: Timestamp, _ recording: Recording
    ) throws -> ExplanationTree {
        guard let number = replay.bench.rule(id) else {
            throw NothingThere(text: "there is no running rule \(id)")
        }
        let rule = replay.bench.rules[number]
        guard rule.keySlots.count == key.count else {
            let names = rule.keyNames.joined(separator: ",")
            throw NothingThere(text: "the key of \(id) is \(names)")
        }
        var alerts: [ExplanationTree] = []
        try live(to: time, recording) { replay, alert in
            let words = AlertWords(alert.body)
            guard rule.kinds.contains(words.kind),
                Explainer.isFor(key, rule, replay.bench)
            else { return }
            alerts.append(Explainer.verdict(words, rule, replay.bench.latestValues()))
            if alerts.count > Explainer.alertsShown { alerts.removeFirst() }
        }
        let view = replay.bench.view(number, key: key, at: time)
        var tree = RuleStory(rule, view, at: time).tree()
        let head = alerts.isEmpty ? "no alert of its kinds came for this key" : "latest alerts"
        tree.because.append(ExplanationTree(head, alerts))
        tree.text += " at \(time.wireText)"
        return tree
    }

    private static func isFor(
        _ key: [String], _ rule: RuleFact, _ bench: borrowing Bench
    ) -> Bool {
        let values = bench.latestValues()
        for (slot, wanted) in zip(rule.keySlots, key) {
            guard let text = values[Int(slot)]?.plainText else { return false }
            if text != wanted && text != bench.cells.path(wanted) { return false }
        }
        return true
    }

    private static func verdict(
        _ words: AlertWords, _ rule: RuleFact, _ values: SlotValues
    ) -> ExplanationTree {
        guard let filter = rule.conditions.first(where: { $0.part == "where" }) else {
            return ExplanationTree("taken: \(words.text)")
        }
        let evaluated = rule.trace(filter, over: values)
        if evaluated.isTrue { return ExplanationTree("taken: \(words.text)") }
        return ExplanationTree(
            "not taken: \(words.text)", [ExplanationTree("where", evaluated)])
    }
}
