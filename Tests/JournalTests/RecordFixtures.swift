import Domain
import Foundation
import Lanes

@testable import Journal

/// A journal in a directory of its own, removed with it.
final class JournalFixture {
    let directory: URL
    let settings: JournalSettings

    init(commitEvery: Duration = .milliseconds(5), keep: Interval? = nil) throws {
        directory = FileManager.default.temporaryDirectory
            .appending(component: "journal-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        settings = JournalSettings(
            path: directory.appending(component: "journal.sqlite").path,
            commitEvery: commitEvery, keep: keep)
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    /// One run from start to end, with the records that `write` puts into the ring.
    func run(
        epoch: UInt64 = 0xAB, _ write: (inout RingWriter) -> Void
    ) throws -> JournalProgress {
        let ring = RecordRing(byteCapacity: 1 << 22)
        let (stop, alarm) = (StopSignal(), StopSignal())
        let thread = try JournalThread(
            settings, run: .sample(epoch: epoch), from: ring, until: stop, alarm: alarm)
        let gauge = thread.gauge
        var writer = ring.writer()
        write(&writer)
        stop.raise()
        try thread.join()
        return gauge.progress
    }

    func reader() throws -> JournalReader { try JournalReader(path: settings.path) }
}

extension JournalRun {
    static func sample(epoch: UInt64 = 0xAB) -> JournalRun {
        JournalRun(
            epoch: epoch, instance: "test", version: "0.1", started: .at(1),
            rules: [JournalRule(rule: RuleID(3), name: "gas@2", version: "a1b2c3d4")])
    }
}

extension Timestamp {
    /// So many milliseconds after 2026-05-25T13:42:11Z.
    static func at(_ milliseconds: Int64) -> Timestamp {
        Timestamp(nanoseconds: 1_779_716_531_000_000_000 + milliseconds * 1_000_000)
    }
}

// The layout of Domain/JournalRecord.swift, written out a second time: these tests hold the two
// sides to it.
extension RingWriter {
    mutating func record(
        _ kind: JournalRecordKind, _ sequence: UInt64, at time: Timestamp,
        _ body: [UInt8]
    ) {
        let head: [UInt8] =
            [kind.rawValue, IngestPath.push.rawValue, 0, 0] + bytes(UInt32(body.count))
            + bytes(sequence) + bytes(time.nanoseconds) + bytes(time.nanoseconds + 500)
        let record = head + body
        while !reserve(record.count) { Thread.sleep(forTimeInterval: 0.0005) }
        write(record.span, from: 0, to: record.count)
        commit()
    }

    mutating func alert(_ sequence: UInt64, source: UInt32 = 0, _ message: String) {
        record(
            .alert, sequence, at: .at(Int64(sequence)),
            bytes(UInt32(7)) + bytes(source) + Array(message.utf8))
    }

    mutating func source(_ number: UInt32, _ name: String) {
        record(.source, 1, at: .at(1), bytes(number) + Array(name.utf8))
    }

    mutating func score(_ sequence: UInt64, cell: String, _ score: Int32, from previous: Int32) {
        record(
            .score, sequence, at: .at(Int64(sequence)),
            bytes(score) + bytes(previous)
                + [
                    Category.publicSafety.rawValue, WarningLevel.red.rawValue,
                    WarningLevel.blue.rawValue, 0,
                ] + Array(cell.utf8))
    }

    mutating func task(
        _ sequence: UInt64, incident: UInt64, revision: UInt32, _ operation: TaskOperation,
        _ message: String
    ) {
        let topic = "task/v1/json/C/1/P2/"
        record(
            .task, sequence, at: .at(Int64(sequence)),
            bytes(UInt64(0xF0)) + bytes(incident) + bytes(revision) + bytes(Int32(87_400))
                + bytes(UInt16(3))
                + [
                    operation.rawValue, Category.publicSafety.rawValue, Priority.p2.rawValue,
                    WarningLevel.orange.rawValue, AlertStatus.exercise.rawValue, 0,
                ] + bytes(UInt16(topic.utf8.count)) + Array(topic.utf8) + Array(message.utf8))
    }

    mutating func feedback(
        _ sequence: UInt64, incident: UInt64, id: String, _ detail: String, idBytes: Int? = nil
    ) {
        record(
            .feedback, sequence, at: .at(Int64(sequence)),
            bytes(UInt64(0xF0)) + bytes(incident)
                + [TaskStage.resolved.rawValue, TaskStage.closed.rawValue]
                + bytes(UInt16(idBytes ?? id.utf8.count)) + Array(id.utf8) + Array(detail.utf8))
    }

    mutating func tally(_ sequence: UInt64, _ counters: IntakeCounters) {
        let body = (0..<IntakeCounters.count).flatMap { bytes(counters.value($0)) }
        record(.tally, sequence, at: .at(Int64(sequence)), body)
    }
}

extension Span<UInt8> {
    /// The text from `start` to `end`; what is not UTF-8 in it becomes U+FFFD.
    func text(_ start: Int, _ end: Int) -> String {
        unsafe extracting(start..<end).withUnsafeBufferPointer {
            unsafe String(decoding: $0, as: UTF8.self)
        }
    }
}

private func bytes<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
    unsafe withUnsafeBytes(of: value.littleEndian) { unsafe Array($0) }
}
