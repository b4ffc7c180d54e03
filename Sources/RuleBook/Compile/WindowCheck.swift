import CEL
import Scoring

/// Finds windows that nothing reads, and windows without a value that are read unguarded.
struct WindowCheck {
    private let rule: RuleDraft
    private let fragments: [String: Expr]
    private let findings: FindingList

    init(_ rule: RuleDraft, _ fragments: [String: Expr], _ findings: FindingList) {
        self.rule = rule
        self.fragments = fragments
        self.findings = findings
    }

    func check() {
        let conditions = rule.parts.filter { !$0.isEarly }
        for window in rule.windows {
            var isRead = false
            let name = "w.\(window.name.value)"
            if rule.neighbours.contains(where: { $0.of.value == name }) { isRead = true }
            for part in conditions {
                let (text, offset, source) = (part.text, part.offset, part.source)
                guard let tree = ConditionText(text, fragments: fragments) else { continue }
                isRead = isRead || tree.reads(name)
                if window.hasValueAlways { continue }
                guard let place = tree.unguarded(name) else { continue }
                let scalars = String(decoding: text.utf8.prefix(place), as: UTF8.self)
                    .unicodeScalars.count
                report(window, at: source.spot(at: offset + scalars, width: name.count))
            }
            if !isRead { reportUnused(window) }
        }
    }

    private func report(_ window: WindowDraft, at spot: Spot) {
        let name = window.name.value
        findings.error(
            .windowEmpty, "`w.\(name)` has no value while its window is empty", at: spot,
            hint: "give the window `empty: 0.0`, or ask first: has(w.\(name)) && …")
    }

    private func reportUnused(_ window: WindowDraft) {
        findings.warning(
            .windowUnused, "nothing reads the window `\(window.name.value)`", at: window.name.spot)
    }
}

extension WindowDraft {
    /// Counts are 0 when empty; the others have the value that the author gives them, or none.
    var hasValueAlways: Bool { function.countsToZero || empty != nil }
}
