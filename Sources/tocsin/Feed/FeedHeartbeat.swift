/// What a server says of itself once a second.
struct FeedHeartbeat: Decodable, Sendable {
    let source: String
    let time: String
    let data: Body

    struct Body: Decodable, Sendable {
        let epoch: String
        let uptimeSeconds: Int
        let sources: Int
        let cells: Int
        let tasksOpen: Int
        let counters: [String: UInt64]
        /// By `rule id@revision`.
        let rules: [String: RuleFigures]

        enum CodingKeys: String, CodingKey {
            case epoch, counters, sources, cells, rules
            case uptimeSeconds = "uptime_s"
            case tasksOpen = "tasks_open"
        }
    }

    /// What one rule did since the start.
    struct RuleFigures: Decodable, Sendable {
        let matched: UInt64
        let raised: UInt64
        let cleared: UInt64
        let errors: UInt64
        let keys: UInt64
        let evicted: UInt64

        var columns: [UInt64] { [matched, raised, cleared, errors, keys, evicted] }
    }
}
