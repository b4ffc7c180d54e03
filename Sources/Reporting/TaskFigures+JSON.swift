import Domain

/// The stable names of docs/report.md.
extension TaskFigures: Encodable {
    private enum CodingKeys: String, CodingKey {
        case opened, priorities, categories, stages, repeats, repeated, reopened, escalations
        case missed, times, outcomes, precision, satisfaction
        case stillOpen = "still_open"
        case openNow = "open_now"
        case repeatRate = "repeat_rate"
    }

    private struct Times: Encodable {
        let accept, arrive, resolve, verify: Durations
    }

    private struct Satisfaction: Encodable {
        let count: Int
        let mean: Double?
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try encodeCounts(to: &container)
        try container.encode(
            Times(accept: accept, arrive: arrive, resolve: resolve, verify: verify), forKey: .times)
        try container.encode(precision, forKey: .precision)
        try container.encode(
            Satisfaction(count: satisfactionCount, mean: satisfaction), forKey: .satisfaction)
    }

    private func encodeCounts(to container: inout KeyedEncodingContainer<CodingKeys>) throws {
        try container.encode(opened, forKey: .opened)
        try container.encode(stillOpen, forKey: .stillOpen)
        try container.encode(openNow, forKey: .openNow)
        try container.encode(named(priorities) { "\($0.word)" }, forKey: .priorities)
        try container.encode(named(categories) { "\($0.word)" }, forKey: .categories)
        try container.encode(named(stages) { "\($0.word)" }, forKey: .stages)
        try container.encode(repeats, forKey: .repeats)
        try container.encode(repeated, forKey: .repeated)
        try container.encode(reopened, forKey: .reopened)
        try container.encodeIfPresent(repeatRate, forKey: .repeatRate)
        try container.encode(escalations, forKey: .escalations)
        try container.encode(missedByDeadline, forKey: .missed)
        try container.encode(named(outcomes) { "\($0.word)" }, forKey: .outcomes)
    }

    /// Every word stands there, also with 0: a script may ask for any.
    private func named<Word: CaseIterable & Hashable>(
        _ counts: [Word: Int], _ name: (Word) -> String
    ) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: Word.allCases.map { (name($0), counts[$0] ?? 0) })
    }

    private var missedByDeadline: [String: Int] {
        [
            "accept": missed[.acceptMissed] ?? 0, "arrive": missed[.arriveMissed] ?? 0,
            "resolve": missed[.resolveMissed] ?? 0,
        ]
    }
}
