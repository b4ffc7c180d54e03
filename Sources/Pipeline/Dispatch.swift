import Cells
import Domain
import Lanes
import Scoring
import Tasking
import Wire

// Stage 8: the alert, its score changes and its task revisions → the feed and the journal's ring.
//
// Says no with `feedOverflow` and `journalOverflow`: both have room for everything one alert can
// cause, and the lane takes nothing in while room is short, so neither is ever seen in a healthy
// run; both are counted.

extension Walk {
    @_noAllocation @_noLocks
    package mutating func dispatch(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) {
        if sourcesRecorded < admission.heardCount { recordSources() }
        if AlertRedactor.isNeeded(for: alert) {
            recordRedacted(bytes, start, end)
        } else if beginAlert(byteCount: end - start) {
            outlet.ring.write(bytes, from: start, to: end)
            outlet.ring.commit()
        }
        dispatchOutputs(at: sighting.time)
    }

    /// Opens the journal record of the alert, whose message has `byteCount` bytes.
    @_noAllocation @_noLocks
    private mutating func beginAlert(byteCount: Int) -> Bool {
        let head = JournalHead(
            .alert, path: sighting.path, sequence: sighting.sequence, time: sighting.time,
            received: sighting.received)
        guard outlet.ring.reserve(JournalHead.byteCount + 8 + byteCount) else {
            counters.journalOverflows &+= 1
            return false
        }
        outlet.ring.write(head, length: 8 + byteCount)
        outlet.ring.write(sighting.cell.index)
        outlet.ring.write(sighting.source.index)
        return true
    }

    /// Records the alert without what must not be kept of its message.
    @_noAllocation @_noLocks
    private mutating func recordRedacted(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) {
        outlet.redacted.clear()
        do throws(Refusal) {
            try AlertRedactor.copy(bytes, start, end, of: alert, into: &outlet.redacted)
        } catch {
            // The decoder took the very same bytes.
            preconditionFailure("an accepted alert cannot be read again")
        }
        if beginAlert(byteCount: outlet.redacted.count) {
            outlet.ring.write(outlet.redacted)
            outlet.ring.commit()
        }
    }

    /// The score changes first, then the tasks that follow from them.
    @_noAllocation @_noLocks
    mutating func dispatchOutputs(at time: Timestamp) {
        var index = 0
        while index < changes.count {
            tell(changes.change(index))
            index += 1
        }
        index = 0
        while index < announcements.count {
            tell(announcements.announcement(index))
            index += 1
        }
        if changes.tellsOfRelief { tasks.askForReview() }
        if tasks.needsReview { reviewWithheld(at: time) }
        if changes.tellsOfCity { watchModes(at: time) }
    }

    /// Tells of the tasks that nothing withholds any more, so many at a time that what is told
    /// between two looks at the room in the feed and the ring stays bounded.
    @_noAllocation @_noLocks
    mutating func reviewWithheld(at time: Timestamp) {
        tasks.beginReview()
        var told = 0
        while told < 64 {
            let (decision, task) = tasks.reviewNext(
                at: time, rules: rules, board: board, timers: &timers)
            if task < 0 { return setReviewTimer(at: time) }
            if decision == .opened { counters.tasksOpened &+= 1 }
            if decision != .belowThreshold {
                tell(Announcement(decision: decision, task: task, time: time))
                told += 1
            }
        }
        timers.set(owners.reviewOwner, due: time + Interval(nanoseconds: 1_000_000))
    }

    /// The next review is due when the next silence ends; what else ends asks for one.
    @_noAllocation @_noLocks
    private mutating func setReviewTimer(at time: Timestamp) {
        let next = tasks.silences.nextEnd(after: time)
        if next.nanoseconds == .max {
            timers.cancel(owners.reviewOwner)
        } else {
            timers.set(owners.reviewOwner, due: next)
        }
    }

    @_noAllocation @_noLocks
    mutating func tell(_ change: ScoreChange) {
        outlet.feedSequence &+= 1
        outlet.path.clear()
        outlet.topic.clear()
        outlet.body.clear()
        outlet.path.append(grid.paths.texts, change.cell.int)
        outlet.encodeScore(change)
        tellFeed()
        record(change)
    }

