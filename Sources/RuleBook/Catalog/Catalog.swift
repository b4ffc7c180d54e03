public import Domain
public import Scoring
public import Tasking

/// The vocabulary that every rule file shares: kinds, thresholds, who answers, what comes first.
public struct Catalog: Sendable {
    public var kinds: [CatalogKind] = []
    public var warnings = WarningScale()
    public var certainty = CertaintyScale()
    public var responsibilities: [Responsibility] = []
    public var priority: [PriorityRow] = []
    public var policy = TaskPolicy()
    public var limits = RuleLimits()
    public var windowLimits = WindowLimits()
    public var time = TimePlan()
    public var positions = PositionPlan()
    /// The zone that people read times in, such as `Asia/Shanghai`; nil: UTC.
    public var zone: String?
    /// Levels of the grid from the smallest to the city.
    public var levels: [String] = []
    /// By category.
    public var rollUp: [5 of RollUpPlan] = .init(repeating: RollUpPlan(.topMean))
    /// Whether alerts may carry attributes that rules read.
    public var hasAttributes = false
    var tables: [CatalogTable] = []
    /// The modes, `normal` first.
    var modes: [CatalogMode] = [CatalogMode(name: "normal")]

    /// Names of the modes, `normal` first.
    public var modeNames: [String] { modes.map(\.name) }

    public func kind(_ name: String) -> Int? { kinds.firstIndex { $0.name == name } }

    public func responsibility(_ kind: String) -> Responsibility? {
        responsibilities.first { $0.taskKind == kind }
    }

    /// The kinds as the decoder and the router look them up, in the catalog's order.
    public func kindTable() -> KindTable {
        var table = KindTable()
        for kind in kinds { _ = table.add(kind.name, categories: kind.categories) }
        return table
    }
}

/// One kind of alert.
public struct CatalogKind: Sendable {
    public var name: String
    public var cap: CAPCategory
    public var categories: [Category]
    /// UCUM code of the first measure; nil for kinds that measure nothing.
    public var unit: String?
    public var about: String?
}

/// Who answers for a kind of task, and at which level of the grid.
public struct Responsibility: Sendable {
    public var taskKind: String
    public var department: String
    public var level: String
    /// Who answers when the department does not.
    public var fallback: String?
}

/// A mode of the city as the catalog has it.
struct CatalogMode: Sendable {
    var name: String
    var enter: HeldDraft?
    var leave: HeldDraft?
    var slaFactor = 1.0
    var lateness: Interval?

    init(name: String) { self.name = name }
}

/// A table of the catalog, whose columns rules read for the source or cell of an alert.
struct CatalogTable: Sendable {
    var name: Marked<String>
    var file: Marked<String>?
    /// The column that names the row.
    var key: String
    /// The name whose value is looked up.
    var join: Marked<String>
    var columns: [(name: Marked<String>, type: ColumnType)] = []
}

/// What a column of a table holds.
enum ColumnType: String, CaseIterable, Sendable {
    case string, int, double, bool, duration
}

/// Bounds on a single window, checked when rules are loaded.
public struct WindowLimits: Sendable {
    /// The longest `over`.
    public var over = Interval.hours(24)
    /// The most panes of one window.
    public var panes = 2048
}

/// CAP 1.2 category: what sort of event an alert or a task is about.
public enum CAPCategory: String, CaseIterable, Sendable {
    case geo = "Geo"
    case met = "Met"
    case safety = "Safety"
    case security = "Security"
    case rescue = "Rescue"
    case fire = "Fire"
    case health = "Health"
    case env = "Env"
    case transport = "Transport"
    case infra = "Infra"
    case cbrne = "CBRNE"
    case other = "Other"

    static let words = allCases.map { (key: $0.rawValue, value: $0) }
}
