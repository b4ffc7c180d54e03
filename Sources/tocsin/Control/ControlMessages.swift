import Domain
import Pipeline
import Registry
import Tasking

// What the commands `reload`, `silence`, `mode` and `sources` say to a running server: JSON on a
// REQ socket.
//
//     {"command":"reload","dry_run":true}
//     {"command":"silence_add","silence":{"rule":"sensing.silent","cell":"NYC/3/","until":"…","by":"…","reason":"…"}}
//     {"command":"silence_list"}        {"command":"silence_expire","id":"sil-0007"}
//     {"command":"mode","mode":"emergency","area":"NYC/3/"}         {"command":"withheld"}
//     {"command":"sources","first":0}   a part of them, and the number to go on from
//     {"command":"desks"}

/// One request.
struct ControlRequest: Codable, Equatable {
    enum Command: String, Codable, CaseIterable {
        case reload, mode, withheld, sources, desks
        case silenceAdd = "silence_add"
        case silenceList = "silence_list"
        case silenceExpire = "silence_expire"
    }

    /// The longest that is read; a reason fits in it many times.
    static let bytesMax = 64 * 1024

    var command: Command
    var dryRun: Bool?
    var silence: SilenceEntry?
    var id: String?
    var mode: String?
    var area: String?
    /// The number of the source to begin with.
    var first: Int?

    init(_ command: Command) { self.command = command }

    enum CodingKeys: String, CodingKey {
        case command, silence, id, mode, area, first
        case dryRun = "dry_run"
    }
}

/// The answer: what was asked for, or why not.
struct ControlReply: Codable {
    var error: String?
    /// Findings of a rule set that was not taken over, each with place and hint.
    var findings: [String]?
    var reload: ReloadReport?
    var silences: [SilenceEntry]?
    var mode: ModeReport?
    var sources: [LiveSource]?
    /// The number of the source after the last of these; nil when there is none.
    var next: Int?
    var withheld: [WithheldEntry]?
    var desks: DesksReport?

    init(error: String? = nil) { self.error = error }
}

/// What a running server knows of a source.
struct LiveSource: Codable {
    var source: String
    var registered: Bool
    /// When its latest accepted alert came in; RFC 3339.
    var lastReceived: String?
    var alerts: UInt64
    /// Accepted, and too late for any rule.
    var late: UInt64
    /// Gaps in its sequence numbers.
    var lost: UInt64

    enum CodingKeys: String, CodingKey {
        case source, registered, alerts, late, lost
        case lastReceived = "last_received"
    }
}

/// A mode that was switched.
struct ModeReport: Codable {
    var mode: String
    var area: String
    var cells: Int
}

/// A task that nobody was told of, and what kept it back.
struct WithheldEntry: Codable {
    /// `id@revision`
    var rule: String
    var cell: String
    var title: String
    /// `inhibit` or `silence`.
    var cause: String
    /// The inhibit's or the silence's id.
    var by: String
    /// RFC 3339.
    var since: String

    init(_ task: WithheldTask) {
        (rule, cell, title, by) = (task.rule, task.cell, task.title, task.by)
        cause = task.cause == .silence ? "silence" : "inhibit"
        since = task.since.rfc3339Seconds
    }
}

/// A silence as people write and read it.
struct SilenceEntry: Codable, Equatable {
    var id: String?
    var rule: String?
    var category: String?
    var kind: String?
    var cell: String?
    /// RFC 3339 with zone.
    var from: String?
    var until: String
    var by: String
    var reason: String
    /// `keep` or `drop`.
    var scores: String?
}

/// What a reload did, or with `dryRun` would do.
struct ReloadReport: Codable {
    enum Fate: String, Codable {
        /// The same in every respect.
        case kept
        /// Conditions, points or texts differ; its state goes on.
        case changed
        /// What its state is made of differs: it has lived through the journal's tail.
        case rebuilt
        /// The same, but there is no past to live through: it starts anew.
        case reset
        case new
        /// Gone from the files: its state ends, its tasks are closed by hand.
        case retired
    }

    struct Rule: Codable {
        var rule: String
        var fate: Fate
        /// From when on its windows are full, where the journal does not fill them; RFC 3339.
        var warmUntil: String?

        enum CodingKeys: String, CodingKey {
            case rule, fate
            case warmUntil = "warm_until"
        }
    }

    var dryRun: Bool
    /// The rule set's hash, 16 hexadecimal digits.
    var set: String
    var rules: [Rule]
    /// Cases of the tests that were run before.
    var casesPassed: Int
    var loadMilliseconds: Int
    /// How long the lane stood still.
    var swapMicroseconds: Int?
    var keysKept: Int?
    var keysDropped: Int?
    /// What became of the registry; nil where there is none.
    var sources: RegistryChanges?
    /// What became of the cells; nil where the grid is the one that ran.
    var cells: CellsReport?
    /// What needs somebody's attention.
    var notes: [String]?

    enum CodingKeys: String, CodingKey {
        case set, rules, sources, cells, notes
        case dryRun = "dry_run"
        case casesPassed = "cases_passed"
        case loadMilliseconds = "load_ms"
        case swapMicroseconds = "swap_us"
        case keysKept = "keys_kept"
        case keysDropped = "keys_dropped"
    }
}
