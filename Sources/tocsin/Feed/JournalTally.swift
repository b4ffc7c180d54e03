import Domain
import Foundation
import Journal

/// The counters of the last run in a journal.
struct JournalTally: Encodable {
    let instance: String
    let started: String
    /// Nil while the run lasts, and after a kill.
    let ended: String?
    let counters: [String: UInt64]

    /// **Fails**: there is no journal at `path`, or nothing ran on it.
    init(path: String) throws {
        do {
            let reader = try JournalReader(path: path)
            guard let run = try reader.runs().last else {
                throw CommandFailure.unavailable("the journal \(path) has no run yet")
            }
            instance = run.instance
            started = run.started.rfc3339
            ended = run.ended?.rfc3339
            // The journal has a row only for what moved; a script may ask for any.
            let moved = try reader.tally(ofRun: run.id)?.counters ?? [:]
            let still = IntakeCounters.names.map { ($0, UInt64(0)) }
            counters = Dictionary(uniqueKeysWithValues: still).merging(moved) { $1 }
        } catch let failure as JournalFailure {
            throw CommandFailure.unavailable("cannot read the journal \(path): \(failure)")
        }
    }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
