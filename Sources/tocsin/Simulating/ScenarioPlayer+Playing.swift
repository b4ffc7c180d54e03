import Cells
import Scenario

extension ScenarioPlayer {
    /// A player, or in words why there can be none.
    static func playing(
        in grid: borrowing Grid, _ options: ScenarioOptions
    ) throws(CommandFailure) -> ScenarioPlayer {
        do throws(ScenarioError) {
            return try ScenarioPlayer(grid: grid, options: options)
        } catch {
            switch error {
            case .noPlaces:
                throw .unavailable("no cell has a shape, so nothing can happen anywhere")
            case .badOption(let name): throw .usage("--\(name) makes no sense")
            case .tooManySensors(let most):
                throw .usage("--sensors: these cells have places for \(grouped(most))")
            }
        }
    }
}
