import Domain

/// What a walk has put on its journal: the tasks, and what else was asked for.
struct Ledger: Sendable {
    struct Kept: OptionSet {
        let rawValue: Int
        /// Every revision of every task, in order.
        static let revisions = Kept(rawValue: 1)
        /// Every accepted alert with its message, in order.
        static let alerts = Kept(rawValue: 2)
    }

    /// One revision of a task.
    struct Revision: Sendable {
        /// Event time.
        var time: Timestamp
        /// Position of the alert that caused it, or that came last before the timer that did.
        var sequence: UInt64
        var task: TaskView
    }

    /// An accepted alert.
    struct Alert: Sendable {
        var sequence: UInt64
        var time: Timestamp
        var received: Timestamp
        var cell: CellID
        var body: [UInt8]
    }

    private let ruleIDs: [String]
    private let urgencies: [String]
    private let kept: Kept
    /// Latest revision of each task, in the order in which they were opened.
    private(set) var tasks: [TaskView] = []
    private var places: [String: Int] = [:]
    private(set) var revisions: [Revision] = []
    private(set) var alerts: [Alert] = []
    private(set) var alertCount = 0
    /// A hash of every byte of the journal.
    private(set) var digest = StableHash()

    init(rules: [String], urgencies: [String], keeping kept: Kept) {
        ruleIDs = rules
        self.urgencies = urgencies
        self.kept = kept
    }

    mutating func note(_ record: [UInt8]) throws {
        digest.combine(record.span, 0, record.count)
        guard let kind = JournalRecordKind(rawValue: record[0]) else { return }
        switch kind {
        case .alert: noteAlert(record)
        case .task: try noteTask(record)
        default: break
        }
    }

    private mutating func noteAlert(_ record: [UInt8]) {
        alertCount += 1
        guard kept.contains(.alerts) else { return }
        let body = JournalHead.byteCount
        alerts.append(
            Alert(
                sequence: record.number(at: 8), time: Timestamp(record, at: 16),
                received: Timestamp(record, at: 24),
                cell: CellID(Int(record.number(at: body, bytes: 4))),
                body: Array(record[(body + 8)...])))
    }

    private mutating func noteTask(_ record: [UInt8]) throws {
        let body = JournalHead.byteCount
        let topic = Int(record.number(at: body + 32, bytes: 2))
        var task = try TaskView.decode(Array(record[(body + 34 + topic)...]))
        let rule = Int(record.number(at: body + 24, bytes: 2))
        (task.rule, task.urgency) = (ruleIDs[rule], urgencies[rule])
        if kept.contains(.revisions) {
            revisions.append(
                Revision(
                    time: Timestamp(record, at: 16), sequence: record.number(at: 8), task: task))
        }
        if let place = places[task.incident] {
            tasks[place] = task
        } else {
            places[task.incident] = tasks.count
            tasks.append(task)
        }
    }
}

extension [UInt8] {
    /// A number of a record, least significant byte first.
    fileprivate func number(at offset: Int, bytes: Int = 8) -> UInt64 {
        (0..<bytes).reduce(0) { $0 | UInt64(self[offset + $1]) << (8 * UInt64($1)) }
    }
}

extension Timestamp {
    fileprivate init(_ record: [UInt8], at offset: Int) {
        self.init(nanoseconds: Int64(bitPattern: record.number(at: offset)))
    }
}
