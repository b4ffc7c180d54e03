import CEL
package import Domain
import Scoring
package import Wire

// Stage 3: alert → admitted.
//
// Says no with `notAllowed` (the topic names another source, or the registry does not let the
// source send this kind), `overloaded` (no room for another source), `unknownSource` (not on the
// list of those let in, or not registered where that is asked for), `timeSkew` (from the future, or
// too old for a source that may not backfill), `duplicate`, `throttled` (over its rate).
//
// Nothing that is refused is remembered as seen: it may be sent again.

extension Walk {
    @_noAllocation @_noLocks
    package mutating func admit(
        _ bytes: Span<UInt8>, _ topic: Topic, _ letter: LetterHead
    ) throws(Refusal) {
        guard topic.names(sourceOf: alert, bytes) else {
            throw Refusal(.notAllowed, .source, at: 0)
        }
        let source = try admission.source(of: alert)
        guard admission.kindSets.contains(alert.kind, in: admission.seats[source.int].kinds) else {
            throw Refusal(.notAllowed, .kind, at: 0)
        }
        if !admission.states[source.int].symbol.isString { introduce(source, bytes, topic) }
        try checkTime(source, letter.received)
        let mark = admission.mark(of: alert, source)
        if admission.seen.contains(mark) {
            noteRepeat(source, letter)
            throw Refusal(.duplicate, .id, at: 0)
        }
        guard admission.spendToken(source, at: letter.received) else {
            admission.noteThrottled(source)
            throw Refusal(.throttled, .source, at: 0)
        }
        noteSequence(source, letter)
        admission.latestMark = mark
        sighting.source = source
        sighting.kind = alert.kind
        sighting.status = alert.status
        sighting.received = letter.received
        // A clock that runs a little ahead is not believed: nothing is judged in the future.
        sighting.time = alert.time < letter.received ? alert.time : letter.received
        if alert.time - letter.received > rules.table.time.future { counters.clamped &+= 1 }
    }

    /// Gives the conditions a symbol for a source's name, from the topic, which names the same
    /// source.
    @_noAllocation @_noLocks
    private mutating func introduce(_ source: SourceID, _ bytes: Span<UInt8>, _ topic: Topic) {
        let (start, end) = (topic.sourceStart, topic.sourceEnd)
        guard let symbol = rules.table.memory.symbols.keep(bytes, start, end) else { return }
        admission.states[source.int].symbol = Slot.string(symbol)
    }

    @_noAllocation @_noLocks
    private func checkTime(_ source: SourceID, _ received: Timestamp) throws(Refusal) {
        if alert.time - received > admission.futureSkewMax {
            throw Refusal(.timeSkew, .time, at: 0)
        }
        if received - alert.time > admission.ageMax {
            if !admission.states[source.int].mayBackfill {
                throw Refusal(.timeSkew, .time, at: 0)
            }
        }
    }

    /// Counts what the sender numbered but never arrived.
    @_noAllocation @_noLocks
    private mutating func noteSequence(_ source: SourceID, _ letter: LetterHead) {
        guard let number = number(letter) else { return }
        counters.lost &+= admission.noteSequence(number, source)
    }

    /// A repeat under a new number counts on; under the number it had, it says nothing.
    @_noAllocation @_noLocks
    private mutating func noteRepeat(_ source: SourceID, _ letter: LetterHead) {
        guard let number = number(letter) else { return }
        if number > admission.states[source.int].lastSequence { noteSequence(source, letter) }
    }

    /// The number that the sender gave the alert, if any.
    @_noAllocation @_noLocks
    func number(_ letter: LetterHead) -> UInt64? {
        alert.present.contains(.sequence) ? alert.sequence : letter.frameSequence
    }
}
