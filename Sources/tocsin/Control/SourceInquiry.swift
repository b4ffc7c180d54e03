import Domain
import Lanes
import Pipeline

/// Asks the engine what it knows of its sources.
enum SourceInquiry {
    /// So many at once: the lane stands still for less than a millisecond, and the answer stays
    /// small.
    private static let atOnce = 1000

    /// The sources from number `first` on, and the number to go on from.
    ///
    /// **Fails**: when the engine does not come to it.
    static func perform(
        _ first: Int, _ errands: Errands<Walk>
    ) throws(CommandFailure) -> (sources: [LiveSource], next: Int?) {
        let first = max(0, min(first, Int(UInt32.max)))
        let answer = errands.perform(within: .seconds(10)) { walk in
            let (standings, next) = walk.sources(from: first, atMost: atOnce)
            return Answer(standings: standings, next: next)
        }
        guard let answer else {
            throw .unavailable("the engine did not come to it within 10 s; it will")
        }
        return (answer.standings.map(LiveSource.init), answer.next)
    }

    private struct Answer: Sendable {
        var standings: [SourceStanding]
        var next: Int?
    }
}

extension LiveSource {
    init(_ standing: SourceStanding) {
        self.init(
            source: standing.name, registered: standing.isRegistered,
            lastReceived: standing.lastReceived?.rfc3339Seconds, alerts: standing.accepted,
            late: standing.late, lost: standing.lost)
    }
}
