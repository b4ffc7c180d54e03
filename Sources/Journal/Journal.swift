// Journal: what the engine took in and decided, on disk, for restart, audit and people.
//
// One lane drains a ring of journal records into SQLite, many records to a transaction, and says up
// to which position everything is durable. Alerts go in as they were received, many to a blob with
// a checksum; tasks, scores, sources, rule versions and counters as rows that anyone can query with
// the `sqlite3` shell through the views of `JournalSchema`. It refuses to lose silently: a write or
// fsync error is final, never repeated, and ends the process.
//
// In: records of `Domain/JournalRecord.swift` through a `RecordRing`. Out: the file, and
// `JournalReader`. The only user of SQLite.
public import Domain
public import Lanes

/// Where the journal lies, how often it commits and how long it keeps what it holds.
public struct JournalSettings: Sendable, Equatable {
    public var path: String
    /// The longest that a record waits for its commit to begin.
    public var commitEvery: Duration
    /// A commit begins as soon as so many bytes wait in the ring.
    public var commitBytes: Int
    /// Rows and batches received longer ago are removed; nil keeps everything.
    public var keep: Interval?
    /// How the lane waits. It commits in intervals, so nothing is gained by spinning.
    public var idle = IdlePolicy.thrifty
    /// The one core that the lane may use; nil leaves that to the kernel.
    public var cpu: Int?

    public init(
        path: String, commitEvery: Duration = .milliseconds(50), commitBytes: Int = 1 << 20,
        keep: Interval? = nil
    ) {
        self.path = path
        self.commitEvery = commitEvery
        self.commitBytes = commitBytes
        self.keep = keep
    }
}

/// One start of the engine, as the journal introduces it.
public struct JournalRun: Sendable, Equatable {
    /// Different at every start; the feed carries it too.
    public var epoch: UInt64
    public var instance: String
    /// The program's version.
    public var version: String
    public var started: Timestamp
    public var rules: [JournalRule]

    public init(
        epoch: UInt64, instance: String, version: String, started: Timestamp, rules: [JournalRule]
    ) {
        self.epoch = epoch
        self.instance = instance
        self.version = version
        self.started = started
        self.rules = rules
    }
}

/// What the number of a rule means in one run.
public struct JournalRule: Sendable, Equatable {
    public var rule: RuleID
    /// The rule's id and revision in its file.
    public var name: String
    /// The rule's hash.
    public var version: String

    public init(rule: RuleID, name: String, version: String) {
        self.rule = rule
        self.name = name
        self.version = version
    }
}

/// How far the journal has come. From any lane.
public struct JournalProgress: Sendable, Equatable {
    /// Everything up to this journal position of the run is on disk.
    public var durableSequence: UInt64
    public var records: UInt64
    public var commits: UInt64
    /// Bytes of alert batches.
    public var alertBytes: UInt64
}

/// What the journal is told of a reload: the detail of its event, as JSON.
public struct JournalReload: Codable, Sendable, Equatable {
    /// The rule set's hash, 16 hexadecimal digits.
    public var set: String
    /// The rules that run from now on, in the order of their numbers.
    public var names: [Name]

    public struct Name: Codable, Sendable, Equatable {
        public var name: String
        public var version: String
    }

    public init(set: String, rules: [JournalRule]) {
        self.set = set
        names = rules.map { Name(name: $0.name, version: $0.version) }
    }

    /// The rules with their numbers.
    public var rules: [JournalRule] {
        names.enumerated().map {
            JournalRule(rule: RuleID($0.offset), name: $0.element.name, version: $0.element.version)
        }
    }
}
