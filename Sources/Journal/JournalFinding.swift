/// Something in a journal that is not as a server writes it.
public struct JournalFinding: Sendable, Equatable {
    /// The table it is in; `file` for what SQLite says of the file.
    public var table: String
    /// The row's id; nil where it is not about one row.
    public var row: Int64?
    public var problem: String
    public var advice: String
    /// The alerts that cannot be had any more.
    public var lost: AlertRange?
}

/// What was looked at in a journal, and what was found.
public struct JournalVerdict: Sendable, Equatable {
    public var batches = 0
    public var alerts = 0
    public var findings: [JournalFinding] = []

    public var isClean: Bool { findings.isEmpty }
}

extension JournalFinding {
    init(_ damage: BatchDamage) {
        let goOn =
            "a start lives through all others; restore a copy to have these alerts again"
        let (problem, advice) =
            switch damage.fault {
            case .unreadable: ("the batch cannot be read", goOn)
            case .changed: ("the batch's bytes are not those that were written", goOn)
            case .missingBefore: ("batches before this one are missing", goOn)
            case .malformed: ("the batch breaks the layout of records", goOn)
            case .disordered:
                ("positions do not rise", "no alert is lost; tell those who make Tocsin")
            case .mislabelled:
                (
                    "count, positions, times or run are not those of the batch's alerts",
                    "no alert is lost; what is asked by position or time may miss some"
                )
            }
        self.init(
            table: "alert_batch", row: damage.batch, problem: problem, advice: advice,
            lost: damage.lost)
    }
}
