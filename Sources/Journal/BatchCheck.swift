import Domain
import Foundation

/// Holds batches, one after the other, against their checksums, the batch before, and their
/// records.
struct BatchCheck {
    /// The checksum of the batch before, as its row has it and as its bytes give it: where one of
    /// the two was damaged, the next batch still links to the other.
    private var links: [Int64] = []
    private var before: BatchHead?

    /// What is wrong with the next batch; nil when it is as it was written.
    mutating func take(_ head: BatchHead, _ bytes: Data) -> BatchDamage? {
        let previous = UInt64(bitPattern: head.previousChecksum)
        let found = Int64(bitPattern: AlertBatch.checksum(of: bytes, after: previous))
        let isLinked = links.isEmpty || links.contains(head.previousChecksum)
        let gap = gap(before: head)
        defer { (links, before) = ([head.checksum, found], head) }
        if found != head.checksum { return damage(head, .changed, lost: head.range) }
        if !isLinked { return damage(head, .missingBefore, lost: gap) }
        switch faultInside(head, bytes) {
        case .malformed: return damage(head, .malformed, lost: head.range)
        case let fault?: return damage(head, fault, lost: nil)
        case nil: return nil
        }
    }

    /// Takes note of a row that cannot be read: nothing is known to link to.
    mutating func skip() { (links, before) = ([], nil) }

    private func damage(
        _ head: BatchHead, _ fault: BatchDamage.Fault, lost: AlertRange?
    ) -> BatchDamage {
        BatchDamage(batch: head.id, fault: fault, lost: lost)
    }

    /// What lies between the batch before and this one.
    private func gap(before head: BatchHead) -> AlertRange? {
        guard let before else { return nil }
        let isSameRun = before.run == head.run
        return AlertRange(
            run: head.run, isSameRun ? before.last &+ 1 : 1, isSameRun ? head.first &- 1 : 0,
            from: before.received, to: head.firstReceived)
    }

    private func faultInside(_ head: BatchHead, _ bytes: Data) -> BatchDamage.Fault? {
        let records = bytes.span
        var (offset, count, last) = (0, Int64(0), UInt64(0))
        var received = Timestamp.never
        do throws(JournalFailure) {
            while offset < records.count {
                let record = try RecordHead(records, at: offset)
                guard record.kind == .alert else { return .malformed }
                if count == 0, record.sequence != head.first { return .mislabelled }
                if count == 0, record.received != head.firstReceived { return .mislabelled }
                if count > 0, record.sequence <= last { return .disordered }
                (last, received) = (record.sequence, record.received)
                (offset, count) = (offset + record.byteCount, count + 1)
            }
        } catch {
            return .malformed
        }
        let isLabelled = count == head.count && last == head.last && received == head.received
        return isLabelled ? faultBetween(head) : .mislabelled
    }

    private func faultBetween(_ head: BatchHead) -> BatchDamage.Fault? {
        guard let before else { return nil }
        if before.run > head.run { return .mislabelled }
        return before.run == head.run && head.first <= before.last ? .disordered : nil
    }
}
