import Domain
import GRDB

extension JournalStore {
    /// Writes what was reported of a task.
    func insertFeedback(
        _ head: RecordHead, _ record: Span<UInt8>, into db: Database
    ) throws {
        let body = JournalHead.byteCount
        let id = body + JournalRecordKind.feedback.bodyBytesMin
        let detail = id + Int(record.integer(at: body + 18, as: UInt16.self))
        guard detail <= head.byteCount else {
            throw JournalFailure.malformedRecord(
                kind: head.kind.rawValue, byteCount: head.byteCount)
        }
        var insert = try RowInsert(
            """
            INSERT INTO feedback (run, sequence, time, received, incident, reported, stage,
                feedback, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, in: db)
        insert.bind(run, Int64(bitPattern: head.sequence))
        insert.bind(head.time.nanoseconds, head.received.nanoseconds)
        insert.bind(record.incident(at: body))
        insert.bind(Int64(record[body + 16]), Int64(record[body + 17]))
        insert.bind(text: record.extracting(id..<detail))
        insert.bind(text: record.extracting(detail..<head.byteCount))
        try insert.run()
    }
}
