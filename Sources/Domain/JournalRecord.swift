// What the intake lane tells the journal lane, through a ring of byte records.
//
// A record is a head of 32 bytes, then a body that depends on its kind, little-endian throughout:
//
//   0      1      2        4        8          16        24
//   | kind | path | spare  | length | sequence | time    | received |   then `length` bytes of body
//
//   alert   body: cell index u32, source index u32, then the message as it was received
//                 (JSON), without fields that are not kept
//   source  body: source index u32, then the source's name
//   score   body: score i32, previous i32, category u8, warning u8, previous u8, spare u8, then
//                 the cell path
//   task    body: incident high u64, low u64, revision u32, score i32, rule u16, operation u8,
//                 category u8, priority u8, warning u8, status u8, spare u8, topic length u16,
//                 topic, then the task as it went to the feed (JSON)
//   event   body: kind u8, rule base u32 (of a reload), then what happened as a JSON object
//   feedback body: incident high u64, low u64, stage reported u8, stage of the task then u8, length
//                 of the feedback's id u16, the id, then the feedback as a JSON object
//   tally   body: one u64 for each counter of `IntakeCounters`, in order; written once a second and
//                 at the end

/// What a journal record holds.
public enum JournalRecordKind: UInt8, Sendable, BitwiseCopyable {
    case alert = 1
    case source = 2
    case score = 3
    case task = 4
    case tally = 5
    case event = 6
    case feedback = 7
}

/// What befell the engine besides alerts: an input that decisions may depend on.
public enum JournalEventKind: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    /// Other rules were taken over; from here on rules are numbered from the event's rule base.
    case reload
    /// The mode of a part of the city was changed.
    case mode
    /// The silences were replaced.
    case silences
    /// Nothing was taken in for a while: who was not heard of may have spoken.
    case gap
    /// Another registry of sources was taken over.
    case sources
    /// Another grid was taken over.
    case cells
    /// A desk has taken a task in.
    case offered

    public var word: StaticString {
        switch self {
        case .reload: "reload"
        case .mode: "mode"
        case .silences: "silences"
        case .gap: "gap"
        case .sources: "sources"
        case .cells: "cells"
        case .offered: "offered"
        }
    }
}

/// By which door an alert came in.
public enum IngestPath: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case broadcast, push, acknowledged

    public var word: StaticString {
        switch self {
        case .broadcast: "broadcast"
        case .push: "push"
        case .acknowledged: "acknowledged"
        }
    }
    public static let count = 3
}

/// The head of a journal record.
public struct JournalHead: Sendable, BitwiseCopyable {
    public static let byteCount = 32

    public var kind: JournalRecordKind
    public var path: IngestPath
    /// Bytes of the body.
    public var length: UInt32
    /// The journal position: 1, 2, 3 … over all accepted inputs; outputs carry that of their input.
    public var sequence: UInt64
    /// Event time.
    public var time: Timestamp
    /// When the input came in.
    public var received: Timestamp

    @_noAllocation @_noLocks
    public init(
        _ kind: JournalRecordKind, path: IngestPath, sequence: UInt64, time: Timestamp,
        received: Timestamp
    ) {
        self.kind = kind
        self.path = path
        self.length = 0
        self.sequence = sequence
        self.time = time
        self.received = received
    }
}
