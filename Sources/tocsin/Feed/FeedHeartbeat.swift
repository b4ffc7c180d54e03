import Domain

/// What a server says of itself once a second.
struct FeedHeartbeat: Decodable, Sendable {
    let source: String
    let time: String
    let data: Body

    struct Body: Decodable, Sendable {
        let epoch: String
        let uptimeSeconds: Int
        let sources: Int
        let sourcesRegistered: Int
        let cells: Int
        let tasksOpen: Int
        let tasksWithheld: Int
        /// Open tasks by their stages.
        let stages: [String: Int]
        let counters: [String: UInt64]
        /// By `rule id@revision`.
        let rules: [String: RuleFigures]

        enum CodingKeys: String, CodingKey {
            case epoch, counters, sources, cells, rules, stages
            case uptimeSeconds = "uptime_s"
            case sourcesRegistered = "sources_registered"
            case tasksOpen = "tasks_open"
            case tasksWithheld = "tasks_withheld"
        }
    }

    /// What one rule did since the start.
    struct RuleFigures: Decodable, Sendable {
        let evaluations: UInt64
        let matched: UInt64
        let raised: UInt64
        let cleared: UInt64
        let noData: UInt64
        let errors: UInt64
        let keys: UInt64
        let evicted: UInt64
        let degraded: Bool
        let shadow: Bool
        /// Seconds since 1970; nil when its windows are full.
        let warmUntil: Int64?

        enum CodingKeys: String, CodingKey {
            case evaluations, matched, raised, cleared, errors, keys, evicted, degraded, shadow
            case noData = "no_data"
            case warmUntil = "warm_until_s"
        }

        static let titles = [
            "judged", "matched", "raised", "cleared", "no data", "errors", "keys", "evicted",
        ]

        var columns: [UInt64] {
            [evaluations, matched, raised, cleared, noData, errors, keys, evicted]
        }

        /// What else is to be known of it, in words.
        var remarks: String {
            var remarks: [String] = []
            if shadow { remarks.append("shadow") }
            if degraded { remarks.append("degraded") }
            if let warmUntil {
                let time = Timestamp(nanoseconds: warmUntil * 1_000_000_000)
                remarks.append("warming until \(time.rfc3339Seconds)")
            }
            return remarks.joined(separator: ", ")
        }
    }
}
