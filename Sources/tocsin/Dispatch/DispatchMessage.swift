import Foundation

/// What the dispatch door says, as far as the terminal's desk needs it.
struct DispatchMessage: Decodable {
    let type: String
    let waiting: Int?
    let task: FeedTask?
    // Of an answer, or of an error.
    let id: String?
    let status: String?
    let code: String?
    let field: String?
    let detail: String?
    let stage: String?
    let retry: Bool?
    let dropped: [String]?
}

/// A task of a desk, with its JSON as it came.
struct DispatchedTask {
    let feed: FeedTask
    let json: [UInt8]

    var incident: String { feed.data.incident }

    /// The task in a message; nil when there is none.
    init?(_ message: DispatchMessage, _ bytes: [UInt8]) {
        guard let feed = message.task else { return nil }
        self.feed = feed
        // It is the last member, and what stands before it has no such word.
        let mark = Array(#""task":{"#.utf8)
        let start = bytes.indices.first { bytes[$0...].starts(with: mark) }
        json = start.map { Array(bytes[($0 + mark.count - 1)..<(bytes.count - 1)]) } ?? []
    }
}
