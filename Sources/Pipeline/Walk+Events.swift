public import Domain
import Lanes

// What befalls the engine besides alerts: journaled inputs. Not on the hot path.

extension Walk {
    /// Puts an event on the journal's ring; `detail` is a JSON object.
    ///
    /// **Fails**: false when the ring has no room for it, which the lane sees to before.
    @discardableResult
    public mutating func record(
        _ kind: JournalEventKind, _ detail: String, ruleBase: UInt32 = 0, at now: Timestamp
    ) -> Bool {
        let head = JournalHead(.event, path: .push, sequence: sequence, time: now, received: now)
        var bytes = ByteBuffer(capacity: detail.utf8.count + 8)
        bytes.append(string: detail)
        guard outlet.ring.reserve(JournalHead.byteCount + 5 + bytes.count) else {
            counters.journalOverflows &+= 1
            return false
        }
        outlet.ring.write(head, length: 5 + bytes.count)
        outlet.ring.write(kind.rawValue)
        outlet.ring.write(ruleBase)
        outlet.ring.write(bytes)
        outlet.ring.commit()
        return true
    }
}
