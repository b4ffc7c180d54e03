import Domain
import Scoring
import Tasking

// What the catalog says of all tasks alike: who answers at least, where the same event is worse,
// how long a resolution waits to be verified.
extension CatalogReader {
    /// Names of levels where the catalog has no list of its own.
    private static let usualLevels = ["city", "district", "street", "community", "grid", "micro"]

    func readPolicy(_ section: Section, _ catalog: inout Catalog) {
        readAnswering(section["escalation"], &catalog)
        catalog.policy.exposure = readExposure(section["exposure"])
        let bounds: ClosedRange<Interval> = .minutes(1)...(.hours(24 * 30))
        if let within = section["verify_within"]?.duration(bounds) {
            catalog.policy.verifyWithin = within
        }
    }

    /// By severity the least level that answers.
    private func readAnswering(_ value: YAMLValue?, _ catalog: inout Catalog) {
        guard let section = value?.section(.escalation) else { return }
        let listed = catalog.responsibilities.map(\.level)
        let levels = catalog.levels.isEmpty ? Self.usualLevels + listed : catalog.levels
        for (word, severity) in Vocabulary.severities {
            guard let level = section[word]?.text() else { continue }
            if !levels.contains(level.value) {
                findings.error(
                    .catalogLevel, "`\(level.value)` is not a level of the grid", at: level.spot,
                    hint: Likeness.hint(for: level.value, among: levels))
            }
            catalog.policy.answering[Int(severity.rawValue)] = level.value
        }
    }

    private func readExposure(_ value: YAMLValue?) -> ExposurePlan? {
        guard let value, let section = value.section(.exposure) else { return nil }
        var plan = ExposurePlan()
        plan.population = section["population"]?.integer(1...100_000_000).map { Int($0) }
        plan.vulnerability = section["vulnerability"]?.number(0...1)
        plan.raise = UInt8(section["raise"]?.integer(1...4) ?? 1)
        if section["population"] == nil && section["vulnerability"] == nil {
            value.error(
                .yamlEmpty, "`exposure` needs `population`, `vulnerability` or both",
                hint: "such as {population: 5000, vulnerability: 0.7, raise: 1}")
        }
        return plan
    }
}
