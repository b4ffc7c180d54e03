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

    /// Every condition that may read windows, with the marked text it stands in and where.
    private var conditions: [(text: String, offset: Int, source: Marked<String>)] {
        var sources = [rule.raise?.when, rule.clear?.when].compactMap { $0 }
        for score in rule.scores {
            sources.append(score.points)
            if let confidence = score.confidence { sources.append(confidence) }
        }
        var all = sources.map { ($0.value, 0, $0) }
        guard let title = rule.task?.title else { return all }
        for case .expression(let text, let offset, _) in Template(title, FindingList()).pieces {
            all.append((text, offset, title))
        }
        return all
    }

    func check() {
        let conditions = conditions
        for window in rule.windows {
            var isRead = false
            for (text, offset, source) in conditions {
                guard let tree = ConditionText(text, fragments: fragments) else { continue }
                let name = "w.\(window.name.value)"
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
    var hasValueAlways: Bool { function == .count || function == .distinct || empty != nil }
}
