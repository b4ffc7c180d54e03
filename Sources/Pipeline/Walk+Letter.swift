public import Domain
import Wire

extension Walk {
    /// Takes a whole letter: one alert, a batch of them, or a heartbeat.
    ///
    /// A letter that is none of these counts as one alert received and rejected.
    public mutating func take(_ letter: borrowing Letter) {
        advance(to: letter.head.received)
        letter.bytes.withBytes { open($0, letter.head, malformed: letter.isMalformed) }
    }

    @_noAllocation @_noLocks
    private mutating func open(_ bytes: Span<UInt8>, _ head: LetterHead, malformed: Bool) {
        if malformed { return refuseWhole(Refusal(.badSchema, .message, at: 0), head) }
        do throws(Refusal) {
            switch try Topic.read(bytes, head.topicBytes) {
            case .alert: try openAlerts(bytes, head)
            case .heartbeat: try noteHeartbeat(bytes, head)
            }
        } catch {
            refuseWhole(error, head)
        }
    }

    /// One alert, or each alert of a batch.
    @_noAllocation @_noLocks
    private mutating func openAlerts(_ bytes: Span<UInt8>, _ head: LetterHead) throws(Refusal) {
        let count = bytes.count
        guard BatchCursor.isBatch(bytes, head.topicBytes) else {
            if count - head.topicBytes > 8192 { throw Refusal(.tooLarge, .message, at: 8192) }
            return walk(bytes, head.topicBytes, count, head)
        }
        var cursor = try BatchCursor(bytes, head.topicBytes, count)
        while cursor.next(bytes) { walk(bytes, cursor.start, cursor.end, head) }
    }

    /// A heartbeat tells the last number sent: what is missing at the tail shows no gap otherwise.
    @_noAllocation @_noLocks
    private mutating func noteHeartbeat(_ bytes: Span<UInt8>, _ head: LetterHead) throws(Refusal) {
        let last = try AlertDecoder.heartbeat(bytes, head.topicBytes, bytes.count)
        counters.heartbeats &+= 1
        let end = Topic.sourceEnd(bytes, head.topicBytes)
        counters.lost &+= admission.noteTail(bytes, Topic.sourceStart(bytes), end, last: last)
    }

    @_noAllocation @_noLocks
    private mutating func refuseWhole(_ refusal: Refusal, _ head: LetterHead) {
        counters.received[Int(head.path.rawValue)] &+= 1
        refuse(refusal)
    }
}
