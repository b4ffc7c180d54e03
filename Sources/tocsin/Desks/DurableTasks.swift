import Desks
import Domain
import Journal

/// The journal's task revisions as they become durable: the outbox of the desks.
///
/// A task's row is in the same transaction as the input that it follows from, so that nothing is
/// told that a crash could take back.
struct DurableTasks {
    let reader: JournalReader
    let gauge: JournalGauge
    /// Everything up to this row has been read.
    private var lastRow: Int64
    private var lastRecords: UInt64 = 0
    private var mayHaveMore = true

    /// So many at once: messages of some hundred KiB, some milliseconds of work.
    private static let rowsPerRead = 128

    /// - Parameter path: of a journal whose tables are there.
    init(path: String, _ gauge: JournalGauge) throws(JournalFailure) {
        reader = try JournalReader(path: path)
        self.gauge = gauge
        lastRow = try reader.lastTaskRow()
    }

    /// Brings into `book` what is open, and closed tasks among `known`, as an earlier run left
    /// them.
    func recover(_ known: Set<TaskID>, into book: inout DeskBook) throws(JournalFailure) {
        for task in try reader.openTasks() { book.take(task) }
        for incident in known {
            if let task = try reader.latest(ofIncident: incident.hexadecimal) { book.take(task) }
        }
    }

    /// Takes in what was written since the last call; gives how many revisions.
    mutating func read(into book: inout DeskBook) throws(JournalFailure) -> Int {
        let records = gauge.progress.records
        guard mayHaveMore || records != lastRecords else { return 0 }
        lastRecords = records
        let tasks = try reader.taskRevisions(after: lastRow, atMost: Self.rowsPerRead)
        for task in tasks { book.take(task) }
        lastRow = tasks.last?.row ?? lastRow
        mayHaveMore = tasks.count == Self.rowsPerRead
        return tasks.count
    }
}

extension DeskBook {
    /// Takes in a row of the journal.
    fileprivate mutating func take(_ task: JournaledTask) {
        guard let incident = TaskID(hexadecimal: task.incident) else { return }
        var notice = TaskNotice(
            row: task.row, incident: incident, revision: task.revision, operation: task.operation,
            topic: task.topic)
        notice.firstRow = task.firstRow
        (notice.priority, notice.category) = (task.priority, task.category)
        (notice.time, notice.message) = (task.received, Array(task.message.utf8))
        take(notice)
    }
}
