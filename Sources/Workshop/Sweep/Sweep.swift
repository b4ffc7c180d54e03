public import Cells
import Domain
public import Pipeline
public import RuleBook
import Scoring

/// Tries values of parameters on a recording, and says for each how well a rule met what really
/// was.
public struct Sweep: Sendable {
    private let files: RuleFiles
    private let rule: String
    private let choices: [ParameterChoice]
    private let windows: [LabelledWindow]

    /// How many runs over a recording one sweep may ask for.
    public static let choicesMax = 1000

    /// - Parameter rule: the rule to judge; nil for the only one.
    ///
    /// **Fails**: when the rule is not there or not to be told, or there are too many choices.
    public init(
        _ files: RuleFiles, rule: String?, ranges: [ParameterRange], windows: [LabelledWindow]
    ) throws {
        let ids = try RuleBook.load(files).rules.map(\.id)
        if let rule {
            guard ids.contains(rule) else {
                throw SweepMistake(text: "there is no running rule `\(rule)`")
            }
            self.rule = rule
        } else {
            guard ids.count == 1 else {
                throw SweepMistake(text: "there are \(ids.count) rules: name one with --rule")
            }
            self.rule = ids[0]
        }
        choices = ParameterChoice.all(ranges)
        guard choices.count <= Sweep.choicesMax else {
            throw SweepMistake(text: "\(choices.count) choices are more than \(Sweep.choicesMax)")
        }
        (self.files, self.windows) = (files, windows)
    }

    /// Runs every choice over the recording.
    ///
    /// - Parameters:
    ///   - grid: makes the grid anew for each run.
    ///   - sources: those that are registered, whose alerts may leave out their place.
    ///   - progress: told how many of how many choices are done.
    public func run(
        _ recording: Recording, grid: () throws -> Grid, sources: [SourcePlan] = [],
        progress: (Int, Int) -> Void
    ) throws -> SweepReport {
        var scores: [SweepScore] = []
        for choice in choices {
            let rules = try RuleBook.load(try choice.applied(to: files))
            var replay = RaiseReplay(rules, try grid(), sources, rule: rule)
            for alert in recording.alerts { try replay.take(alert) }
            scores.append(SweepScore(choice, try replay.finish(), windows))
            progress(scores.count, choices.count)
        }
        return SweepReport(rule: rule, scores: scores)
    }
}
