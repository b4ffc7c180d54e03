import Cells
import Domain
import Foundation
import Lanes
import Pipeline
import RuleBook
import Testing

private let rules = """
    rules:
    - id: fire
      title: Fire
      status: active
      revision: 1
      match: {kind: smoke}
      by: [alert.cell]
      windows: {n: {fn: count, over: 1m}}
      raise: {when: w.n >= 2, hold: 3s}
      clear: {when: w.n == 0, hold: 5s}
      score: {public-safety: {points: '30.0', confidence: '0.9', half_life: 5m, spread: {rings: 1, factor: 0.5}}}
      task:
        kind: fire
        title: 'Fire in ${cell.name}'
        sla: {accept: 30s, resolve: 2m}
        dedupe: {key: [rule.id, alert.cell], repeat: update}
        close_on: clear
    - id: silent
      title: A sensor is silent
      status: active
      revision: 1
      match: {kind: heat}
      by: [alert.source]
      absence: {expect: 20s, missed: 2, arm: first-seen}
      score: {public-safety: {points: '10.0', confidence: '0.9', half_life: 5m}}
      task: {kind: fire, title: 'Silent ${alert.source}', close_on: clear}

    """
private let modes = "modes: {normal: {}, emergency: {sla_factor: 0.5}}"

/// What happens to an engine.
private enum Happening {
    case alert(body: [UInt8], source: String)
    case mode(String, area: String)
    case report(Feedback)
}

private func parts(_ ring: RecordRing) throws -> WalkParts {
    let set = try RuleBook.load(Town.files(rules, modes: modes))
    return WalkParts(
        compiled: set.compiled(), grid: try Town.grid(), admission: AdmissionPolicy(),
        outlet: Outlet(ring: ring.writer(), instance: "test", epoch: 1))
}

/// What an engine said since the last call: scores as bytes, tasks without the feed's number.
private func said(_ records: inout RingReader) throws -> [String] {
    var lines: [String] = []
    var bodies: [(Int, Data)] = []
    _ = records.drain(atMost: .max) { record in
        let kind = record[0]
        if kind == JournalRecordKind.score.rawValue {
            lines.append("\(record.indices.map { record[$0] })")
        }
        if kind == JournalRecordKind.task.rawValue {
            let topicBytes = Int(record[32 + 32]) | Int(record[32 + 33]) << 8
            bodies.append(
                (lines.count, Data(((32 + 34 + topicBytes)..<record.count).map { record[$0] })))
            lines.append("")
        }
    }
    for (place, body) in bodies {
        let event = try JSONSerialization.jsonObject(with: body) as? [String: Any]
        let data = try #require(event?["data"])
        let text = try JSONSerialization.data(withJSONObject: data, options: .sortedKeys)
        lines[place] = String(decoding: text, as: UTF8.self)
    }
    return lines
}

@Suite("An engine that lives through its past again")
struct RecoveryTests {
    /// Half an hour of alerts, two switches of mode, and reports on the tasks that come up.
    private func story(_ tasks: [String]) -> [(at: Timestamp, Happening)] {
        var dice = SplitMix64(seed: 9)
        var story: [(at: Timestamp, Happening)] = []
        var (now, reported) = (Town.start, 0)
        for number in 0..<1200 {
            now = now + .milliseconds(Int64.random(in: 10...3000, using: &dice))
            let kind = Int.random(in: 0..<3, using: &dice) == 0 ? "heat" : "smoke"
            let source = "acme/s\(Int.random(in: 0..<9, using: &dice))"
            let cell = ["a", "b", "c", "d", "e"].randomElement(using: &dice) ?? "a"
            let body = alert(
                "\(number)", source: source, time: now,
                [
                    "kind": "\"\(kind)\"", "position": "", "cell": "\"\(cell)\"",
                    "confidence": "0.95",
                ])
            story.append((now, .alert(body: Array(body.utf8), source: source)))
            if number == 200 { story.append((now, .mode("emergency", area: "d1"))) }
            if number == 900 { story.append((now, .mode("normal", area: "d1"))) }
            if number % 40 == 39, reported < tasks.count,
                let incident = TaskID(hexadecimal: tasks[reported])
            {
                let stage: TaskStage = number % 80 == 39 ? .accepted : .resolved
                let report = Feedback(
                    id: "r\(number)", task: incident, revision: 1, time: now, stage: stage,
                    by: "unit-1")
                story.append((now, .report(report)))
                if stage == .resolved { reported += 1 }
            }
        }
        return story
    }

