public import Domain
import Lanes
import Scoring
import Tasking
import Wire

// What dispatch reports of tasks. Not on the hot path: it may allocate.

extension Walk {
    /// Room in the journal's ring for a feedback and the revision that follows from it.
    private static let feedbackRoomBytes = Limits.taskBytesMax + 8192

    /// Takes a feedback in: moves its task, writes both to the journal, tells the new revision.
    ///
    /// Nothing changes when it is refused. What becomes of a refused one or a duplicate is not
    /// journaled.
    public mutating func take(_ feedback: Feedback, at moment: Timestamp) -> FeedbackAnswer {
        advance(to: moment)
        guard let task = tasks.task(of: feedback.task) else { return refuse(.unknownTask) }
        guard outlet.ring.hasRoomForRecords(Walk.feedbackRoomBytes) else {
            return refuse(.overloaded, stage: tasks.stage(of: task))
        }
        let verdict = tasks.take(feedback, of: task, at: now)
        let stage = tasks.stage(of: task)
        switch verdict {
        case .refused(let refusal): return refuse(refusal, stage: stage)
        case .duplicate:
            counters.feedbackDuplicates &+= 1
            return answer(.duplicate, stage)
        case .kept, .moved:
            counters.feedbackKept &+= 1
            record(feedback, stage)
            let answer = answer(.accepted, stage)
            follow(verdict, of: task)
            return answer
        }
    }

    /// Notes that a desk has taken a task in; nothing when it is not on the board.
    public mutating func offer(_ task: TaskID, at moment: Timestamp) {
        advance(to: moment)
        guard let number = tasks.task(of: task) else { return }
        guard tasks.offer(number, at: now, timers: &timers) else { return }
        record(.offered, "{\"task\":\"\(task.hexadecimal)\"}", at: now)
    }

    private mutating func refuse(
        _ refusal: FeedbackRefusal, stage: TaskStage? = nil
    ) -> FeedbackAnswer {
        counters.feedbackRefused &+= 1
        return FeedbackAnswer(.rejected, refusal: refusal, stage: stage)
    }

    /// Durable once everything that the ring holds by now is: a duplicate's first, too.
    private func answer(_ status: FeedbackAnswer.Status, _ stage: TaskStage) -> FeedbackAnswer {
        var answer = FeedbackAnswer(status, stage: stage)
        answer.record = outlet.ring.committed
        return answer
    }

    private mutating func follow(_ verdict: LifeVerdict, of task: Int) {
        let decision = tasks.follow(
            verdict, of: task, at: now, rules: rules, board: board, timers: &timers)
        if decision == .closed { counters.tasksClosed &+= 1 }
        changes.clear()
        announcements.clear()
        announcements.append(decision, task, now)
        dispatchOutputs(at: now)
    }

    private mutating func record(_ feedback: Feedback, _ stage: TaskStage) {
        var detail = ByteBuffer(capacity: 8192)
        var encoder = FeedbackEncoder()
        encoder.encode(feedback, received: now, into: &detail)
        let head = JournalHead(
            .feedback, path: .push, sequence: sequence, time: feedback.time, received: now)
        if !outlet.ring.writeFeedback(head, feedback, stage: stage, detail) {
            counters.journalOverflows &+= 1
        }
    }
}

extension RingWriter {
    /// Writes a feedback, its detail a JSON object; false when there is no room.
    fileprivate mutating func writeFeedback(
        _ head: JournalHead, _ feedback: Feedback, stage: TaskStage, _ detail: borrowing ByteBuffer
    ) -> Bool {
        let id = Array(feedback.id.utf8)
        let length = 20 + id.count + detail.count
        guard reserve(JournalHead.byteCount + length) else { return false }
        write(head, length: length)
        write(feedback.task.high)
        write(feedback.task.low)
        write(feedback.stage.rawValue)
        write(stage.rawValue)
        write(UInt16(id.count))
        write(id.span, from: 0, to: id.count)
        write(detail)
        commit()
        return true
    }
}
