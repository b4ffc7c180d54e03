import ArgumentParser
import Domain
import Foundation
import RuleBook
import Workshop

/// `tocsin capture`: a test case of a task of the past.
struct CaptureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "capture",
        abstract: "Turn a task of the past into a test case.",
        discussion: """
            To look at:      tocsin capture 3fa9c1d20b7e4c55 --journal tocsin.journal
            To keep:         tocsin capture 3fa9c1d20b7e4c55 --journal tocsin.journal \\
                               --output rules/fire/market-street.tests.yaml

            The case feeds the alerts of the task's cell and of those beside it, from some time \
            before it opened until its last revision, and expects what was decided then. It is run \
            before it is handed over.

            Exit codes: 0 written, and it passes; 1 there is no such task, or the case does not \
            pass; 2 something can't be read or loaded; 3 wrong usage.
            """)

    @Argument(help: "The task's incident, or the beginning of it.")
    var task: String
    @OptionGroup(title: "Recording")
    var recorded: RecordedOptions
    @Option(help: "How long before the task the feed begins.")
    var lead = LengthOfTime(seconds: 3600)
    @Option(help: "Write the test file here.")
    var output: String?

    /// Where the file is to stand.
    private var directory: String {
        output.map { ($0 as NSString).deletingLastPathComponent } ?? ""
    }

    func run() throws {
        let files = try RuleSearch.find(recorded.rules)
        let recording = try RecordingSource.load(recorded.journal)
        let captured: CapturedTest
        do {
            let place = try recorded.place.load()
            let (joined, sources) = (place.joined(files), place.sources)
            let capture = try Capture(joined, place.takeGrid(), sources: sources)
            captured = try capture.testFile(
                of: task.lowercased(), in: recording,
                lead: .milliseconds(Int64(lead.milliseconds)), directory: directory)
        } catch let nothing as NothingThere {
            throw CommandFailure.findings(nothing.text)
        } catch let errors as RuleErrors {
            throw CommandFailure.unavailable("the rules do not load\n\(errors)")
        }
        let report = Workshop.run(captured, with: files)
        if let output { try writeText(captured.text, to: output) } else { print(captured.text) }
        guard report.isClean else {
            throw CommandFailure.findings("the case does not pass\n\(report.text)")
        }
        StandardError.say("\(captured.alertCount) alerts; the case passes")
    }
}
