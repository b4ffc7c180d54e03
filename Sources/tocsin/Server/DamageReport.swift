import Journal

/// What a start meets of damage in its journal, for those who start it.
struct DamageReport {
    private let path: String
    private var losses: [BatchDamage] = []
    private var isAtHole = false

    /// More than these only fill the screen.
    private static let linesMax = 5

    init(_ path: String) { self.path = path }

    mutating func take(_ damage: BatchDamage) {
        guard damage.losesAlerts else { return }
        losses.append(damage)
        isAtHole = true
    }

    /// Whether something was lost just before; true once.
    mutating func isBehindHole() -> Bool {
        defer { isAtHole = false }
        return isAtHole
    }

    /// Says which alerts are lost; nothing where none are.
    func say() {
        guard !losses.isEmpty else { return }
        StandardError.progress("")
        for loss in losses.prefix(Self.linesMax) {
            StandardError.say("tocsin: the journal has lost \(loss.lostText)")
        }
        let more = losses.count - Self.linesMax
        if more > 0 { StandardError.say("tocsin: … and \(grouped(more)) more") }
        StandardError.say(
            "tocsin: these alerts are taken as if they had never come in; tasks that followed from "
                + "them stay as desks have them. `tocsin journal verify \(path)` tells more")
    }
}

extension BatchDamage {
    /// `batch 3 of alerts: run 1, positions 41 to 60, received … to …`
    var lostText: String {
        let name = fault == .missingBefore ? "what came before batch \(batch)" : "batch \(batch)"
        return "\(name) of alerts" + (lost.map { ": \($0.text)" } ?? ", which cannot be read")
    }
}

extension AlertRange {
    var text: String {
        let numbers = positions.map { ", positions \($0.lowerBound) to \($0.upperBound)" } ?? ""
        return "run \(run)\(numbers), received \(from.rfc3339) to \(to.rfc3339)"
    }
}
