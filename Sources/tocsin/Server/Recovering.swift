import Cells
import Domain
import Foundation
import Journal
import Pipeline
import RuleBook
import Scoring
import Settings
import Workshop

/// Brings the engine back to where the last run left it, from the journal.
///
/// It lives through the alerts again that anything may still depend on: as far back as the longest
/// window, ten half-lives of the slowest score and the eldest open task reach; at most the latest
/// two million, which take a few seconds.
///
/// Alerts that the journal has lost are as if they had been lost on their way here: the engine that
/// has lived through all others comes nearest to the last one, and is in no state that alerts could
/// not have led to.
struct Recovering {
    private let reader: JournalReader
    private let runs: [JournaledRun]
    /// The names of each run's sources by their numbers.
    private var names: [Int64: [SourceID: String]] = [:]
    /// When each run wrote last.
    private var lastSigns: [Int64: Timestamp] = [:]
    /// What else befell the engine, the latest last, and how many were applied.
    private var events: [JournaledEvent] = []
    private var applied = 0
    private let since: Timestamp
    /// What the journal has lost of the alerts.
    private var damage: DamageReport
    private let started = ContinuousClock.now

    static let alertsMax = 2_000_000

    /// nil where no earlier run has taken anything in.
    ///
    /// - Parameter reach: how far back anything may depend on.
    init?(_ path: String, reach: Interval) throws(CommandFailure) {
        damage = DamageReport(path)
        do {
            reader = try JournalReader(path: path)
            // The last one is this.
            runs = Array(try reader.runs().dropLast())
            guard let first = try reader.firstReceived(), !runs.isEmpty else { return nil }
            let eldest = try reader.eldestOpenTask() ?? .now
            let wanted = min(eldest, .now) - reach
            let least = try reader.start(ofLatest: Self.alertsMax) ?? first
            since = max(wanted, least)
            for (number, run) in runs.enumerated() {
                names[run.id] = try reader.sources(ofRun: run.id)
                // Nothing of one that had ended by then is lived through.
                let isOver = number + 1 < runs.count && runs[number + 1].started < since
                if isOver { continue }
                lastSigns[run.id] = try reader.lastSign(ofRun: run.id)
            }
            // A mode stays until somebody, or the city, switches again.
            events = try reader.events([.mode], since: .never)
            events += try reader.events([.offered], since: since)
            events += try reader.feedback(since: since)
            events.sort { ($0.run, $0.received) < ($1.run, $1.received) }
        } catch {
            throw .unavailable("cannot recover from the journal \(path): \(error)")
        }
    }

    /// Lives through the past, and gives the engine that has.
    mutating func run(
        _ parts: consuming WalkParts, _ silences: [Silence], rules: [String]
    ) throws(CommandFailure) -> Walk {
        var recovery = Recovery(parts)
        let since = since
        _ = recovery.withWalk { $0.take(silences, rules: rules, at: since) }
        var revisions: [TaskID: UInt32] = [:]
        do {
            try live(&recovery)
            for (incident, revision) in try reader.revisions(since: since) {
                if let task = TaskID(hexadecimal: incident) { revisions[task] = revision }
            }
        } catch {
            throw .unavailable("cannot recover from the journal: \(error)")
        }
        let now = Timestamp.now
        recovery.noteGap(at: now)
        let missing = recovery.unsettled.filter { $0.revision > revisions[$0.incident] ?? 0 }
        damage.say()
        say(recovery.alerts, recovery.refused)
        var walk = recovery.finish(after: revisions, missing: missing)
        walk.record(.gap, "{}", at: now)
        return walk
    }

