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
        }
    }

    /// Writes the gathered alerts as a row.
    mutating func flush(to db: Database) throws {
        guard batch.count > 0 else { return }
        let checksum = AlertBatch.checksum(of: batch.bytes, after: lastChecksum)
        let insert = try db.cachedStatement(
            sql: """
                INSERT INTO alert_batch (run, first_sequence, last_sequence, first_received,
                    received, count, previous_checksum, checksum, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try insert.execute(arguments: [
            run, Int64(bitPattern: batch.firstSequence), Int64(bitPattern: batch.lastSequence),
            batch.firstReceived.nanoseconds, batch.lastReceived.nanoseconds, batch.count,
            Int64(bitPattern: lastChecksum), Int64(bitPattern: checksum), batch.bytes,
        ])
        lastChecksum = checksum
        batch.removeAll()
    }

    private func insertSource(
        _ head: RecordHead, _ record: Span<UInt8>, into db: Database
    ) throws {
        let body = JournalHead.byteCount
        let insert = try db.cachedStatement(sql: "INSERT INTO source VALUES (?, ?, ?, ?)")
        try insert.execute(arguments: [
            run, record.integer(at: body, as: UInt32.self),
            record.text(body + 4, head.byteCount), head.received.nanoseconds,
        ])
    }

    private func insertScore(
        _ head: RecordHead, _ record: Span<UInt8>, into db: Database
    ) throws {
        let body = JournalHead.byteCount
        let insert = try db.cachedStatement(
            sql: """
                INSERT INTO score_change (run, sequence, time, received, cell, category, score,
                    previous_score, warning, previous_warning) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try insert.execute(arguments: [
            run, Int64(bitPattern: head.sequence), head.time.nanoseconds, head.received.nanoseconds,
            record.text(body + 12, head.byteCount), record[body + 8],
            record.integer(at: body, as: Int32.self), record.integer(at: body + 4, as: Int32.self),
            record[body + 9], record[body + 10],
        ])
    }

    private func insertTask(_ head: RecordHead, _ record: Span<UInt8>, into db: Database) throws {
        let body = JournalHead.byteCount
        let topic = body + 34
        let message = topic + Int(record.integer(at: body + 32, as: UInt16.self))
        guard message <= head.byteCount else {
            throw JournalFailure.malformedRecord(
                kind: head.kind.rawValue, byteCount: head.byteCount)
        }
        let insert = try db.cachedStatement(
            sql: """
                INSERT INTO task_revision (run, sequence, time, received, incident, revision,
                    operation, rule, category, priority, warning, status, score, topic, message)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try insert.execute(arguments: [
            run, Int64(bitPattern: head.sequence), head.time.nanoseconds, head.received.nanoseconds,
            hexadecimal(record.integer(at: body)) + hexadecimal(record.integer(at: body + 8)),
            record.integer(at: body + 16, as: UInt32.self), record[body + 26],
            record.integer(at: body + 24, as: UInt16.self), record[body + 27], record[body + 28],
            record[body + 29], record[body + 30], record.integer(at: body + 20, as: Int32.self),
            record.text(topic, message), record.text(message, head.byteCount),
        ])
    }

    /// Writes the counters that moved since the last tally of the run.
    private mutating func insertTally(
        _ head: RecordHead, _ record: Span<UInt8>, into db: Database
    ) throws {
        let insert = try db.cachedStatement(
            sql: "INSERT INTO tally (run, received, counter, value) VALUES (?, ?, ?, ?)")
        for counter in 0..<IntakeCounters.count {
            let value: UInt64 = record.integer(at: JournalHead.byteCount + counter * 8)
            guard value != tally[counter] else { continue }
            tally[counter] = value
            try insert.execute(arguments: [
                run, head.received.nanoseconds, counter, Int64(bitPattern: value),
            ])
        }
    }
}
