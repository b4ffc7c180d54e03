import Domain

// What befell an engine of the past, as the journal's details tell it.

/// A part of the city was switched to another mode.
struct PastMode: Decodable {
    var mode: String
    var area: String
    var by: String
}

/// A desk took a task in.
struct PastOffer: Decodable {
    var task: String
}

/// What dispatch reported of a task.
struct PastReport: Decodable {
    struct Actual: Decodable {
        var category: String?
        var severity: String?
        var kind: String?
        var count: UInt32?
    }

    private var id: String
    private var task: String
    private var revision: UInt32
    private var status: String
    private var by: String
    private var desk: String?
    private var reason: String?
    private var outcome: String?
    private var actual: Actual?
    private var satisfaction: UInt8?
    private var etaSeconds: Int64?
    private var note: String?

    enum CodingKeys: String, CodingKey {
        case id, task, revision, status, by, desk, reason, outcome, actual, satisfaction
        case note
        case etaSeconds = "eta_s"
    }

    /// nil when it is none that this version knows.
    ///
    /// - Parameter time: when what it reports came to pass.
    func feedback(at time: Timestamp) -> Feedback? {
        guard let task = TaskID(hexadecimal: task), let stage = TaskStage(word: status) else {
            return nil
        }
        var feedback = Feedback(
            id: id, task: task, revision: revision, time: time, stage: stage, by: by)
        feedback.desk = desk ?? ""
        feedback.reason = reason
        feedback.outcome = outcome.flatMap(FeedbackOutcome.init(word:))
        feedback.actual = actual.map(ActualFinding.init)
        feedback.satisfaction = satisfaction
        feedback.eta = etaSeconds.map { .seconds($0) }
        feedback.note = note
        return feedback
    }
}

extension ActualFinding {
    fileprivate init(_ actual: PastReport.Actual) {
        self.init()
        category = Category.allCases.first { "\($0.word)" == actual.category }
        severity = Severity.allCases.first { "\($0.word)" == actual.severity }
        kind = actual.kind
        count = actual.count
    }
}
