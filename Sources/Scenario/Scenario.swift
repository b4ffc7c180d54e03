// Scenario: a city that does not exist, and what happens in it.
//
// `CityPlan` draws the city as GeoJSON; `ScenarioPlayer` takes any grid and plays sources, everyday
// readings and incidents in it, as the messages that real integrators would send. Everything
// follows from a seed: the same seed gives the same bytes on every machine. It refuses nothing and
// measures nothing; there are no persons in it, as there are none in an alert.
//
// In: a seed and a grid. Out: messages in time order, lines that tell the story, and the truth:
// which incidents there were, where and when.

/// The kinds of incident that the simulated city knows.
public enum IncidentKind: String, CaseIterable, Sendable {
    case gasLeak = "gas-leak"
    case crowd
    case scuffle
    case flood
    case complaints
    case intrusion
    case systemAttack = "system-attack"
}
