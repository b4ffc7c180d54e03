import Domain
import Foundation
import Journal
import Workshop

/// Reads what once came in: a journal, or a file of alerts one a line.
enum RecordingSource {
    /// The first bytes of every SQLite file.
    private static let sqliteMark = "SQLite format 3"

    /// **Fails**: when the file is not there, or holds no alert that can be read.
    static func load(_ path: String) throws(CommandFailure) -> Recording {
        try isJournal(path) ? loadJournal(path) : loadLines(path)
    }

    static func isJournal(_ path: String) throws(CommandFailure) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw .unavailable("cannot read \(path): no such file")
        }
        do {
            let head = try file.read(upToCount: sqliteMark.utf8.count) ?? Data()
            return Array(head) == Array(sqliteMark.utf8)
        } catch {
            throw .unavailable("cannot read \(path): \(error.localizedDescription)")
        }
    }

    private static func loadLines(_ path: String) throws(CommandFailure) -> Recording {
        let recording = Recording(jsonLines: try readText(path))
        for (line, reason) in recording.unreadable.prefix(5) {
            StandardError.say("\(path):\(line): \(reason)")
        }
        if recording.unreadable.count > 5 {
            StandardError.say("\(path): \(recording.unreadable.count) lines could not be read")
        }
        guard !recording.alerts.isEmpty else { throw .unavailable("\(path) holds no alerts") }
        return recording
    }

    private static func loadJournal(_ path: String) throws(CommandFailure) -> Recording {
        var recording = Recording()
        do {
            let reader = try JournalReader(path: path)
            try reader.forEachAlert { alert, body in
                do throws(RecordedAlert.Unreadable) {
                    let bytes = body.indices.map { body[$0] }
                    recording.alerts.append(
                        try RecordedAlert(body: bytes, received: alert.received))
                } catch {
                    recording.unreadable.append((Int(alert.sequence), error.reason))
                }
            }
        } catch {
            throw .unavailable("\(error)")
        }
        guard !recording.alerts.isEmpty else { throw .unavailable("\(path) holds no alerts") }
        return recording
    }
}
