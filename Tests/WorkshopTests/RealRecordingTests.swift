import Cells
import Foundation
import RuleBook
import Testing
import Workshop

/// Real series and incidents, where they lie beside the package; the adapters are Python scripts.
enum RealRecordings {
    private static let package = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// A directory of real data; nil where it is not.
    static func data(_ name: String) -> String? {
        ["../shared/data", "../../shared/data"].map {
            package.appending(path: "\($0)/\(name)").path
        }
        .first { FileManager.default.fileExists(atPath: $0) }
    }

    /// What a script of `scripts/recordings` makes of the data, in a directory of its own.
    static func convert(_ script: String, _ input: String) throws -> URL {
        let out = FileManager.default.temporaryDirectory
            .appending(path: "tocsin-\(script)-\(UUID().uuidString)")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", package.appending(path: "scripts/recordings/\(script).py").path, input,
            out.path,
        ]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return out
    }

    static func grid(_ directory: URL, root: String) throws -> Grid {
        let file = try GridFile(path: directory.appending(path: "cells.geojson").path)
        return try GridLoader(root: root, levelNames: ["city", "district", "beat"]).load([file])
    }

    static func recording(_ directory: URL, _ name: String) throws -> Recording {
        Recording(
            jsonLines: try String(
                contentsOf: directory.appending(path: name), encoding: .utf8))
    }
}

@Suite struct `Real recordings` {
    @Test(.enabled(if: RealRecordings.data("houston-incidents") != nil))
    func `show which tasks a threshold adds and removes`() throws {
        let data = try #require(RealRecordings.data("houston-incidents"))
        let out = try RealRecordings.convert("houston", "\(data)/houston_2010-01_05.csv")
        defer { removeQuietly(out) }
        let recording = try RealRecordings.recording(out, "alerts.jsonl")
        #expect(recording.alerts.count == 52_770 && recording.unreadable.isEmpty)
        let files = try RuleFiles.find([out.path])
        func replay(many: Int) throws -> ReplayOutcome {
            var files = files
            let text = files.rules[0].text.replacing("value: 6", with: "value: \(many)")
            files.rules = [SourceFile(path: files.rules[0].path, text: text)]
            var replay = Replay(
                try RuleBook.load(files), try RealRecordings.grid(out, root: "HOU"))
            for alert in recording.alerts { try replay.take(alert) }
            return try replay.finish()
        }
        let report = ReplayReport(new: try replay(many: 5), old: try replay(many: 6))
        #expect(report.new.accepted == 52_770)
        #expect(report.differences.contains { $0.change == .appears && !$0.title.isEmpty })
        #expect(report.differences.contains { $0.change == .earlier })
        let back = ReplayReport(new: try replay(many: 7), old: try replay(many: 6))
        #expect(back.differences.contains { $0.change == .vanishes && !$0.cell.isEmpty })
        print(report.text.split(separator: "\n").prefix(12).joined(separator: "\n"))
    }

    /// Series, rule, range, and the F1 that its best value reaches.
    static let series: [(String, String, String, Double)] = [
        ("machine", "machine.cold", "cold=40..85:5", 0.6),
        ("cpu", "host.busy", "busy=40..90:5", 0.6),
        ("traffic", "road.slow", "slow=200..1000:100", 0.3),
    ]

    @Test(.enabled(if: RealRecordings.data("nab") != nil), arguments: series)
    func `have thresholds that find labelled anomalies`(
        name: String, rule: String, range: String, f1: Double
    ) throws {
        let data = try #require(RealRecordings.data("nab"))
        let out = try RealRecordings.convert("nab", data)
        defer { removeQuietly(out) }
        let truth = try String(
            contentsOf: out.appending(path: "\(name).csv"), encoding: .utf8)
        let sweep = try Sweep(
            try RuleFiles.find([out.path]), rule: rule,
            ranges: [try #require(ParameterRange(range))],
            windows: try LabelledWindow.read(csv: truth))
        let report = try sweep.run(
            try RealRecordings.recording(out, "\(name).jsonl"),
            grid: { try RealRecordings.grid(out, root: "NAB") }, progress: { _, _ in })
        print("\(name)\n\(report.text)")
        #expect(try #require(report.best).f1 >= f1, "\(report.text)")
    }

    private func removeQuietly(_ directory: URL) {
        do { try FileManager.default.removeItem(at: directory) } catch { print("\(error)") }
    }
}
