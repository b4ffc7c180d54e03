import Domain
import Foundation

/// Alert records gathered for one row.
///
///     checksum = hash(seed: checksum of the batch before, bytes)
///
/// so that a changed bit, a missing batch and two in the wrong order all show.
struct AlertBatch {
    private(set) var bytes = Data()
    private(set) var count = 0
    private(set) var firstSequence: UInt64 = 0
    private(set) var lastSequence: UInt64 = 0
    private(set) var firstReceived = Timestamp.never
    private(set) var lastReceived = Timestamp.never

    /// Fits SQLite's pages well and stays in the second-level cache.
    static let byteCountMax = 256 * 1024

    var isFull: Bool { bytes.count >= Self.byteCountMax }

    mutating func append(_ head: RecordHead, _ record: Span<UInt8>) {
        if count == 0 {
            firstSequence = head.sequence
            firstReceived = head.received
        }
        unsafe record.extracting(..<head.byteCount).withUnsafeBufferPointer {
            unsafe bytes.append($0)
        }
        count += 1
        lastSequence = head.sequence
        lastReceived = head.received
    }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        count = 0
    }

    static func checksum(of bytes: Data, after previous: UInt64) -> UInt64 {
        var hash = StableHash(seed: previous)
        hash.combine(bytes.span, 0, bytes.count)
        return hash.value
    }
}
