/// Where each name that a condition can read stands among the slots.
///
///     0      13     22           38        54   56               76        86        94    98
///     | alert | cell | attributes | columns | now | cell, city | evidence | windows | near | steps
///     `------------- kept with a key's state ----'
///
/// What is *kept* belongs to one alert, and comes back with it when a timer judges its key again.
/// Everything else is filled anew for each judgement.
public enum RuleSlot: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case alertKind, alertSource, alertCell, alertSeverity, alertState, alertStatus, alertUrgency
    case alertConfidence, alertValue, alertLimit, alertUnit, alertCount, alertTime
    case cellCode, cellName, cellParent, cellLevel, cellPopulation, cellUse, cellDedicated
    case cellVulnerability, cellAccess
    case now = 54
    case mode
    case scorePoliticalSecurity, scorePublicOrder, scoreSocialConflict, scorePublicSafety
    case scoreCyberSecurity
    case warningPoliticalSecurity, warningPublicOrder, warningSocialConflict, warningPublicSafety
    case warningCyberSecurity
    case cityScorePoliticalSecurity, cityScorePublicOrder, cityScoreSocialConflict
    case cityScorePublicSafety, cityScoreCyberSecurity
    case cityWarningPoliticalSecurity, cityWarningPublicOrder, cityWarningSocialConflict
    case cityWarningPublicSafety, cityWarningCyberSecurity
    case evidenceMet, evidenceCount, evidenceConfidence, evidenceKinds
    case absenceLastSeen, absenceSilent, absenceMissed
    case foldKey, foldCount, foldOf

    /// Fields of one alert, from slot 0; a captured step of a sequence keeps as many.
    public static let alertFieldCount = 13
    /// `alert.attrs.<name>`, for every name that some rule reads.
    public static let firstAttribute = 22
    public static let attributesMax = 16
    /// Columns of the catalog's tables that some rule reads, and after them areas of the cell.
    public static let firstColumn = 38
    public static let columnsMax = 16
    /// Slots 0 ..< `keptCount` belong to an alert.
    public static let keptCount = 54
    /// The first of `RulePlan.windowsMax` slots for a rule's windows.
    public static let firstWindow = 86
    /// The first of `RulePlan.neighboursMax` slots for a rule's neighbours.
    public static let firstNeighbour = 94
    /// The first slot of the first captured step; each has `alertFieldCount`.
    public static let firstStep = 98
    public static let stepsMax = 5
    /// How many slots there are in all.
    public static let count = 98 + 5 * 13
}
