import Domain
import Foundation
import GRDB

/// A row of alert batches without its bytes.
struct BatchHead {
    static let columns = """
        id, run, first_sequence, last_sequence, first_received, received, count,
        previous_checksum, checksum, bytes
        """

    let id: Int64
    let run: Int64
    let first: UInt64
    let last: UInt64
    let firstReceived: Timestamp
    let received: Timestamp
    let count: Int64
    let previousChecksum: Int64
    let checksum: Int64

    /// nil when a column holds something else than a number: the file was damaged.
    init?(_ row: Row) {
        var numbers: [Int64] = []
        for column in 0..<9 {
            guard let number = Int64.fromDatabaseValue(row[column]) else { return nil }
            numbers.append(number)
        }
        (id, run, count) = (numbers[0], numbers[1], numbers[6])
        (first, last) = (UInt64(bitPattern: numbers[2]), UInt64(bitPattern: numbers[3]))
        firstReceived = Timestamp(nanoseconds: numbers[4])
        received = Timestamp(nanoseconds: numbers[5])
        (previousChecksum, checksum) = (numbers[7], numbers[8])
    }

    /// The row's bytes; nil when they are none.
    static func bytes(_ row: Row) -> Data? { Data.fromDatabaseValue(row[9]) }

    var range: AlertRange {
        AlertRange(run: run, first, last, from: firstReceived, to: received)
    }
}
