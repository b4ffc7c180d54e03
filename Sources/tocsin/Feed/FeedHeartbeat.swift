/// What a server says of itself once a second.
struct FeedHeartbeat: Decodable, Sendable {
    let time: String
    let data: Body

    struct Body: Decodable, Sendable {
        let epoch: String
        /// The number of the feed's last message.
        let sequence: UInt64
        let uptimeSeconds: Double
        let counters: [String: UInt64]
        let sources: Int
        let tasksOpen: Int
        let rules: Int

        enum CodingKeys: String, CodingKey {
            case epoch, sequence, counters, sources, rules
            case uptimeSeconds = "uptime_s"
            case tasksOpen = "tasks_open"
        }
    }
}
