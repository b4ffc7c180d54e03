import Domain
public import Lanes
import Wire

/// Where a walk's outputs go: the feed's buffer, which the lane sends after each turn, and the
/// journal's ring.
///
/// The feed's buffer holds messages one after the other: topic length and body length (u32 each)
/// and the message's number (u64), least significant bytes first, then topic and body.
public struct Outlet: ~Copyable, Sendable {
    var ring: RingWriter
    var feed = ByteBuffer(capacity: 8 * 1024 * 1024)
    var topic = ByteBuffer(capacity: 512)
    var path = ByteBuffer(capacity: 512)
    var body = ByteBuffer(capacity: Limits.taskBytesMax + 4096)
    /// An alert's message without what must not be kept.
    var redacted = ByteBuffer(capacity: Limits.alertBytesMax)
    var order = TaskOrder()
    /// The latest heartbeat, with the counters of every rule.
    var heartbeat = ByteBuffer(capacity: 1 << 20)
    /// Number of the latest feed message.
    public internal(set) var feedSequence: UInt64 = 0
    let encoder: FeedEncoder

    /// - Parameters:
    ///   - instance: names this process on the feed: `tocsin/<instance>`.
    ///   - epoch: changes with every start, and with it the feed's numbers begin again.
    public init(ring: consuming RingWriter, instance: String, epoch: UInt64) {
        self.ring = ring
        encoder = FeedEncoder(instance: instance, epoch: epoch)
    }
}

extension Outlet {
    /// Puts the message in `topic` and `body` on the feed; counted by the caller when there is no
    /// room.
    @_noAllocation @_noLocks
    mutating func tellFeed() -> Bool {
        let needed = 16 + topic.count + body.count
        guard feed.count + needed <= feed.capacity else { return false }
        feed.appendLittleEndian(UInt64(topic.count) | UInt64(body.count) << 32)
        feed.appendLittleEndian(feedSequence)
        feed.append(topic, 0, topic.count)
        feed.append(body, 0, body.count)
        return true
    }
}

extension Outlet {
    @_noAllocation @_noLocks
    mutating func encodeScore(_ change: ScoreChange) {
        encoder.encodeScoreTopic(path: path, into: &topic)
        encoder.encodeScore(change, path: path, sequence: feedSequence, into: &body)
    }

    @_noAllocation @_noLocks
    mutating func encodeTask() {
        encoder.encodeTaskTopic(order, into: &topic)
        encoder.encodeTask(order, sequence: feedSequence, into: &body)
    }

    mutating func writeHeartbeat(at now: Timestamp, details: borrowing ByteBuffer) {
        topic.clear()
        heartbeat.clear()
        encoder.encodeHeartbeatTopic(into: &topic)
        encoder.encodeHeartbeat(
            lastSequence: feedSequence, time: now, details: details, into: &heartbeat)
    }

    /// Forgets what was told: the owner of the feed has sent it.
    package mutating func clearFeed() { feed.clear() }
}

extension RingWriter {
    /// Writes the head of a record; `length` is that of its body.
    @_noAllocation @_noLocks
    mutating func write(_ head: JournalHead, length: Int) {
        write(head.kind.rawValue)
        write(head.path.rawValue)
        write(UInt16(0))
        write(UInt32(truncatingIfNeeded: length))
        write(head.sequence)
        write(head.time.nanoseconds)
        write(head.received.nanoseconds)
    }

    /// Writes an event, its detail a JSON object; false when there is no room.
    @_noAllocation @_noLocks
    mutating func writeEvent(
        _ kind: JournalEventKind, _ head: JournalHead, ruleBase: UInt32,
        _ detail: borrowing ByteBuffer
    ) -> Bool {
        guard reserve(JournalHead.byteCount + 5 + detail.count) else { return false }
        write(head, length: 5 + detail.count)
        write(kind.rawValue)
        write(ruleBase)
        write(detail)
        commit()
        return true
    }

    @_noAllocation @_noLocks
    mutating func write(_ buffer: borrowing ByteBuffer) {
        var index = 0
        while index < buffer.count {
            write(buffer[index])
            index += 1
        }
    }
}
