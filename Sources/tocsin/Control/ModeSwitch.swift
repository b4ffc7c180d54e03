import Domain
import Lanes
import Pipeline

/// Switches the mode of a part of the city.
enum ModeSwitch {
    /// **Fails**: when there is no such mode or cell, or the engine does not come to it.
    static func perform(
        _ name: String, _ area: String?, _ errands: Errands<Walk>
    ) throws(CommandFailure) -> ModeReport {
        let answer: Answer? = errands.perform(within: .seconds(10)) { walk in
            guard let mode = walk.mode(named: name) else { return .noMode(walk.modeNames) }
            guard let cell = walk.cell(named: area) else { return .noCell }
            let place = walk.place(of: cell)
            walk.switchMode(mode, area: cell, at: .now)
            return .switched(ModeReport(mode: name, area: place.path, cells: place.cells))
        }
        switch answer {
        case .switched(let report): return report
        case .noMode(let names):
            throw .unavailable(
                "there is no mode \(name); the catalog has \(names.joined(separator: ", "))")
        case .noCell: throw .unavailable("there is no cell \(area ?? "")")
        case nil:
            throw .unavailable("the engine did not come to it within 10 s; it will")
        }
    }

    private enum Answer: Sendable {
        case switched(ModeReport)
        case noMode([String])
        case noCell
    }
}
