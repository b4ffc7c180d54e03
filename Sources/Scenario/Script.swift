import Domain

/// What an incident will do: reports and lines of its story, by seconds from its beginning.
struct Script: Sendable {
    let kind: IncidentKind
    let category: Domain.Category
    let place: Int
    private(set) var reports: [(at: Double, report: Report)] = []
    private(set) var phases: [(at: Double, text: String)] = []
    /// When it is over. **Units**: seconds.
    private(set) var end = 0.0

    init(_ kind: IncidentKind, _ category: Domain.Category, at place: Int) {
        self.kind = kind
        self.category = category
        self.place = place
    }

    mutating func report(at seconds: Double, _ report: Report) {
        reports.append((seconds, report))
        end = max(end, seconds)
    }

    mutating func say(at seconds: Double, _ text: String) {
        phases.append((seconds, text))
        end = max(end, seconds)
    }
}

/// An incident that unfolds over time.
protocol Incident {
    /// What it does in a town; everything that varies is drawn from `dice`.
    func script(in town: Town, _ dice: inout SeededGenerator) -> Script
}

extension IncidentKind {
    var incident: any Incident {
        switch self {
        case .gasLeak: GasLeak()
        case .crowd: CrowdSurge()
        case .scuffle: Scuffle()
        case .flood: Flood()
        case .complaints: ComplaintWave()
        case .intrusion: SiteIntrusion()
        case .systemAttack: SystemAttack()
        }
    }
}

/// A quantity that rises to a peak, stays there and falls again.
struct Swell {
    var low: Double
    var peak: Double
    /// **Units**: seconds; each stretch starts where the one before ends.
    var rise: Double
    var stay: Double
    var fall: Double

    var length: Double { rise + stay + fall }

    /// The value `seconds` after the beginning: slow at both ends, as such things are.
    func value(at seconds: Double) -> Double {
        if seconds < rise { return low + (peak - low) * Swell.smooth(seconds / rise) }
        if seconds < rise + stay { return peak }
        return low + (peak - low) * Swell.smooth((length - seconds) / fall)
    }

    private static func smooth(_ share: Double) -> Double {
        let held = min(1, max(0, share))
        return held * held * (3 - 2 * held)
    }
}

extension Severity {
    /// By how many of the steps a value reaches: none is minor, one moderate, two severe, three
    /// extreme.
    static func of(_ value: Double, steps: [Double]) -> Severity {
        let words: [Severity] = [.minor, .moderate, .severe, .extreme]
        return words[min(3, steps.count { value >= $0 })]
    }
}
