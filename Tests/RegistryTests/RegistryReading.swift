import Cells
import Domain
import Registry
import Scenario

/// A registry read as the commands and the server read it.
enum Reading {
    static let kinds = ["gas.concentration", "gas.pressure", "smoke", "noise.level"]

    static func grid() throws -> Grid {
        let plan = CityPlan(seed: 7)
        let file = GridFile(name: "city", bytes: Array(plan.geoJSON().utf8))
        return try GridLoader(root: plan.root).load([file])
    }

    static func draft(_ bytes: [UInt8], _ grid: borrowing Grid) -> RegistryDraft {
        var draft = RegistryDraft(path: "s.csv", bytes: bytes)
        draft.take(grid.answers(draft.questions()))
        draft.check(kinds: kinds)
        return draft
    }

    static func registry(_ text: String, _ grid: borrowing Grid) throws -> SourceRegistry {
        try draft(Array(text.utf8), grid).finish()
    }

    /// `line:column code` of each problem.
    static func problems(_ bytes: [UInt8], _ grid: borrowing Grid) -> [String] {
        do {
            _ = try draft(bytes, grid).finish()
            return []
        } catch {
            return error.problems.map { "\($0.place.line):\($0.place.column) \($0.code.rawValue)" }
        }
    }
}
