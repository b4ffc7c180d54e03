import Domain
import Scenario

/// Plays a scenario to a server by the clock on the wall, a step at a time.
struct ScenarioStage: ~Copyable {
    private var sender: AlertSender
    private var player: ScenarioPlayer
    private var next: ScenarioEvent?
    private var phases: ArraySlice<IncidentPhase>
    private let begun = ContinuousClock.now
    private(set) var alertsSent = 0

    init(_ player: ScenarioPlayer, to sender: consuming AlertSender) {
        self.player = player
        self.sender = sender
        phases = player.phases[...]
        next = self.player.next()
    }

    var elapsed: Duration { ContinuousClock.now - begun }

    var isOver: Bool { next == nil && phases.isEmpty }

    /// When there is something to do again, at most `limit` from now.
    func nextStep(within limit: Duration) -> ContinuousClock.Instant {
        let offsets = [next?.offset, phases.first?.offset].compactMap(\.self)
        let due = offsets.min().map { begun + .nanoseconds($0.nanoseconds) }
        return min(due ?? .now + limit, .now + limit)
    }

    /// Sends every message that is due, and gives what happened in the story since.
    mutating func step() throws -> [IncidentPhase] {
        let now = elapsed
        while let event = next, .nanoseconds(event.offset.nanoseconds) <= now {
            try sender.send(topic: event.topic, body: event.body)
            if event.content == .alert { alertsSent += 1 }
            next = player.next()
        }
        let told = phases.prefix { .nanoseconds($0.offset.nanoseconds) <= now }
        phases.removeFirst(told.count)
        return Array(told)
    }
}