    private mutating func live(_ recovery: inout Recovery) throws {
        let (runs, names, since) = (runs, names, since)
        var current = runs[0].id
        var past = self
        func note(_ damage: BatchDamage) { past.damage.take(damage) }
        try reader.forEachAlert(since: since, damaged: note) { alert, body in
            guard alert.received >= since, let source = names[alert.run]?[alert.source] else {
                return
            }
            past.apply(upTo: alert, to: &recovery)
            if alert.run != current, let run = runs.first(where: { $0.id == alert.run }) {
                past.end(current, &recovery)
                current = run.id
                recovery.noteGap(at: run.started)
            }
            // Who was not heard of may have spoken in what is lost.
            if past.damage.isBehindHole() { recovery.noteGap(at: alert.received) }
            recovery.take(body, from: source, on: alert.path, received: alert.received)
            if recovery.alerts % 50_000 == 0 { past.tell(recovery.alerts) }
        }
        past.apply(upTo: nil, to: &recovery)
        past.end(current, &recovery)
        self = past
    }

    /// What was due before a run's end was decided then.
    private func end(_ run: Int64, _ recovery: inout Recovery) {
        if let time = lastSigns[run] { recovery.advance(to: time) }
    }

    /// What befell the engine before an alert; nil: all that is left.
    private mutating func apply(upTo alert: JournaledAlert?, to recovery: inout Recovery) {
        while applied < events.count {
            let event = events[applied]
            if let alert, (event.run, event.sequence) >= (alert.run, alert.sequence) { return }
            applied += 1
            apply(event, to: &recovery)
        }
    }

    private func apply(_ event: JournaledEvent, to recovery: inout Recovery) {
        do {
            let detail = Data(event.detail.utf8)
            switch event.kind {
            case "mode":
                let mode = try JSONDecoder().decode(PastMode.self, from: detail)
                // What the city's condition switched later is switched again by itself.
                guard mode.by == "hand" || event.received < since else { return }
                let time = max(event.received, since)
                recovery.switchMode(named: mode.mode, area: mode.area, at: time)
            case "offered":
                let offer = try JSONDecoder().decode(PastOffer.self, from: detail)
                if let task = TaskID(hexadecimal: offer.task) {
                    recovery.offer(task, at: event.received)
                }
            default:
                let report = try JSONDecoder().decode(PastReport.self, from: detail)
                if let feedback = report.feedback(at: event.time) {
                    recovery.take(feedback, at: event.received)
                }
            }
        } catch {
            StandardError.say("tocsin: an event of the journal cannot be read: \(error)")
        }
    }

    private func tell(_ count: Int) {
        let seconds = (ContinuousClock.now - started).seconds
        StandardError.progress(
            "recovering: \(grouped(count)) alerts, \(grouped(Int(Double(count) / seconds)))/s")
    }

    private func say(_ count: Int, _ refused: Int) {
        StandardError.progress("")
        let seconds = oneDecimal((ContinuousClock.now - started).seconds)
        StandardError.say(
            "tocsin: recovered from \(grouped(count)) alerts of the journal in \(seconds) s"
                + (refused > 0 ? ", \(grouped(refused)) of which have no place any more" : ""))
    }
}

extension Assemble {
    /// The engine, as the last run left it, or new.
    static func engine(
        _ settings: Settings, _ parts: consuming WalkParts, _ silences: [Silence],
        _ keeper: RuleKeeper, _ gauge: JournalGauge
    ) throws(CommandFailure) -> Walk {
        let reach = parts.rules.lasting
        guard var past = try Recovering(settings.journal.path, reach: reach) else {
            let walk = Walk(parts)
            LevelNote.say(walk.missingLevels)
            return walk
        }
        let walk = try past.run(parts, silences, rules: keeper.facts.map(\.id))
        gauge.begin(after: walk.sequence)
        LevelNote.say(walk.missingLevels)
        return walk
    }
}

extension RuleTable {
    /// How far back anything that the engine keeps may depend on alerts.
    var lasting: Interval {
        let windows = (0..<ruleCount).map { reach(of: RuleID($0)) }.max() ?? .zero
        let decay = (0..<scoreCount).map { scores[$0].halfLife.nanoseconds }.max() ?? 0
        return max(windows, Interval(nanoseconds: 10 * decay))
    }
}
