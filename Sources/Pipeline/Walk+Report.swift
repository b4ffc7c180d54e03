import Cells
public import Domain
import Lanes
import Scoring
import Tasking

// What a walk says of itself, once a second and at the end. Not on the hot path: it may allocate.

extension Walk {
    /// When the next timer is due, or what waits for the watermark has its turn though nothing
    /// comes; `.forever` when neither is to be.
    public var nextTimer: Timestamp {
        let turn = nextTurn(by: .forever)
        return min(turn, timers.earliest())
    }

    /// The counters with what the stages count by themselves.
    public func tally() -> IntakeCounters {
        var tally = counters
        for rule in 0..<rules.table.ruleCount {
            let counters = rules.counters(RuleID(rule))
            tally.ruleErrors &+= counters.errors
            tally.evicted &+= counters.evicted
        }
        tally.deadlinesMissed = tasks.deadlinesMissed
        tally.evicted &+=
            board.evicted &+ rules.evictedSamples() &+ hits.dropped
            &+ surroundings.dropped
        return tally
    }

    /// Puts a record of all counters on the journal's ring.
    public mutating func recordTally(at now: Timestamp) {
        let tally = tally()
        let head = JournalHead(.tally, path: .push, sequence: sequence, time: now, received: now)
        let length = IntakeCounters.count * 8
        guard outlet.ring.reserve(JournalHead.byteCount + length) else { return }
        outlet.ring.write(head, length: length)
        for index in 0..<IntakeCounters.count { outlet.ring.write(tally.value(index)) }
        outlet.ring.commit()
    }

    /// Puts the names of the sources that are new since the last call on the journal's ring: before
    /// the first alert of each, so that it can be read again whatever happens next.
    @_noAllocation @_noLocks
    public mutating func recordSources() {
        while sourcesRecorded < admission.heardCount {
            let source = Int(admission.heard[sourcesRecorded])
            let length = admission.names.texts.length(source)
            let head = JournalHead(
                .source, path: .push, sequence: sequence, time: now, received: now)
            guard outlet.ring.reserve(JournalHead.byteCount + 4 + length) else { return }
            outlet.ring.write(head, length: 4 + length)
            outlet.ring.write(UInt32(truncatingIfNeeded: source))
            var offset = 0
            while offset < length {
                outlet.ring.write(admission.names.texts.byte(source, offset))
                offset += 1
            }
            outlet.ring.commit()
            sourcesRecorded += 1
        }
    }

    /// Writes the feed's heartbeat into the outlet's topic and body.
    mutating func writeHeartbeat(at now: Timestamp, startedAt: Timestamp) {
        var details = ByteBuffer(capacity: 1 << 20)
        details.append(string: heartbeatDetails(uptime: now - startedAt))
        outlet.writeHeartbeat(at: now, details: details)
    }

    /// What the heartbeat tells besides the feed's numbers: members of a JSON object.
    private func heartbeatDetails(uptime: Interval) -> String {
        let tally = tally()
        let counters = zip(IntakeCounters.names, 0..<IntakeCounters.count)
            .map { "\"\($0)\":\(tally.value($1))" }.joined(separator: ",")
        var rules: [String] = []
        for index in 0..<self.rules.table.ruleCount { rules.append(rule(index)) }
        return """
            ,"uptime_s":\(uptime.nanoseconds / 1_000_000_000),"accepted":\(sequence),\
            "sources":\(admission.heardCount),\
            "sources_registered":\(admission.registeredCount),"cells":\(grid.count),\
            "tasks_open":\(tasks.openCount),"tasks_withheld":\(tasks.withheldCount),\
            "stages":{\(stages)},"counters":{\(counters)},\
            "rules":{\(rules.joined(separator: ","))}
            """
    }

    /// How many open tasks stand at each stage; those without any are left out.
    package var stages: String {
        zip(TaskStage.allCases, tasks.stages).filter { $0.1 > 0 }
            .map { "\"\($0.0.word)\":\($0.1)" }.joined(separator: ",")
    }

    private func rule(_ index: Int) -> String {
        let counters = rules.counters(RuleID(index))
        return """
            "\(rules.table.labels.text(index))":{"evaluations":\(counters.evaluations),\
            "matched":\(counters.matched),"raised":\(counters.raised),\
            "cleared":\(counters.cleared),"expired":\(counters.expired),\
            "no_data":\(counters.noData),"errors":\(counters.errors),\
            "degraded":\(counters.isDegraded)\(latestError(counters)),\
            "keys":\(counters.keys),"evicted":\(counters.evicted)\(warming(counters)),\
            "shadow":\(rules.plan(RuleID(index)).isShadow)}
            """
    }

    /// Until when its windows fill, while they do.
    private func warming(_ counters: RuleCounters) -> String {
        guard counters.warmUntil > now else { return "" }
        return ",\"warm_until_s\":\(counters.warmUntil.nanoseconds / 1_000_000_000)"
    }

    /// A sample of what has gone wrong: a member more, when something has.
    private func latestError(_ counters: RuleCounters) -> String {
        guard counters.errors > 0 else { return "" }
        let seconds = counters.latestFailureAt.nanoseconds / 1_000_000_000
        return ",\"latest_error\":{\"why\":\"\(counters.latestFailure)\",\"at_s\":\(seconds)}"
    }
}
