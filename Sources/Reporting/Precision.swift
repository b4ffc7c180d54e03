import Domain

/// How often what was told turned out to be so.
public struct Precision: Sendable, Equatable, Encodable {
    /// `confirmed`, or `prevented`.
    public private(set) var right = 0
    /// `false_alarm`, or `not_found`.
    public private(set) var wrong = 0

    public init() {}

    /// The other outcomes say neither.
    mutating func add(_ outcome: FeedbackOutcome) {
        switch outcome {
        case .confirmed, .prevented: right += 1
        case .falseAlarm, .notFound: wrong += 1
        case .goneOnArrival, .duplicate, .test, .unknown: break
        }
    }

    /// What the counts say of the share to come; nil where there are none.
    public var estimate: PrecisionEstimate? {
        right + wrong > 0 ? PrecisionEstimate(right: right, wrong: wrong) : nil
    }

    private enum CodingKeys: String, CodingKey {
        case right, wrong, mean, low, high
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(right, forKey: .right)
        try container.encode(wrong, forKey: .wrong)
        guard let estimate else { return }
        try container.encode(estimate.mean, forKey: .mean)
        try container.encode(estimate.low, forKey: .low)
        try container.encode(estimate.high, forKey: .high)
    }
}

/// A share with the interval that it lies in by 95 %, where every share was as likely before.
public struct PrecisionEstimate: Sendable, Equatable {
    public let mean: Double
    public let low: Double
    public let high: Double

    init(right: Int, wrong: Int) {
        let posterior = BetaDistribution(alpha: Double(right + 1), beta: Double(wrong + 1))
        mean = posterior.mean
        low = posterior.quantile(0.025)
        high = posterior.quantile(0.975)
    }
}
