import Domain
import Pipeline
import RuleBook
import Scoring

// What a test does to a running engine, beside sending alerts.

extension Bench {
    /// Sets a part of the city to another mode; gives what kept it from that, in words.
    mutating func switchMode(_ change: ModeSwitch, at time: Timestamp) -> [String] {
        guard let mode = walk.value.mode(named: change.mode) else {
            return ["the catalog has no mode \(change.mode)"]
        }
        guard let area = change.cell.map({ cells.find($0) }) ?? CellID(0) else {
            return ["there is no cell \(change.cell ?? "")"]
        }
        walk.value.switchMode(mode, area: area, at: time)
        return []
    }

    /// Puts silences in force; gives what kept it from that, in words.
    mutating func silence(_ silences: [Silence], at time: Timestamp) -> [String] {
        walk.value.take(silences, rules: rules.map(\.id), at: time)
            .map { "there is no cell \($0)" }
    }

    /// Loads the rules anew and goes on with them, with the state that still means the same.
    mutating func reload(_ files: RuleFiles, at time: Timestamp) throws {
        let fresh = try RuleBook.load(files, LoadOptions(before: rules))
        _ = walk.value.adopt(fresh.compiled(), at: time)
    }

    func modeName(_ mode: Int) -> String { walk.value.modeName(mode) }
}
