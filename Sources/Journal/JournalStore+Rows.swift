import Domain
import Foundation
import GRDB

extension JournalStore {
    /// Writes one record of the ring in the open transaction. Alerts are gathered until `flush`.
    mutating func write(
        _ head: RecordHead, _ record: Span<UInt8>, to db: Database
    ) throws {
        switch head.kind {
        case .alert:
            batch.append(head, record)
            if batch.isFull { try flush(to: db) }
        case .source: try insertSource(head, record, into: db)
        case .score: try insertScore(head, record, into: db)
        case .task: try insertTask(head, record, into: db)
        case .tally: try insertTally(head, record, into: db)
        case .event: try insertEvent(head, record, into: db)
        case .feedback: try insertFeedback(head, record, into: db)
        }
    }

    /// Writes the gathered alerts as a row.
    mutating func flush(to db: Database) throws {
        guard batch.count > 0 else { return }
        let checksum = AlertBatch.checksum(of: batch.bytes, after: lastChecksum)
        var insert = try RowInsert(
            """
            INSERT INTO alert_batch (run, first_sequence, last_sequence, first_received,
                received, count, previous_checksum, checksum, bytes)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, in: db)
        insert.bind(run, Int64(bitPattern: batch.firstSequence))
        insert.bind(Int64(bitPattern: batch.lastSequence), batch.firstReceived.nanoseconds)
        insert.bind(batch.lastReceived.nanoseconds, Int64(batch.count))
        insert.bind(Int64(bitPattern: lastChecksum), Int64(bitPattern: checksum))
        insert.bind(batch.bytes)
        try insert.run()
        lastChecksum = checksum
        batch.removeAll()
    }

    private func insertSource(
        _ head: RecordHead, _ record: Span<UInt8>, into db: Database
    ) throws {
        let body = JournalHead.byteCount
        var insert = try RowInsert("INSERT INTO source VALUES (?, ?, ?, ?)", in: db)
        insert.bind(run, Int64(record.integer(at: body, as: UInt32.self)))
        insert.bind(text: record.extracting((body + 4)..<head.byteCount))
        insert.bind(head.received.nanoseconds)
        try insert.run()
    }

    private func insertScore(
        _ head: RecordHead, _ record: Span<UInt8>, into db: Database
    ) throws {
        let body = JournalHead.byteCount
        var insert = try RowInsert(
            """
            INSERT INTO score_change (run, sequence, time, received, cell, category, score,
                previous_score, warning, previous_warning) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, in: db)
        insert.bind(run, Int64(bitPattern: head.sequence))
        insert.bind(head.time.nanoseconds, head.received.nanoseconds)
        insert.bind(text: record.extracting((body + 12)..<head.byteCount))
        insert.bind(Int64(record[body + 8]), Int64(record.integer(at: body, as: Int32.self)))
        insert.bind(Int64(record.integer(at: body + 4, as: Int32.self)))
        insert.bind(Int64(record[body + 9]), Int64(record[body + 10]))
        try insert.run()
    }

    private func insertTask(_ head: RecordHead, _ record: Span<UInt8>, into db: Database) throws {
        let body = JournalHead.byteCount
        let topic = body + JournalRecordKind.task.bodyBytesMin
        let message = topic + Int(record.integer(at: body + 32, as: UInt16.self))
        guard message <= head.byteCount else {
            throw JournalFailure.malformedRecord(
                kind: head.kind.rawValue, byteCount: head.byteCount)
        }
        var insert = try RowInsert(
            """
            INSERT INTO task_revision (run, sequence, time, received, incident, revision, score,
                rule, operation, category, priority, warning, status, topic, message)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, in: db)
        insert.bind(run, Int64(bitPattern: head.sequence))
        insert.bind(head.time.nanoseconds, head.received.nanoseconds)
        insert.bind(record.incident(at: body))
        insert.bind(Int64(record.integer(at: body + 16, as: UInt32.self)))
        insert.bind(Int64(record.integer(at: body + 20, as: Int32.self)))
        insert.bind(ruleBase + Int64(record.integer(at: body + 24, as: UInt16.self)))
        for mark in 26...30 { insert.bind(Int64(record[body + mark])) }
        insert.bind(text: record.extracting(topic..<message))
        insert.bind(text: record.extracting(message..<head.byteCount))
        try insert.run()
    }

    /// Writes what befell the engine. After a reload rules are numbered anew, from a base of their
    /// own, so that numbers of the same run stay apart.
    private mutating func insertEvent(
        _ head: RecordHead, _ record: Span<UInt8>, into db: Database
    ) throws {
        let body = JournalHead.byteCount
        let detail = record.extracting((body + 5)..<head.byteCount)
        var insert = try RowInsert(
            "INSERT INTO event (run, sequence, received, kind, detail) VALUES (?, ?, ?, ?, ?)",
            in: db)
        insert.bind(run, Int64(bitPattern: head.sequence))
        insert.bind(head.received.nanoseconds, Int64(record[body]))
        insert.bind(text: detail)
        try insert.run()
        guard record[body] == JournalEventKind.reload.rawValue else { return }
        ruleBase = Int64(record.integer(at: body + 1, as: UInt32.self))
        let bytes = Data(detail.indices.map { detail[$0] })
        let rules = try JSONDecoder().decode(JournalReload.self, from: bytes).rules
        try Self.insert(rules, base: ruleBase, run: run, into: db)
    }

    /// Writes the counters that moved since the last tally of the run.
    private mutating func insertTally(
        _ head: RecordHead, _ record: Span<UInt8>, into db: Database
    ) throws {
        var insert = try RowInsert(
            "INSERT INTO tally (run, received, counter, value) VALUES (?, ?, ?, ?)", in: db)
        for counter in 0..<IntakeCounters.count {
            let value: UInt64 = record.integer(at: JournalHead.byteCount + counter * 8)
            guard value != tally[counter] else { continue }
            tally[counter] = value
            insert.bind(run, head.received.nanoseconds, Int64(counter), Int64(bitPattern: value))
            try insert.run()
        }
    }
}
