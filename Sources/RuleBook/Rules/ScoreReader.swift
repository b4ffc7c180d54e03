import Domain
import Scoring

/// Reads what a rule adds to the scores of its cell.
struct ScoreReader {
    static let halfLives: ClosedRange<Interval> = .seconds(1)...(.hours(24 * 30))

    let findings: FindingList

    func read(_ value: YAMLValue?, rule: String) -> [ScoreDraft] {
        guard let value, let pairs = value.pairs() else { return [] }
        var scores: [ScoreDraft] = []
        for (name, entry) in pairs {
            let word = Vocabulary.categories.first { $0.key == name.value }
            guard let category = word?.value else {
                findings.error(
                    .scoreCategory, "`\(name.value)` is not a category", at: name.spot,
                    hint: Likeness.hint(
                        for: name.value, among: Vocabulary.categories.map(\.key)))
                continue
            }
            scores += entry.itemsOrSelf().compactMap {
                readScore($0, category, name.spot, group: rule)
            }
        }
        if scores.count > RulePlan.scoresMax {
            value.error(.ruleLimit, "a rule has at most \(RulePlan.scoresMax) scores")
        }
        return scores
    }

    private func readScore(
        _ value: YAMLValue, _ category: Category, _ spot: Spot, group: String
    ) -> ScoreDraft? {
        guard let section = value.section(.score) else { return nil }
        let points = section.require("points")?.source()
        let halfLife = section.require("half_life")?.duration(ScoreReader.halfLives)
        let confidence = section["confidence"]?.source()
        checkConstant(points, 0...100, "`points`")
        checkConstant(confidence, 0...1, "`confidence`")
        let spread = readSpread(section["spread"])
        guard let points, let halfLife else { return nil }
        return ScoreDraft(
            category: category, categorySpot: spot, points: points, confidence: confidence,
            halfLife: halfLife, group: section["group"]?.text()?.value ?? group, spread: spread)
    }

    private func readSpread(_ value: YAMLValue?) -> SpreadPlan {
        guard let section = value?.section(.spread),
            let rings = section.require("rings")?.integer(1...Int64(NeighbourPlan.ringsMax)),
            let factor = section.require("factor")?.number(0...1)
        else { return .none }
        return SpreadPlan(rings: Int(rings), factor: factor)
    }

    /// A number written out can be held against its range at once.
    private func checkConstant(
        _ source: Marked<String>?, _ range: ClosedRange<Double>, _ name: String
    ) {
        guard let source, let number = Double(source.value), !range.contains(number) else { return }
        findings.error(
            .scoreRange, "\(name) must be \(range.lowerBound) to \(range.upperBound)",
            at: source.spot)
    }
}
