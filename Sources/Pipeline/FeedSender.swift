import Domain
import Glibc
import ZeroMQ

extension IntakeLane {
    /// Sends what the walk put into the feed's buffer, three frames a message: topic, body, number.
    ///
    /// A subscriber that is too slow loses messages in its own queue and sees it by the numbers.
    mutating func sendFeed() throws(ZeroMQError) {
        guard walk.outlet.feed.count > 0 else { return }
        try walk.outlet.feed.withBytes { bytes throws(ZeroMQError) in
            var at = 0
            while at < bytes.count {
                let topic = at + 16 + Int(bytes.littleEndian(at, byteCount: 4))
                let body = topic + Int(bytes.littleEndian(at + 4, byteCount: 4))
                _ = try feed.send(bytes.extracting(at + 16..<topic), .more)
                _ = try feed.send(bytes.extracting(topic..<body), .more)
                _ = try feed.send(bytes.extracting(at + 8..<at + 16))
                at = body
            }
        }
        walk.outlet.clearFeed()
    }

    /// Once a second: the counters to the journal, and a heartbeat with them to the feed.
    mutating func report(at now: Timestamp) throws(ZeroMQError) {
        walk.recordSources()
        walk.recordTally(at: now)
        walk.writeHeartbeat(at: now, startedAt: startedAt)
        var number = ByteBuffer(capacity: 8)
        number.appendLittleEndian(walk.outlet.feedSequence)
        _ = try walk.outlet.topic.withBytes { bytes throws(ZeroMQError) in
            try feed.send(bytes, .more)
        }
        _ = try walk.outlet.heartbeat.withBytes { bytes throws(ZeroMQError) in
            try feed.send(bytes, .more)
        }
        _ = try number.withBytes { bytes throws(ZeroMQError) in try feed.send(bytes) }
    }
}

extension Span<UInt8> {
    func littleEndian(_ start: Int, byteCount: Int) -> UInt64 {
        (0..<byteCount).reduce(0) { $0 | UInt64(self[start + $1]) << UInt64($1 * 8) }
    }
}
