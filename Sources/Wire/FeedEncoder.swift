public import Domain

/// Writes what the feed says: tasks, scores and its own heartbeat, as CloudEvents 1.0 in JSON.
///
/// Bodies and topics are appended to buffers the caller owns and clears. Every message carries the
/// feed's sequence, by which a subscriber sees what it missed; the epoch changes with every start.
///
/// **Owner**: the lane that publishes. Nothing is allocated after `init`.
public struct FeedEncoder: ~Copyable, Sendable {
    /// `"tocsin/<instance>"` as JSON, with its quotes.
    let source: ByteBuffer
    public let epoch: UInt64

    /// A feed that names itself `tocsin/<instance>`; past 64 bytes the instance's name is cut.
    public init(instance: String, epoch: UInt64) {
        var name = ByteBuffer(capacity: 1024)
        name.append(string: "tocsin/" + instance)
        var source = ByteBuffer(capacity: 1024)
        source.append(ASCII.quote)
        source.append(jsonContentOf: name, 0, name.count, most: 512)
        source.append(ASCII.quote)
        self.source = source
        self.epoch = epoch
    }

    /// Opens an event with the attributes all have; the caller has its id written before.
    @_noAllocation @_noLocks
    func appendAttributes(
        type: StaticString, time: Timestamp, sequence: UInt64, to body: inout ByteBuffer
    ) {
        body.append(",\"specversion\":\"1.0\",\"type\":\"")
        body.append(type)
        body.append("\",\"source\":")
        body.append(source, 0, source.count)
        body.append(",\"time\":\"")
        body.append(time: time)
        body.append("\",\"sequence\":\"")
        body.append(decimal: sequence)
        body.append("\",\"data\":{")
    }

    /// `<epoch>-<sequence>`: the id of what has no name of its own.
    @_noAllocation @_noLocks
    func appendEventID(_ sequence: UInt64, to body: inout ByteBuffer) {
        body.append("{\"id\":\"")
        body.append(decimal: epoch)
        body.append(ASCII.dash)
        body.append(decimal: sequence)
        body.append(ASCII.quote)
    }
}

extension FeedEncoder {
    /// Appends the feed's heartbeat: its epoch and the sequence of its last message before it, then
    /// `details`, further members of its data, each with a comma before it.
    ///
    /// Its id is `<epoch>-heartbeat-<nanoseconds>`: many may have the same last sequence.
    @_noAllocation @_noLocks
    public func encodeHeartbeat(
        lastSequence: UInt64, time: Timestamp, details: borrowing ByteBuffer,
        into body: inout ByteBuffer
    ) {
        body.append("{\"id\":\"")
        body.append(decimal: epoch)
        body.append("-heartbeat-")
        body.append(decimal: time.nanoseconds)
        body.append(ASCII.quote)
        appendAttributes(
            type: "tocsin.heartbeat.v1", time: time, sequence: lastSequence, to: &body)
        body.append("\"epoch\":\"")
        body.append(decimal: epoch)
        body.append("\",\"last_sequence\":\"")
        body.append(decimal: lastSequence)
        body.append(ASCII.quote)
        body.append(details, 0, details.count)
        body.append("}}")
    }

    @_noAllocation @_noLocks
    public func encodeHeartbeatTopic(into topic: inout ByteBuffer) {
        topic.append("heartbeat/v1/json/tocsin/")
    }

    /// Appends a score change; `path` is its cell's path, such as `NYC/3/311/`.
    @_noAllocation @_noLocks
    public func encodeScore(
        _ change: ScoreChange, path: borrowing ByteBuffer, sequence: UInt64,
        into body: inout ByteBuffer
    ) {
        appendEventID(sequence, to: &body)
        appendAttributes(
            type: "tocsin.score.v1", time: change.time, sequence: sequence, to: &body)
        body.append("\"cell\":\"")
        body.append(jsonContentOf: path, 0, path.count, most: FeedEncoder.pathMax)
        body.append("\",\"category\":\"")
        body.append(change.category.word)
        body.append("\",\"score\":")
        body.append(thousandths: Int64(change.score.value))
        body.append(",\"warning\":\"")
        body.append(change.warning.word)
        body.append("\",\"previous\":{\"score\":")
        body.append(thousandths: Int64(change.previousScore.value))
        body.append(",\"warning\":\"")
        body.append(change.previousWarning.word)
        body.append("\"}}}")
    }

    /// Appends `score/v1/json/<cell path>/`.
    @_noAllocation @_noLocks
    public func encodeScoreTopic(path: borrowing ByteBuffer, into topic: inout ByteBuffer) {
        topic.append("score/v1/json/")
        topic.append(path, 0, path.count)
        topic.closePath()
    }
}

extension ByteBuffer {
    /// Ends a path with exactly one slash, whether it had one or not.
    @_noAllocation @_noLocks
    mutating func closePath() {
        if count == 0 { return }
        if self[count &- 1] != ASCII.slash { append(ASCII.slash) }
    }
}
