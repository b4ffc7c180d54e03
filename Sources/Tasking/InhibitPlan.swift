public import Domain
public import Scoring

/// While A is active, B's tasks are withheld where both have the same values; scores stay.
public struct InhibitPlan: Sendable, BitwiseCopyable {
    public static let sameMax = 4

    /// Index into `TaskTable.texts`: its id, for people.
    public var name = 0
    /// The rule that must be active.
    public var source: RuleID
    /// Its cell must stand at this level at least in the category of its task.
    public var sourceWarning = WarningLevel.none
    /// Whose tasks are withheld; `.none`: any rule's with a task in `targetCategory`.
    public var target = RuleID.none
    public var targetCategory: Category?
    /// Only tasks less urgent than this; nil: all.
    public var below: Priority?
    /// Slots whose values must be there, and equal, on both sides; `RuleSlot` raw values.
    public var same: [4 of UInt8] = .init(repeating: 0)
    public var sameCount = 0

    public init(source: RuleID) { self.source = source }
}

/// Tasks that are withheld for a time because somebody said so; scoring goes on unless told not to.
public struct SilencePlan: Sendable, BitwiseCopyable {
    /// Index into `SilenceTable.texts`: its id.
    public var name = 0
    /// `.none`: any rule.
    public var rule = RuleID.none
    /// Any category when nil.
    public var category: Category?
    /// The cell and everything below it; `.none`: anywhere.
    public var area = CellID.none
    /// Any kind when `.none`.
    public var kind = KindID.none
    public var from: Timestamp
    public var until: Timestamp
    public var keepsScores = true

    public init(from: Timestamp, until: Timestamp) {
        self.from = from
        self.until = until
    }

    /// Whether it is about a task or evidence like this at a moment, wherever it is.
    @_noAllocation @_noLocks
    func covers(
        _ rule: RuleID, _ category: Category, _ kind: KindID, at now: Timestamp
    ) -> Bool {
        if now < from || now >= until { return false }
        if self.rule != RuleID(0xFFFF) && self.rule != rule { return false }
        if self.kind != KindID(0xFFFF) && self.kind != kind { return false }
        guard let only = self.category else { return true }
        return only == category
    }
}

/// The silences that hold, with their ids; replaced as a whole.
public struct SilenceTable: ~Copyable, Sendable {
    public let plans: Table<SilencePlan>
    public let count: Int
    public let texts: TextList

    public init(_ plans: [SilencePlan] = [], texts: [String] = []) {
        self.plans = Table(copying: plans)
        count = plans.count
        self.texts = TextList(texts)
    }

    /// The first that withholds a task; -1 when none does.
    @_noAllocation @_noLocks
    func first(
        _ rule: RuleID, _ category: Category, _ kind: KindID,
        _ place: (cell: CellID, time: Timestamp), _ tree: borrowing CellTree
    ) -> Int {
        var index = 0
        while index < count {
            if plans[index].covers(rule, category, kind, at: place.time) {
                if isIn(index, place.cell, tree) { return index }
            }
            index += 1
        }
        return -1
    }

    /// Whether evidence adds nothing because a silence says so.
    @_noAllocation @_noLocks
    public func dropsScores(
        of rule: RuleID, _ category: Category, _ kind: KindID,
        _ place: (cell: CellID, time: Timestamp), _ tree: borrowing CellTree
    ) -> Bool {
        var index = 0
        while index < count {
            if !plans[index].keepsScores {
                if plans[index].covers(rule, category, kind, at: place.time) {
                    if isIn(index, place.cell, tree) { return true }
                }
            }
            index += 1
        }
        return false
    }

    @_noAllocation @_noLocks
    private func isIn(_ index: Int, _ cell: CellID, _ tree: borrowing CellTree) -> Bool {
        let area = plans[index].area
        return area.index == .max || tree.isWithin(cell, area)
    }

    /// When the next silence that has not ended yet ends; `.forever` when there is none.
    @_noAllocation @_noLocks
    public func nextEnd(after now: Timestamp) -> Timestamp {
        var next = Timestamp(nanoseconds: .max)
        var index = 0
        while index < count {
            let until = plans[index].until
            if until > now && until < next { next = until }
            index += 1
        }
        return next
    }
}
