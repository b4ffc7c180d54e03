import Foundation

/// A score message of the feed, as far as it is shown.
struct FeedScore: Decodable, Sendable {
    struct Standing: Decodable, Sendable {
        let score: Double
        let warning: String
    }
    struct Body: Decodable, Sendable {
        let cell: String
        let category: String
        let score: Double
        let warning: String
        let previous: Standing
    }
    let time: String
    let data: Body
}

/// A task message of the feed, as far as it is shown.
struct FeedTask: Decodable, Sendable {
    struct Factor: Decodable, Sendable {
        let rule: String
        let points: Double
        let alerts: Int
        let first: String
    }
    struct Assignment: Decodable, Sendable {
        let department: String
        let level: String
        let cell: String
    }
    struct Evidence: Decodable, Sendable {
        let alerts: [String]
        let count: Int
    }
    struct Body: Decodable, Sendable {
        let incident: String
        let revision: Int
        let operation: String
        let category: String
        let kind: String
        let cell: String
        let priority: Int
        let score: Double
        let warning: String
        let severity: String
        let certainty: String
        let title: String
        let reason: String
        let factors: [Factor]
        let evidence: Evidence
        let assign: Assignment
        let acceptBy: String?
        let resolveBy: String?
        let status: String
        let repeats: Int

        enum CodingKeys: String, CodingKey {
            case incident, revision, operation, category, kind, cell, priority, score, warning
            case severity, certainty, title, reason, factors, evidence, assign, status, repeats
            case acceptBy = "accept_by"
            case resolveBy = "resolve_by"
        }
    }
    let time: String
    let data: Body
}

/// What kind of message a topic announces.
enum FeedTopic: Equatable {
    case score, task, heartbeat, other

    init(_ topic: String) {
        if topic.hasPrefix("score/v1/json/") {
            self = .score
        } else if topic.hasPrefix("task/v1/json/") {
            self = .task
        } else if topic.hasPrefix("heartbeat/v1/json/tocsin/") {
            self = .heartbeat
        } else {
            self = .other
        }
    }
}

/// Reads a message of the feed. **Fails**: it is not what this version understands.
func decodeFeed<Value: Decodable>(_ type: Value.Type, _ body: [UInt8]) throws -> Value {
    do {
        return try JSONDecoder().decode(type, from: Data(body))
    } catch {
        throw CommandFailure.unavailable(
            "the server's message cannot be read; is it of another version? \(error)")
    }
}