    private func take(
        _ happening: Happening, at now: Timestamp, _ walk: inout Walk, _ letter: inout Letter
    ) {
        switch happening {
        case .alert(let body, let source):
            letter.compose(
                topic: "alert/v1/json/\(source)/", body: body, path: .push, received: now)
            walk.take(letter)
        case .mode(let name, let area):
            guard let mode = walk.mode(named: name), let cell = walk.cell(named: area) else {
                return
            }
            walk.advance(to: now)
            walk.switchMode(mode, area: cell, at: now)
        case .report(let feedback): _ = walk.take(feedback, at: now)
        }
    }

    private func incidents(in lines: [String]) -> [String] {
        var seen: [String] = []
        for line in lines {
            guard let match = line.firstMatch(of: /"incident":"([0-9a-f]{32})"/) else { continue }
            let incident = String(match.1)
            if !seen.contains(incident) { seen.append(incident) }
        }
        return seen
    }

    @Test(
        "Wherever it was cut off, it says from there what it would have said",
        arguments: [
            1, 150, 431, 800, 1100,
        ])
    func sameAsNever(cut: Int) throws {
        let trial = RecordRing(byteCapacity: 64 << 20)
        var trialRecords = trial.reader()
        var letter = Letter()
        var first = Walk(try parts(trial))
        for (at, happening) in story([]) { take(happening, at: at, &first, &letter) }
        let story = story(incidents(in: try said(&trialRecords)))
        #expect(story.count > 1220, "nothing was reported")

        let (rings, recovered) = (
            RecordRing(byteCapacity: 64 << 20), RecordRing(byteCapacity: 64 << 20)
        )
        var records = rings.reader()
        var others = recovered.reader()
        var undisturbed = Walk(try parts(rings))
        var recovery = Recovery(try parts(recovered))
        for (at, happening) in story.prefix(cut) {
            take(happening, at: at, &undisturbed, &letter)
            switch happening {
            case .alert(let body, let source):
                recovery.take(body.span, from: source, on: .push, received: at)
            case .mode(let name, let area): recovery.switchMode(named: name, area: area, at: at)
            case .report(let feedback): recovery.take(feedback, at: at)
            }
        }
        let before = try said(&records)
        var goingOn = recovery.finish(after: [:], missing: [])
        #expect(try said(&others).isEmpty, "the past was told again")
        for (at, happening) in story.dropFirst(cut) {
            take(happening, at: at, &undisturbed, &letter)
            take(happening, at: at, &goingOn, &letter)
        }
        let end = Town.start + .hours(3)
        undisturbed.advance(to: end)
        goingOn.advance(to: end)
        let (expected, actual) = (try said(&records), try said(&others))
        #expect(expected.count > 100 && (cut < 100 || before.count > 50))
        #expect(actual == expected)
    }

    @Test("What followed from the last alert and is not in the journal is told still")
    func unsettled() throws {
        let ring = RecordRing(byteCapacity: 16 << 20)
        var records = ring.reader()
        var recovery = Recovery(try parts(ring))
        for second in [0, 1] {
            let time = Town.start + .seconds(Int64(second))
            let body = alert(
                "\(second)", time: time,
                ["kind": "\"smoke\"", "position": "", "cell": "\"a\"", "confidence": "0.95"])
            recovery.take(Array(body.utf8).span, from: "acme/a", on: .push, received: time)
        }
        #expect(recovery.unsettled.isEmpty)
        recovery.advance(to: Town.start + .seconds(5))
        let missing = recovery.unsettled
        #expect(missing.map(\.revision) == [1])
        _ = recovery.finish(after: [:], missing: missing)
        let told = try said(&records)
        #expect(told.count == 1 && told[0].contains("Fire in Cell a"))
    }
}
