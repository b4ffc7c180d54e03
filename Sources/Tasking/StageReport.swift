import Domain

/// What one feedback says of where a task stands.
struct StageReport: Equatable {
    var id: String
    var stage: TaskStage
    var time: Timestamp
    var by: String
    var revision: UInt32
    var outcome: FeedbackOutcome?

    /// Nothing is reported from the future: a clock that is ahead is held at now.
    init(_ feedback: Feedback, at now: Timestamp) {
        (id, stage, by) = (feedback.id, feedback.stage, feedback.by)
        time = min(feedback.time, now)
        (revision, outcome) = (feedback.revision, feedback.outcome)
    }

    /// The order in which reports happened, whatever the order they came in.
    static func < (a: StageReport, b: StageReport) -> Bool {
        (a.time, a.stage.turn, a.id) < (b.time, b.stage.turn, b.id)
    }

    /// Whether it is about this life of the task: it is no older, or its sender knew of this life.
    func belongs(to life: TaskLife) -> Bool {
        time >= life.began || revision >= life.firstRevision
    }
}
