import CEL
import Domain
import Scoring

/// The names that conditions can read, with the types of their slots.
enum ConditionNames {
    /// What the engine fills for every alert: all but what a rule's own evidence, absence and
    /// folding give.
    static let slots: [(slot: RuleSlot, type: CELType)] = RuleSlot.allCases.compactMap { slot in
        guard slot.rawValue < RuleSlot.evidenceMet.rawValue else { return nil }
        return (slot, type(of: slot))
    }

    static func type(of slot: RuleSlot) -> CELType {
        switch slot {
        case .alertKind, .alertSource, .alertCell, .alertState, .alertStatus, .alertUrgency,
            .alertUnit, .cellCode, .cellName, .cellParent, .cellLevel:
            .string
        case .alertSeverity, .alertCount, .cellPopulation: .int
        case .alertConfidence, .alertValue, .alertLimit, .cellVulnerability, .cellAccess: .double
        case .alertTime, .now: .timestamp
        case .scorePoliticalSecurity, .scorePublicOrder, .scoreSocialConflict, .scorePublicSafety,
            .scoreCyberSecurity:
            .double
        case .warningPoliticalSecurity, .warningPublicOrder, .warningSocialConflict,
            .warningPublicSafety, .warningCyberSecurity, .cityWarningPoliticalSecurity,
            .cityWarningPublicOrder, .cityWarningSocialConflict, .cityWarningPublicSafety,
            .cityWarningCyberSecurity, .evidenceCount, .absenceMissed, .foldCount, .foldOf:
            .int
        case .cityScorePoliticalSecurity, .cityScorePublicOrder, .cityScoreSocialConflict,
            .cityScorePublicSafety, .cityScoreCyberSecurity, .evidenceConfidence:
            .double
        case .mode, .cellUse, .foldKey: .string
        case .cellDedicated, .evidenceMet: .bool
        case .evidenceKinds: .list(.string)
        case .absenceLastSeen: .timestamp
        case .absenceSilent: .duration
        }
    }

    /// `severity.minor`, `warning.blue` and the like.
    static var constants: [(name: String, value: Value)] {
        Severity.allCases.map { ("severity.\($0.word)", .int(Int64($0.rawValue))) }
            + WarningLevel.allCases.map { ("warning.\($0.word)", .int(Int64($0.rawValue))) }
    }

    static func type(of function: WindowFunction) -> CELType {
        switch function {
        case .count, .distinct: .int
        default: .double
        }
    }
}
