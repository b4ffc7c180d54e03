import ArgumentParser
import Foundation
import RuleBook
import Workshop

/// `tocsin sweep`: which value of a parameter finds what really was.
struct SweepCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep",
        abstract: "Try values of rules' parameters on labelled alerts.",
        discussion: """
            One parameter:       tocsin sweep heat.jsonl --rules rules/fire --rule fire.heat \\
                                   --param heat=50..80:5 --labels truth.csv
            Two, with a plot:    tocsin sweep heat.jsonl --rules rules/fire --rule fire.heat \\
                                   --param heat=50..80:5 --param rise=2,4,8 --labels truth.csv \\
                                   --plot heat.svg

            truth.csv has the columns start and end (times with their zone) and, if windows are of \
            different places, place: the cell's code or path, or the source. For each choice of \
            values: how many raised states met a window (precision), how many windows were met \
            (recall), F1, and the median time from the first raise in a window to the window's end.

            Exit codes: 0 done; 2 something can't be read or loaded; 3 wrong usage.
            """)

    @Argument(help: "A journal, or a file of alerts one a line.")
    var recording: String
    @Option(help: "A directory or file of rules; may be repeated.")
    var rules: [String] = []
    @Option(help: "The rule to judge (default: the only one).")
    var rule: String?
    @Option(name: .customLong("param"), help: "Values to try: name=low..high:step or name=a,b,c.")
    var parameters: [String]
    @Option(help: "A CSV file of what really was: start, end, place.")
    var labels: String
    @OptionGroup(title: "Cells")
    var place: PlaceOptions
    @Option(help: "Write a plot to this SVG file.")
    var plot: String?
    @Flag(help: "Print the figures as JSON.")
    var json = false

    func run() throws {
        let ranges = try ranges()
        let recording = try RecordingSource.load(recording)
        let report: SweepReport
        do {
            let windows = try LabelledWindow.read(csv: try readText(labels))
            let city = try place.load()
            let sweep = try Sweep(
                city.joined(try RuleSearch.find(rules)), rule: rule, ranges: ranges,
                windows: windows)
            report = try sweep.run(
                recording, grid: { try place.load().takeGrid() }, sources: city.sources,
                progress: { StandardError.progress("\($0) of \($1) choices") })
            StandardError.progress("")
        } catch let mistake as SweepMistake {
            throw CommandFailure.usage(mistake.text)
        } catch let errors as RuleErrors {
            throw CommandFailure.unavailable("the rules do not load\n\(errors)")
        }
        print(json ? try report.json() : report.text)
        if let plot { try writeText(report.plot, to: plot) }
    }

    private func ranges() throws(CommandFailure) -> [ParameterRange] {
        var ranges: [ParameterRange] = []
        for text in parameters {
            guard let range = ParameterRange(text) else {
                throw .usage("--param \(text): such as heat=50..80:5 or heat=50,60,70")
            }
            ranges.append(range)
        }
        return ranges
    }
}

/// Writes a small text file.
func writeText(_ text: String, to path: String) throws(CommandFailure) {
    do {
        try Data(text.utf8).write(to: URL(filePath: path))
    } catch {
        throw .unavailable("cannot write \(path): \(error.localizedDescription)")
    }
}
