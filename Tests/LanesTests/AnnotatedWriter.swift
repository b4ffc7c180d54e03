import Lanes

// What a hot stage in another module does: the compiler refuses this file, in debug and in release,
// if the writing end allocates or locks.

struct Stamp: BitwiseCopyable, Equatable {
    var sequence: UInt64
    var kind: UInt16
}

@_noAllocation @_noLocks
func writeAnnotated(_ writer: inout RingWriter, _ stamp: Stamp, _ text: Span<UInt8>) -> Bool {
    guard writer.reserve(32 + text.count) else { return false }
    writer.write(stamp)
    writer.write(UInt8(7))
    writer.write(text, from: 1, to: text.count)
    writer.commit()
    return true
}

@_noAllocation @_noLocks
func appendAnnotated(_ writer: inout RingWriter, _ stamp: Stamp) -> Bool {
    writer.append(stamp)
}
