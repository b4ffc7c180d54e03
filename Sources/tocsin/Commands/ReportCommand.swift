import ArgumentParser
import Domain
import Reporting
import RuleBook
import Settings

/// `tocsin report`: what became of a period's tasks, from the journal.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Show what became of tasks: counts, times, precision of rules, satisfaction.",
        discussion: """
            The latest day:       tocsin report
            Rules over a week:    tocsin report --period week --by rule
            Streets over a month: tocsin report --period month --level street
            One district's day:   tocsin report --area NYC/3
            As a page:            tocsin report --format html --out day.html
            For a script:         tocsin report --journal copy.sqlite --format json

            It reads the journal alone, whether or not a server writes it. A report is of the tasks \
            opened within the period, as they stand now; a month is 30 days. Precision is what the \
            outcomes say of it, with the interval that it lies in by 95 %. See docs/report.md.

            Exit codes: 0 shown; 2 the journal cannot be read, or the file not written; 3 wrong usage.
            """)

    @OptionGroup var period: PeriodOptions
    @Option(help: "Only tasks in this cell or below it, such as NYC/3.")
    var area: String?
    @Option(help: "Tell apart the cells of this level, by its name (cells.levels).")
    var level: String?
    @Option(
        help: ArgumentHelp(
            "Tell apart by \(GroupingWord.list); may be repeated.",
            discussion: "Without it: category, department and rule.", valueName: "what"))
    var by: [GroupingWord] = []
    @Option(help: "How to write it: text, csv, json, html.")
    var format = ReportFormat.text
    @Option(help: "Write it to this file.")
    var out: String?
    @OptionGroup(title: "Settings")
    var settings: SettingsOptions

    func validate() throws {
        if by.contains(.level) && level == nil {
            throw ValidationError("--by level: say of which with --level, such as --level street")
        }
    }

    func run() throws {
        let scope = try period.scope(
            within: area.map { $0.hasSuffix("/") ? $0 : $0 + "/" }, now: .now)
        let settings = try settings.load().settings
        let groupings = try groupings(settings.cells.levels)
        let past = try ReportPast(path: settings.journal.path)
        let report = PeriodReport(of: try past.tasks(scope), scope, by: groupings)
        try write(format.render(report))
    }

    private func write(_ text: String) throws {
        try OutputFile(out).write(Array(text.utf8))
    }

    /// The level first, then what was asked for, each once.
    private func groupings(_ levels: [String]) throws(CommandFailure) -> [Grouping] {
        var groupings: [Grouping] = []
        if let level {
            guard let depth = levels.firstIndex(of: level) else {
                throw .usage(
                    "no level is named \(level); there are \(levels.joined(separator: ", ")) "
                        + "(cells.levels)")
            }
            groupings.append(.level(depth: depth, name: level))
        }
        let asked = by.isEmpty ? [GroupingWord.category, .department, .rule] : by
        for grouping in asked.compactMap(\.grouping) where !groupings.contains(grouping) {
            groupings.append(grouping)
        }
        return groupings
    }
}

/// What `--by` may say.
enum GroupingWord: String, CaseIterable, ExpressibleByArgument {
    case level, department, category, rule, kind, source

    static let list = allCases.map(\.rawValue).joined(separator: ", ")

    /// nil for the level, which has a name and a depth besides.
    var grouping: Grouping? {
        switch self {
        case .level: nil
        case .department: .department
        case .category: .category
        case .rule: .rule
        case .kind: .kind
        case .source: .source
        }
    }
}

/// What `--format` may say.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
    case text, csv, json, html

    func render(_ report: PeriodReport) throws -> String {
        switch self {
        case .text: report.text + "\n"
        case .csv: report.csv
        case .json: try prettyJSON(report) + "\n"
        case .html: report.html
        }
    }
}
