import Synchronization

/// The journal lane's progress, for other lanes to read.
public final class JournalGauge: Sendable {
    private let durableSequence = Atomic<UInt64>(0)
    private let records = Atomic<UInt64>(0)
    private let commits = Atomic<UInt64>(0)
    private let alertBytes = Atomic<UInt64>(0)

    init() {}

    public var progress: JournalProgress {
        JournalProgress(
            durableSequence: durableSequence.load(ordering: .acquiring),
            records: records.load(ordering: .relaxed), commits: commits.load(ordering: .relaxed),
            alertBytes: alertBytes.load(ordering: .relaxed))
    }

    /// Says which position the first alert of this run comes after. Before any lane uses it.
    public func begin(after sequence: UInt64) {
        durableSequence.store(sequence, ordering: .releasing)
    }

    func add(records count: Int, alertBytes bytes: Int, durableSequence sequence: UInt64) {
        records.wrappingAdd(UInt64(count), ordering: .relaxed)
        alertBytes.wrappingAdd(UInt64(bytes), ordering: .relaxed)
        commits.wrappingAdd(1, ordering: .relaxed)
        durableSequence.store(sequence, ordering: .releasing)
    }
}
