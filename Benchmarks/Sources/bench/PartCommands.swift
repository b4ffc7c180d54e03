import ArgumentParser
import CClock
import Domain
import Foundation
import Glibc
import Journal
import Lanes

/// Records through the ring between two lanes.
struct RingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ring", abstract: "Records a second through a ring, from lane to lane.")

    @Option(help: "Records.") var records = 10_000_000
    @Option(help: "Bytes a record.") var bytes = 356

    func run() throws {
        let ring = RecordRing(byteCapacity: 1 << 24)
        let (records, bytes) = (records, bytes)
        let began = monotonic_now()
        let producer = try LaneThread(named: "producer") {
            var writer = ring.writer()
            let payload = [UInt8](repeating: 0x61, count: bytes)
            for _ in 0..<records { writer.push(payload) }
        }
        var reader = ring.reader()
        var (read, sum) = (0, 0)
        while read < records {
            let count = reader.drain(atMost: 1024) { sum &+= Int($0[$0.count - 1]) }
            if count == 0 { sched_yield() }
            read += count
        }
        producer.join()
        let nanoseconds = Double(monotonic_now() - began)
        precondition(sum == records * 0x61)
        print(
            String(
                format: "%d records of %d bytes: %.1f ns each, %.2f M/s", records, bytes,
                nanoseconds / Double(records), Double(records) * 1000 / nanoseconds))
    }
}

/// Alerts, and the rows that come with them, through the journal onto the disk.
struct JournalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "Alerts a second into the journal, durable.")

    @Option(help: "Alerts.") var alerts = 1_000_000
    @Option(help: "Bytes an alert.") var bytes = 316
    @Option(help: "One score change in so many alerts; 0 for none.") var scoreEvery = 0
    @Option(help: "One task revision in so many alerts; 0 for none.") var taskEvery = 0
    @Option(help: "Where to write; removed afterwards.") var directory = NSTemporaryDirectory()

    func run() throws {
        let path = URL(fileURLWithPath: directory)
            .appending(component: "bench-\(UUID().uuidString).sqlite").path
        defer { for end in ["", "-wal", "-shm"] { unsafe unlink(path + end) } }
        let ring = RecordRing(byteCapacity: 1 << 26)
        let (stop, alarm) = (StopSignal(), StopSignal())
        let journal = try JournalThread(
            JournalSettings(path: path),
            run: JournalRun(
                epoch: 1, instance: "bench", version: "0", started: Timestamp(nanoseconds: 1),
                rules: []),
            from: ring, until: stop, alarm: alarm)
        let gauge = journal.gauge
        let (began, cpu) = (monotonic_now(), processMicroseconds())
        write(to: ring)
        stop.raise()
        try journal.join()
        let seconds = Double(monotonic_now() - began) / 1e9
        let progress = gauge.progress
        print(
            String(
                format: "%.3f M alerts/s durable, %.2f CPU µs each, %d commits, ring full %d times",
                Double(alerts) / seconds / 1e6, (processMicroseconds() - cpu) / Double(alerts),
                Int(progress.commits), ring.refusals))
    }

    private func write(to ring: RecordRing) {
        var writer = ring.writer()
        let alert = [UInt8](repeating: 0x61, count: 8 + bytes)
        let score = [UInt8](repeating: 1, count: 12) + Array("C/12/345/345-67/".utf8)
        let task = taskBody()
        for sequence in 1...max(1, alerts) {
            writer.push(.alert, sequence, alert)
            if scoreEvery > 0, sequence % scoreEvery == 0 { writer.push(.score, sequence, score) }
            if taskEvery > 0, sequence % taskEvery == 0 { writer.push(.task, sequence, task) }
        }
    }

    private func taskBody() -> [UInt8] {
        let topic = Array("task/v1/json/C/12/345/345-67/P2/".utf8)
        let fixed = (0..<32).map { UInt8($0 == 28 ? 2 : $0 < 26 ? $0 : 1) }
        return fixed + [UInt8(topic.count), 0] + topic + [UInt8](repeating: 0x61, count: 900)
    }

    private func processMicroseconds() -> Double {
        var usage = rusage()
        unsafe getrusage(RUSAGE_SELF.rawValue, &usage)
        let seconds = Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        return seconds * 1e6 + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
    }
}

extension RingWriter {
    /// Writes a record, waiting for room.
    mutating func push(_ payload: [UInt8]) {
        while !reserve(payload.count) { sched_yield() }
        write(payload.span, from: 0, to: payload.count)
        commit()
    }

    /// Writes a journal record as the engine does.
    mutating func push(_ kind: JournalRecordKind, _ sequence: Int, _ body: [UInt8]) {
        while !reserve(JournalHead.byteCount + body.count) { usleep(100) }
        write(UInt32(kind.rawValue))
        write(UInt32(body.count))
        for word in [sequence, sequence, sequence] { write(UInt64(word)) }
        write(body.span, from: 0, to: body.count)
        commit()
    }
}
