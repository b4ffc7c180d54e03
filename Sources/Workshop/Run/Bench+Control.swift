import Domain
import RuleBook
import Scoring

// What a test does to a running engine, beside sending alerts.

extension Bench {
    func modeName(_ mode: Int) -> String { "normal" }

    /// Sets a part of the city to another mode; gives what kept it from that, in words.
    mutating func switchMode(_ change: ModeSwitch, at time: Timestamp) -> [String] {
        ["this version can't switch to mode \(change.mode)"]
    }

    /// Loads the rules anew and goes on with them; gives what kept it from that, in words.
    mutating func reload(_ files: RuleFiles, at time: Timestamp) throws -> [String] {
        ["this version can't reload in a test"]
    }
}
