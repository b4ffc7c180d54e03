import ArgumentParser
import Foundation
import RuleBook

/// `tocsin diff`: what differs between two rule sets.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show which rules differ between two sets, and whose state survives a reload.",
        discussion: """
            tocsin diff Rules /tmp/edited
            tocsin diff --json Rules /tmp/edited

            State is kept where what it is made of is the same: `by`, windows, corroborate, \
            sequence, absence. Else it is rebuilt from the latest alerts, or begins anew.

            Exit codes: 0 shown, also when something differs; 2 a set cannot be loaded; 3 wrong usage.
            """)

    @Argument(help: "The set as it was: a directory or file of rules.")
    var before: String
    @Argument(help: "The set as it is to be.")
    var after: String
    @Flag(help: "Print the differences as JSON.")
    var json = false

    func run() throws {
        let diff = RuleDiff(try facts(before), try facts(after))
        guard json else { return print(diff.text) }
        print(try prettyJSON(diff.entries))
    }

    private func facts(_ path: String) throws(CommandFailure) -> [RuleFact] {
        let files = try RuleSearch.find([path])
        do throws(RuleErrors) {
            let set = try RuleBook.load(files)
            return set.rules + set.idle
        } catch {
            throw .unavailable(error.text)
        }
    }
}
