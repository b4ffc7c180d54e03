import Domain
import Wire

extension Walk {
    /// Takes a whole letter: one alert, a batch of them, or a heartbeat.
    ///
    /// A letter that is none of these counts as one alert received and rejected.
    public mutating func take(_ letter: borrowing Letter) {
        tee?.note(letter)
        verdicts.clear()
        advance(to: letter.head.received)
        letter.bytes.withBytes { open($0, letter.head, malformed: letter.isMalformed) }
    }

    @_noAllocation @_noLocks
    private mutating func open(_ bytes: Span<UInt8>, _ head: LetterHead, malformed: Bool) {
        if malformed { return refuseWhole(Refusal(.badSchema, .message, at: 0), head) }
        do throws(Refusal) {
            let topic = try Topic.parse(bytes, 0, head.topicBytes)
            switch topic.subject {
            case .alert: try openAlerts(bytes, topic, head)
            case .heartbeat: try noteHeartbeat(bytes, topic, head)
            }
        } catch {
            refuseWhole(error, head)
        }
    }

    /// One alert, or each alert of a batch.
    @_noAllocation @_noLocks
    private mutating func openAlerts(
        _ bytes: Span<UInt8>, _ topic: Topic, _ head: LetterHead
    ) throws(Refusal) {
        let count = bytes.count
        guard BatchCursor.isBatch(bytes, head.topicBytes, count) else {
            let before = sequence
            walk(bytes, head.topicBytes, count, topic, head)
            return noteVerdict(head, after: before, head.topicBytes, count)
        }
        try batch.open(bytes, head.topicBytes, count)
        verdicts.isBatch = true
        while batch.next() {
            let before = sequence
            walk(bytes, batch.elementStart, batch.elementEnd, topic, head)
            noteVerdict(head, after: before, batch.elementStart, batch.elementEnd)
        }
    }

    /// Notes what became of an alert whose sender is answered.
    @_noAllocation @_noLocks
    private mutating func noteVerdict(
        _ head: LetterHead, after sequence: UInt64, _ start: Int, _ end: Int
    ) {
        if head.path != .acknowledged { return }
        let refusal = self.sequence == sequence ? lastRefusal : nil
        verdicts.note(refusal, of: alert, start, end)
    }

    /// A heartbeat tells the last number sent: what is missing at the tail shows no gap otherwise.
    @_noAllocation @_noLocks
    private mutating func noteHeartbeat(
        _ bytes: Span<UInt8>, _ topic: Topic, _ head: LetterHead
    ) throws(Refusal) {
        let count = bytes.count
        try AlertDecoder.decodeHeartbeat(bytes, head.topicBytes, count, kinds: kinds, into: &alert)
        guard topic.names(sourceOf: alert, bytes) else {
            throw Refusal(.notAllowed, .source, at: 0)
        }
        let source = try admission.source(of: alert)
        counters.heartbeats &+= 1
        counters.lost &+= admission.noteTail(alert.sequence, source)
    }

    @_noAllocation @_noLocks
    private mutating func refuseWhole(_ refusal: Refusal, _ head: LetterHead) {
        counters.received[Int(head.path.rawValue)] &+= 1
        refuse(refusal)
        verdicts.whole = refusal
    }
}
