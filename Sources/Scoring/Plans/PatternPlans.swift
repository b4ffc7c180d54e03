public import CEL
public import Domain

/// How the confidences of several witnesses become one.
public enum ConfidenceFunction: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    /// 1 - Π(1 - c)
    case noisyOr
    case max, min, average
}

/// One kind of witness that a rule listens to.
public struct WitnessPlan: Sendable, BitwiseCopyable {
    public var when: Condition
    /// Its name, as `evidence.kinds` lists it.
    public var name: Slot

    public init(when: Condition, name: Slot) {
        self.when = when
        self.name = name
    }
}

/// At least `need` different witnesses from different `distinct` values within `within`.
public struct CorroborationPlan: Sendable, BitwiseCopyable {
    public static let witnessesMax = 8
    /// Sightings kept of each witness, the oldest makes room.
    public static let ring = 8

    public var within: Interval
    public var need: Int
    /// Gives what must differ from witness to witness.
    public var distinct: Condition
    /// Range in `RuleTable.witnesses`.
    public var firstWitness = 0
    public var witnessCount = 0
    public var confidence = ConfidenceFunction.noisyOr

    public init(within: Interval, need: Int, distinct: Condition) {
        self.within = within
        self.need = need
        self.distinct = distinct
    }
}

/// One step of a sequence.
public struct StepPlan: Sendable, BitwiseCopyable {
    /// It kills a partial match, or as the last step it must not come.
    public var isNot: Bool
    /// Its kinds, a range in `RuleTable.stepKinds`; all of the rule's when there is none.
    public var firstKind = 0
    public var kindCount = 0
    public var filter: Condition
    /// Which captured step it is, for conditions to read; -1 for a `not`. From
    /// `RuleSlot.stepsMax` on nothing is kept of it.
    public var capture: Int

    public init(isNot: Bool, filter: Condition, capture: Int) {
        self.isNot = isNot
        self.filter = filter
        self.capture = capture
    }
}

/// Steps that come one after the other, in the order of event time.
public struct SequencePlan: Sendable, BitwiseCopyable {
    public static let stepsMax = 8

    /// From the first step to the last.
    public var within: Interval
    /// Range in `RuleTable.steps`.
    public var firstStep = 0
    public var stepCount = 0
    /// A fresh first step replaces a waiting one; else the first stays.
    public var restartsOnLatest = true
    /// How many partial matches one key may have; 1 without `overlap`.
    public var runs = 1

    public init(within: Interval) { self.within = within }
}

/// What arms the watch for silence.
public enum ArmingPolicy: UInt8, Sendable, BitwiseCopyable {
    /// Every row of a table, from the start.
    case roster
    /// Each key with its first alert.
    case firstSeen
}

/// Turns a mass silence into one finding of another rule.
public struct FoldPlan: Sendable, BitwiseCopyable {
    /// The slot whose value is shared by those that fold together.
    public var by: UInt8
    /// The share of those with the same value that must be silent. **Range**: 0 to 1.
    public var share: Double
    /// How many must be silent at least.
    public var least: Int
    public var into: RuleID

    public init(by: UInt8, share: Double, least: Int, into: RuleID) {
        self.by = by
        self.share = share
        self.least = least
        self.into = into
    }
}

/// Nothing for `expect` × `missed`.
public struct AbsencePlan: Sendable, BitwiseCopyable {
    /// Gives a duration, for each key.
    public var expect: Condition
    public var missed: Int
    public var arm: ArmingPolicy
    /// The look-up whose rows are the roster, in `RuleTable.lookups`; -1 when there is none.
    public var roster: Int
    /// Nothing is raised this soon after a start, a reload or a gap of the input.
    public var settle: Interval
    public var fold: FoldPlan?

    public init(expect: Condition, missed: Int, arm: ArmingPolicy) {
        self.expect = expect
        self.missed = missed
        self.arm = arm
        roster = -1
        settle = .zero
        fold = nil
    }
}
