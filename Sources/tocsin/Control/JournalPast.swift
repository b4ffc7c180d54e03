import Cells
import Domain
import Foundation
import Journal
import Lanes
import Pipeline
import Settings
import Tasking

/// The journal's tail, for rules that should have lived through it.
struct JournalPast {
    let path: String
    let cells: CellFiles
    let gauge: JournalGauge

    /// Beyond this the rules begin without it, and fill their windows as time goes on.
    private static let patience = Duration.seconds(60)

    /// An engine of its own under the new rules that has lived through all alerts of the last
    /// `reach` up to now; what comes from now on, the walk copies for it.
    ///
    /// nil when that takes too long, or the journal cannot be read, which is said.
    func rehearse(
        _ compiled: consuming CompiledRules, _ sources: [SourcePlan], reach: Interval,
        _ errands: Errands<Walk>
    ) -> Rehearsal? {
        let start = ContinuousClock.now
        let last = errands.perform(within: Self.patience) { $0.beginTee() }
        guard let last else { return nil }
        let since = Timestamp.now - reach
        do {
            let grid = try CitySource.load(cells)
            guard isDurable(last, until: start + Self.patience) else { return nil }
            let reader = try JournalReader(path: path)
            let first = try reader.firstReceived() ?? .now
            var rehearsal = Rehearsal(
                compiled, grid, sources: sources, since: max(first, since))
            guard try live(reader, since, last, &rehearsal, until: start + Self.patience) else {
                StandardError.say(
                    "tocsin: the journal's last \(reach) take longer than \(Self.patience) to live "
                        + "through: rules that are new fill their windows from now on")
                return nil
            }
            return rehearsal
        } catch {
            StandardError.say(
                "tocsin: rules that are new fill their windows from now on: \(error)")
            return nil
        }
    }

    private func isDurable(_ sequence: UInt64, until end: ContinuousClock.Instant) -> Bool {
        while gauge.progress.durableSequence < sequence {
            if ContinuousClock.now > end { return false }
            usleep(2000)
        }
        return true
    }

    /// False when the time is up before the end.
    private func live(
        _ reader: JournalReader, _ since: Timestamp, _ last: UInt64,
        _ rehearsal: inout Rehearsal, until end: ContinuousClock.Instant
    ) throws -> Bool {
        let present = try reader.runs().last?.id
        var names: [Int64: [SourceID: String]] = [:]
        for run in try reader.runs() { names[run.id] = try reader.sources(ofRun: run.id) }
        var taken = 0
        var isInTime = true
        try reader.forEachAlert(since: since) { alert, body in
            guard isInTime, alert.received >= since else { return }
            if alert.run == present && alert.sequence > last { return }
            guard let source = names[alert.run]?[alert.source] else { return }
            taken += 1
            if taken % 1024 == 0 { isInTime = ContinuousClock.now < end }
            rehearsal.take(
                body.indices.map { body[$0] }, from: source, on: alert.path,
                received: alert.received)
        }
        return isInTime
    }
}
