package import Domain
import Wire

// Stage 2: bytes → alert, in place.
//
// Says no with every code that the message itself can earn: `badEncoding`, `badSchema`, `tooLarge`,
// `missingField`, `badValue`, `unknownKind`, `badUnit`, `badTime`, `badPosition`, `privacy`. What
// the allow-list does not know is skipped unread and counted.

extension Walk {
    @_noAllocation @_noLocks
    package mutating func decode(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) throws(Refusal) {
        try AlertDecoder.decode(bytes, start, end, kinds: kinds, into: &alert)
    }
}
