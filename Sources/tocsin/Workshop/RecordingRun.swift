import Domain
import RuleBook
import Workshop

/// Runs one set of rules over a recording, telling how far it is.
enum RecordingRun {
    static func replay(
        _ files: RuleFiles, over recording: Recording, in place: PlaceOptions, as name: String
    ) throws -> ReplayOutcome {
        let place = try place.load()
        let rules = try rules(place.joined(files))
        let sources = place.sources
        var replay = Replay(rules, place.takeGrid(), sources: sources)
        let count = recording.alerts.count
        for (index, alert) in recording.alerts.enumerated() {
            if index % 10_000 == 0 {
                StandardError.progress("\(name): \(grouped(index)) of \(grouped(count)) alerts")
            }
            try replay.take(alert)
        }
        StandardError.progress("")
        return try replay.finish()
    }

    static func rules(_ files: RuleFiles) throws(CommandFailure) -> RuleSet {
        do {
            return try RuleBook.load(files)
        } catch {
            throw .unavailable("the rules do not load\n\(error)")
        }
    }
}
