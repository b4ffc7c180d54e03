public import Lanes

/// A running journal.
public struct JournalThread: ~Copyable {
    /// How far it has come.
    public let gauge: JournalGauge
    private let thread: LaneThread<Void, JournalFailure>

    /// Opens the journal, writes down the run, and starts the lane that drains `ring`.
    ///
    /// - Parameters:
    ///   - stop: raise it when the writer of the ring has ended; what is in the ring still goes in.
    ///   - durability: told of every commit; commits at once while somebody waits.
    ///   - alarm: raised by the lane when it fails. The process must end then, without taking in
    ///     more: `join` says why.
    public init(
        _ settings: JournalSettings, run: JournalRun, from ring: RecordRing, until stop: StopSignal,
        alarm: StopSignal, durability: Durability = Durability()
    ) throws(JournalFailure) {
        let store = try JournalFailure.during(.open) { try JournalStore(settings, run) }
        let gauge = JournalGauge()
        do throws(LaneThreadError) {
            thread = try LaneThread(named: "journal", on: settings.cpu) {
                () throws(JournalFailure) in
                do throws(JournalFailure) {
                    var lane = JournalLane(store, settings, from: ring, gauge: gauge, durability)
                    try lane.run(until: stop, idle: settings.idle)
                    try lane.close()
                } catch {
                    alarm.raise()
                    throw error
                }
            }
        } catch {
            throw .thread(error)
        }
        self.gauge = gauge
    }

    /// Waits until everything is on disk and the file is closed.
    public consuming func join() throws(JournalFailure) {
        try thread.join()
    }
}
