public import Domain
import Foundation

/// An alert that once came in: its message, and when.
public struct RecordedAlert: Sendable {
    /// The CloudEvents message as it was received.
    public let body: [UInt8]
    public let source: String
    /// With the source, what an explanation calls it by.
    public let id: String
    public let received: Timestamp

    private struct Head: Decodable {
        let id: String
        let source: String
        let time: String
        let received: String?
    }

    /// What kept a message from being read.
    public struct Unreadable: Error, Sendable {
        public let reason: String
    }

    /// - Parameter received: when it came in; nil takes the message's own `received`, or else its
    ///   `time`.
    public init(body: [UInt8], received: Timestamp? = nil) throws(Unreadable) {
        let head: Head
        do {
            head = try JSONDecoder().decode(Head.self, from: Data(body))
        } catch {
            throw Unreadable(reason: "no alert: `id`, `source` and `time` are needed")
        }
        self.body = body
        source = head.source
        id = head.id
        if let received {
            self.received = received
        } else {
            let text = head.received ?? head.time
            guard let time = Timestamp(rfc3339: text) else {
                throw Unreadable(reason: "`\(text)` is no time")
            }
            self.received = time
        }
    }

    /// As tasks name their evidence.
    public var name: String { "\(source)#\(id)" }

    var topic: String { "alert/v1/json/\(source)/" }
}

/// Alerts in the order in which they came in, with the lines that could not be read.
public struct Recording: Sendable {
    public var alerts: [RecordedAlert] = []
    /// By line, from 1.
    public var unreadable: [(line: Int, reason: String)] = []

    public init() {}

    /// Alerts written one a line; sorted by when they came in, those at one time as they stand.
    public init(jsonLines text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
            do throws(RecordedAlert.Unreadable) {
                alerts.append(try RecordedAlert(body: Array(line.utf8)))
            } catch {
                unreadable.append((index + 1, error.reason))
            }
        }
        alerts = alerts.enumerated().sorted {
            ($0.element.received, $0.offset) < ($1.element.received, $1.offset)
        }.map(\.element)
    }
}
