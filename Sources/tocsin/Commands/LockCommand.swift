import ArgumentParser
import RuleBook

/// `tocsin lock`: writes which revision of each rule decides what.
struct LockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lock",
        abstract: "Write or check rules.lock: id, revision and hash of each rule.",
        discussion: """
            Write it:                tocsin lock rules/harbour
            Hold the rules to it:    tocsin lock --check rules/harbour

            The lock lies beside the catalog. With it there, `tocsin check` refuses a rule that \
            decides otherwise than before under the same revision.

            Exit codes: 0 written, or nothing differs; 1 findings; 2 a file cannot be read or \
            written; 3 wrong usage.
            """)

    @Argument(help: "Rule files and directories of them (default: the shipped rules).")
    var paths: [String] = []
    @Flag(help: "Write nothing; exit with 1 when the lock is not up to date.")
    var check = false

    func run() throws {
        let files = try RuleSearch.find(paths)
        let path = RuleFiles.lockPath(beside: files.catalog.path)
        let findings = RuleBook.lockFindings(files)
        let isBroken = findings.contains { $0.level == .error }
        if check || isBroken {
            for finding in findings { print(finding.text) }
            let isStale = findings.contains { $0.level != .note } || files.lock == nil
            if files.lock == nil { print("\(path) is not there: tocsin lock") }
            if isStale { throw ExitCode(ExitStatus.findings.rawValue) }
            return
        }
        try TextFile.write(try RuleSearch.load(files).text, to: path)
        print(path)
    }
}

extension RuleSearch {
    /// The lock of rules that load.
    fileprivate static func load(_ files: RuleFiles) throws(CommandFailure) -> RuleLock {
        do throws(RuleErrors) {
            return try RuleBook.lock(files)
        } catch {
            throw .unavailable(error.text)
        }
    }
}
