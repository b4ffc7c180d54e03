import Domain
import GRDB

/// Looks a whole journal over, also while a server writes it.
///
/// Alerts are held to their checksums, so that no changed bit of theirs escapes. Other rows have
/// none: of them it finds what no server would write, and what SQLite finds in the file's
/// structure.
public struct JournalCheck {
    private let reader: JournalReader
    private var verdict = JournalVerdict()

    /// What is looked at, how far, and of how much; the last two are 0 where nobody can say.
    public typealias Progress = (_ step: String, _ done: Int, _ count: Int) -> Void

    private static let structureFindingsMax = 1000

    public init(_ reader: JournalReader) { self.reader = reader }

    /// **Fails**: `notAJournal`; what cannot be read in a journal is a finding.
    public mutating func run(_ progress: Progress) throws(JournalFailure) -> JournalVerdict {
        verdict = JournalVerdict()
        try reader.requireJournal()
        try attempt("alert_batch") { check, db throws in try check.checkBatches(in: db, progress) }
        for question in RowCheck.all {
            progress(question.table, 0, 0)
            try attempt(question.table) { check, db throws in
                guard try db.tableExists(question.table) else { return }
                check.verdict.findings += try question.findings(in: db)
            }
        }
        progress("the file's structure", 0, 0)
        try attempt("file") { check, db throws in try check.checkStructure(in: db) }
        return verdict
    }

    private mutating func checkBatches(in db: Database, _ progress: Progress) throws {
        let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM alert_batch") ?? 0
        var checked = JournalVerdict()
        // What was found before SQLite gives up counts too.
        defer { (verdict.batches, verdict.alerts) = (checked.batches, checked.alerts) }
        defer { verdict.findings += checked.findings }
        try reader.forEachBatch(in: db, since: .never, after: 0) { head, _, damage in
            checked.batches += 1
            if damage?.isUsable ?? true { checked.alerts += Int(head?.count ?? 0) }
            if let damage { checked.findings.append(JournalFinding(damage)) }
            progress("alerts", checked.batches, count)
        }
    }

    private mutating func checkStructure(in db: Database) throws {
        let sql = "PRAGMA integrity_check(\(Self.structureFindingsMax))"
        for text in try String.fetchAll(db, sql: sql) where text != "ok" {
            verdict.findings.append(
                JournalFinding(table: "file", problem: text, advice: Self.fileAdvice))
        }
    }

    /// Runs one part; where SQLite gives up, that is a finding, and the next part has its turn.
    private mutating func attempt(
        _ table: String, _ part: (inout JournalCheck, Database) throws -> Void
    ) throws(JournalFailure) {
        do throws(JournalFailure) {
            try reader.read { db in try part(&self, db) }
        } catch {
            guard case .database(_, let code, let text) = error else { throw error }
            verdict.findings.append(
                JournalFinding(
                    table: table, problem: "cannot be read on: \(text) (SQLite \(code))",
                    advice: Self.fileAdvice))
        }
    }

    private static let fileAdvice =
        "the file is damaged: put a copy in its place, or save what can be read with "
        + "`tocsin journal export`"
}

extension JournalReader {
    /// **Fails**: `notAJournal` where the tables of a journal are not there; SQLite's errors.
    public func requireJournal() throws(JournalFailure) {
        let isThere = try read { db in
            try db.tableExists("run") && db.tableExists("alert_batch")
                && db.tableExists("task_revision")
        }
        guard isThere else { throw .notAJournal }
    }

    /// Gives the file back.
    public func close() throws(JournalFailure) {
        try JournalFailure.during(.close) { try database.close() }
    }
}