    @_noAllocation @_noLocks
    mutating func tell(_ announcement: Announcement) {
        counters.taskRevisions &+= 1
        outlet.feedSequence &+= 1
        fillOrder(announcement)
        outlet.topic.clear()
        outlet.body.clear()
        outlet.encodeTask()
        tellFeed()
        recordTask()
    }

    @_noAllocation @_noLocks
    private mutating func tellFeed() {
        if !outlet.tellFeed() { counters.feedOverflows &+= 1 }
    }

    /// Fills the task order from the owners of what it quotes.
    @_noAllocation @_noLocks
    private mutating func fillOrder(_ announcement: Announcement) {
        tasks.write(
            announcement.task, announcement.decision, at: announcement.time, to: &outlet.order)
        assign(announcement.task)
        outlet.order.writeFactors(board, rules.table)
        outlet.order.writeReason(rules.table)
        tasks.writeEvidence(announcement.task, sources: admission.names, to: &outlet.order)
    }

    @_noAllocation @_noLocks
    private mutating func record(_ change: ScoreChange) {
        let path = grid.paths.texts.length(change.cell.int)
        let head = outputHead(.score, change.time)
        guard outlet.ring.reserve(JournalHead.byteCount + 12 + path) else {
            counters.journalOverflows &+= 1
            return
        }
        outlet.ring.write(head, length: 12 + path)
        outlet.ring.write(change.score.value)
        outlet.ring.write(change.previousScore.value)
        outlet.ring.write(change.category.rawValue)
        outlet.ring.write(change.warning.rawValue)
        outlet.ring.write(change.previousWarning.rawValue)
        outlet.ring.write(UInt8(0))
        var offset = 0
        while offset < path {
            outlet.ring.write(grid.paths.texts.byte(change.cell.int, offset))
            offset += 1
        }
        outlet.ring.commit()
    }

    /// Records the task order that was just encoded.
    @_noAllocation @_noLocks
    private mutating func recordTask() {
        let order = TaskHead(outlet.order)
        let head = outputHead(.task, outlet.order.time)
        let length = TaskHead.byteCount + outlet.topic.count + outlet.body.count
        guard outlet.ring.reserve(JournalHead.byteCount + length) else {
            counters.journalOverflows &+= 1
            return
        }
        outlet.ring.write(head, length: length)
        outlet.ring.write(order)
        outlet.ring.write(UInt16(truncatingIfNeeded: outlet.topic.count))
        outlet.ring.write(outlet.topic)
        outlet.ring.write(outlet.body)
        outlet.ring.commit()
    }

    /// Outputs carry the position of the latest input: what it and the timers before the next one
    /// caused.
    @_noAllocation @_noLocks
    private func outputHead(_ kind: JournalRecordKind, _ time: Timestamp) -> JournalHead {
        JournalHead(kind, path: sighting.path, sequence: sequence, time: time, received: now)
    }
}

/// The fixed part of a task's journal record.
private struct TaskHead {
    static var byteCount: Int { 34 }
    let incident: TaskID
    let revision: UInt32
    let score: Int32
    let rule: UInt16
    let marks: [6 of UInt8]

    @_noAllocation @_noLocks
    init(_ order: borrowing TaskOrder) {
        incident = order.incident
        revision = order.revision
        score = order.score.value
        rule = order.rule.index
        marks = [
            order.operation.rawValue, order.category.rawValue, order.priority.rawValue,
            order.warning.rawValue, order.status.rawValue, 0,
        ]
    }
}

extension RingWriter {
    @_noAllocation @_noLocks
    fileprivate mutating func write(_ head: TaskHead) {
        write(head.incident.high)
        write(head.incident.low)
        write(head.revision)
        write(head.score)
        write(head.rule)
        var mark = 0
        while mark < 6 {
            write(head.marks[mark])
            mark += 1
        }
    }
}
