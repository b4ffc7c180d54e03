/// Where each name that a condition can read stands among the slots.
///
/// Alert, cell and score slots are filled once an alert; window slots once a rule.
public enum RuleSlot: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case alertKind, alertSource, alertCell, alertSeverity, alertState, alertStatus, alertUrgency
    case alertConfidence, alertValue, alertLimit, alertUnit, alertCount, alertTime
    case cellCode, cellName, cellParent, cellLevel, cellPopulation
    case now
    case scorePoliticalSecurity, scorePublicOrder, scoreSocialConflict, scorePublicSafety
    case scoreCyberSecurity
    case warningPoliticalSecurity, warningPublicOrder, warningSocialConflict, warningPublicSafety
    case warningCyberSecurity

    /// The first of `RulePlan.windowsMax` slots for a rule's windows.
    public static let firstWindow = 32
    /// How many slots there are in all.
    public static let count = 40

    /// The name in conditions; `score.` and `warning.` are of the alert's cell, as committed before
    /// it.
    public var name: String {
        switch self {
        case .alertKind: "alert.kind"
        case .alertSource: "alert.source"
        case .alertCell: "alert.cell"
        case .alertSeverity: "alert.severity"
        case .alertState: "alert.state"
        case .alertStatus: "alert.status"
        case .alertUrgency: "alert.urgency"
        case .alertConfidence: "alert.confidence"
        case .alertValue: "alert.value"
        case .alertLimit: "alert.limit"
        case .alertUnit: "alert.unit"
        case .alertCount: "alert.count"
        case .alertTime: "alert.time"
        case .cellCode: "cell.code"
        case .cellName: "cell.name"
        case .cellParent: "cell.parent"
        case .cellLevel: "cell.level"
        case .cellPopulation: "cell.population"
        case .now: "now"
        case .scorePoliticalSecurity: "score.political_security"
        case .scorePublicOrder: "score.public_order"
        case .scoreSocialConflict: "score.social_conflict"
        case .scorePublicSafety: "score.public_safety"
        case .scoreCyberSecurity: "score.cyber_security"
        case .warningPoliticalSecurity: "warning.political_security"
        case .warningPublicOrder: "warning.public_order"
        case .warningSocialConflict: "warning.social_conflict"
        case .warningPublicSafety: "warning.public_safety"
        case .warningCyberSecurity: "warning.cyber_security"
        }
    }
}
