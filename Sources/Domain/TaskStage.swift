/// How far the handling of a task has come, in the words that dispatch reports.
///
///     open → offered → accepted → en_route → on_scene → resolved → verified → closed
///             rejected, reassigned     any → cancelled | expired     resolved, closed → open
public enum TaskStage: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    /// Nobody has it yet.
    case open
    /// A desk has taken it in.
    case offered
    case accepted, enRoute, onScene, resolved, verified, closed
    /// Turned down by the unit; it waits for another.
    case rejected
    /// Given to another unit, which has not accepted it yet.
    case reassigned
    case cancelled
    /// Nobody answered for it, and what raised it is over.
    case expired

    @inlinable public var word: StaticString {
        switch self {
        case .open: "open"
        case .offered: "offered"
        case .accepted: "accepted"
        case .enRoute: "en_route"
        case .onScene: "on_scene"
        case .resolved: "resolved"
        case .verified: "verified"
        case .closed: "closed"
        case .rejected: "rejected"
        case .reassigned: "reassigned"
        case .cancelled: "cancelled"
        case .expired: "expired"
        }
    }

    public static let count = 12

    /// The stage of a word; nil where there is none.
    public init?(word: String) {
        guard let stage = TaskStage.allCases.first(where: { "\($0.word)" == word }) else {
            return nil
        }
        self = stage
    }
}
