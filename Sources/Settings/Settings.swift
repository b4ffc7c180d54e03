// Settings: flags, environment and file to one validated, immutable value.
//
// A setting is named by a dotted key (`feed.bind`). It is looked for among the command's flags,
// then in the environment (`TOCSIN_FEED_BIND`), then in `tocsin.yaml`, then in the table of
// defaults, and it remembers where it was found. It refuses unknown keys and variables, values out
// of range, and sockets that strangers could reach; it reports everything that is wrong at once,
// with file, line and column.
//
// In: a YAML text, the environment, flags. Out: `Settings`, or all the findings. It opens no socket
// and reads no other file.

public import Domain

/// Everything `tocsin run` can be told, checked.
public struct Settings: Sendable, Equatable {
    /// Names this server in the `source` of what it sends: `tocsin/<instance>`.
    public let instance: String
    public let broadcast: IngestDoor
    public let push: IngestDoor
    /// Its requests are answered once they are durable.
    public let acknowledged: IngestDoor
    /// Where the feed listens.
    public let feed: String
    /// Messages the feed holds for one subscriber before it drops for that subscriber.
    public let feedQueueMessages: Int
    /// Where desks subscribe to tasks and report on them.
    public let dispatch: String
    /// Where the commands `reload`, `silence` and `mode` ask.
    public let control: String
    public let cells: CellFiles
    public let rules: RulePaths
    public let journal: JournalFile
    public let intakeLane: LaneSettings
    public let sources: SourcePolicy
}

/// One way for alerts to come in.
public struct IngestDoor: Sendable, Equatable {
    /// Where publishers connect to.
    public let bind: String
    /// Publishers that listen themselves, and that we connect to.
    public let connect: [String]
    /// Messages held for the lane before a push waits and a broadcast is lost.
    public let queueMessages: Int
}

/// Where the grid comes from.
public struct CellFiles: Sendable, Equatable {
    /// GeoJSON files, or one grid image; empty means a small generated city.
    public let files: [String]
    /// Code of the root cell.
    public let root: String
    /// The names of the levels from the root down.
    public let levels: [String]
    public let properties: CellProperties
    /// Other hierarchies over the same ground.
    public let hierarchies: [HierarchyFile]
}

/// A file with areas of another hierarchy over the same ground.
public struct HierarchyFile: Sendable, Equatable {
    /// `police`; several files may make up one.
    public let name: String
    public let path: String
}

/// Under which names a GeoJSON feature carries what a cell needs.
public struct CellProperties: Sendable, Equatable {
    public let id: String
    public let parent: String
    public let level: String
    public let name: String
    public let population: String
    /// What a dedicated cell is for.
    public let use: String
    public let vulnerability: String
    public let access: String
}

/// Where rules come from.
public struct RulePaths: Sendable, Equatable {
    public let catalog: String
    /// Directories and files.
    public let packs: [String]
    /// The file of silences; it need not be there.
    public let silences: String
    /// Whether the files are looked at once a second and taken over when they have changed.
    public let watch: RuleWatching
}

/// What a running server does about rule files that change.
public enum RuleWatching: String, CaseIterable, Sendable {
    case on, off
}

/// Where the journal is and how long it remembers.
public struct JournalFile: Sendable, Equatable {
    public let path: String
    public let keep: Interval
}

/// Who may send alerts, and how much.
public struct SourcePolicy: Sendable, Equatable {
    /// The file of registered sources; nil where there is none.
    public let registry: String?
    public let unregistered: UnregisteredPolicy
    /// Prefixes of the sources that are let in; empty lets in everyone.
    public let allow: [String]
    /// Prefixes of sources whose alerts may be older than `Limits.ageMax`.
    public let backfill: [String]
    /// How many different sources are told apart; an alert of one more is refused as `overloaded`.
    public let countMax: Int
    /// Alerts a second and source, twice that in a burst; 0 is without bound.
    public let rateMax: Int
}

/// What happens to alerts of sources that are not registered.
public enum UnregisteredPolicy: String, CaseIterable, Sendable {
    case accept, refuse
}

/// How a lane waits, and where it runs.
public struct LaneSettings: Sendable, Equatable {
    public let idle: LaneIdle
    /// The one core it may use; nil leaves that to the kernel.
    public let cpu: Int?
}

/// What a lane does while there is nothing to do.
public enum LaneIdle: String, CaseIterable, Sendable {
    /// Never sleeps; wants a core of its own.
    case busy
    /// Bridges the gaps of a steady stream, sleeps in a pause.
    case balanced
    /// Sleeps at once.
    case thrifty
}
