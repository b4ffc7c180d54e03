/// What dispatch reports of a task: one `tocsin.feedback.v1`, read and within its limits.
///
/// It names units, never members of a crew.
public struct Feedback: Sendable, Equatable {
    /// Of the report itself: the same id again is a duplicate. 1 to 64 printable ASCII.
    public var id: String
    /// The task's incident.
    public var task: TaskID
    /// The revision that it answers.
    public var revision: UInt32
    /// When what it reports came to pass.
    public var time: Timestamp
    public var stage: TaskStage
    /// The code of the unit that reports, 1 to 64 printable ASCII.
    public var by: String
    /// The desk that passed it on; empty for none.
    public var desk = ""
    /// Why a task was rejected, reassigned or cancelled. At most 256 bytes.
    public var reason: String?
    public var outcome: FeedbackOutcome?
    /// What was found instead of what the task said.
    public var actual: ActualFinding?
    /// What the people concerned say of it. **Range**: 1 to 5.
    public var satisfaction: UInt8?
    /// Until arrival.
    public var eta: Interval?
    /// At most 256 bytes, scrubbed.
    public var note: String?

    public init(
        id: String, task: TaskID, revision: UInt32, time: Timestamp, stage: TaskStage, by: String
    ) {
        (self.id, self.task, self.revision) = (id, task, revision)
        (self.time, self.stage, self.by) = (time, stage, by)
    }
}

/// What a task turned out to be.
public enum FeedbackOutcome: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case unknown, confirmed, falseAlarm, notFound, goneOnArrival, duplicate, test, prevented

    @inlinable public var word: StaticString {
        switch self {
        case .unknown: "unknown"
        case .confirmed: "confirmed"
        case .falseAlarm: "false_alarm"
        case .notFound: "not_found"
        case .goneOnArrival: "gone_on_arrival"
        case .duplicate: "duplicate"
        case .test: "test"
        case .prevented: "prevented"
        }
    }

    public init?(word: String) {
        let outcome = FeedbackOutcome.allCases.first { "\($0.word)" == word }
        guard let outcome else { return nil }
        self = outcome
    }
}

/// What was found on the scene, where it differs from what the task said.
public struct ActualFinding: Sendable, Equatable {
    public var category: Category?
    public var severity: Severity?
    /// A task kind.
    public var kind: String?
    public var count: UInt32?

    public init() {}
}

/// What became of a feedback.
public struct FeedbackAnswer: Sendable, Equatable {
    public enum Status: UInt8, Sendable {
        /// Kept with its time; the task's stage may have moved.
        case accepted
        /// One with this id was taken in before.
        case duplicate
        case rejected
    }

    public var status: Status
    /// Why it was rejected; nil else.
    public var refusal: FeedbackRefusal?
    /// Where the task stands now; nil where there is none.
    public var stage: TaskStage?
    /// The journal record that holds it: durable once the journal has come so far; 0 for none.
    public var record: UInt64 = 0

    public init(_ status: Status, refusal: FeedbackRefusal? = nil, stage: TaskStage? = nil) {
        (self.status, self.refusal, self.stage) = (status, refusal, stage)
    }
}

/// Why the engine did not take a feedback that could be read.
public enum FeedbackRefusal: UInt8, CaseIterable, Error, Sendable {
    /// No such task is on the board.
    case unknownTask
    /// The board gives this stage itself.
    case notReportable
    /// The task does not get there from where it is: `closed` from `accepted`, say.
    case outOfTurn
    /// Who resolved a task may not verify it.
    case sameUnit
    /// The journal has no room just now; again later.
    case overloaded

    @inlinable public var word: StaticString {
        switch self {
        case .unknownTask: "unknown_task"
        case .notReportable: "not_reportable"
        case .outOfTurn: "out_of_turn"
        case .sameUnit: "same_unit"
        case .overloaded: "overloaded"
        }
    }
}
