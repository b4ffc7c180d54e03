public import Domain
import Glibc

/// A registered source as the walk takes it over.
public struct SourcePlan: Sendable {
    public var name: String
    /// Where its alerts are when they say no place; `.none` where the registry does not know.
    public var cell = CellID.none
    /// Where it stands for good; nil for what moves, or is known by its cell only.
    public var position: Position?
    /// What it may send; empty is everything.
    public var kinds: [KindPattern] = []

    public init(name: String) { self.name = name }
}

/// What the registry says of one source, as the stages read it. All zero is a source that is not
/// registered.
struct SourceSeat: BitwiseCopyable {
    var isRegistered: Bool
    var hasPosition: Bool
    /// A number of `KindSets`; 0 is everything.
    var kinds: UInt16
    /// 0xFFFF_FFFF where the registry does not know it.
    var cell: UInt32
    var position: Position
    /// Of the position's latitude: a degree of longitude is so much shorter there.
    var cosine: Double

    init(_ plan: SourcePlan, kinds: UInt16) {
        isRegistered = true
        hasPosition = plan.position != nil
        self.kinds = kinds
        cell = plan.cell.index
        position = plan.position ?? Position(latitude: 0, longitude: 0)
        cosine = cos(position.latitude * .pi / 180)
    }

    /// Whether a place lies farther from where the source stands than both accuracies and 500 m
    /// explain: a maker's default accuracy is often left out, and roofs reflect.
    @_noAllocation @_noLocks
    func isAway(_ other: Position) -> Bool {
        if !hasPosition { return false }
        var turn = other.longitude - position.longitude
        if turn > 180 { turn -= 360 }
        if turn < -180 { turn += 360 }
        // Metres in a degree of the mean earth, a sphere of 6,371,008.8 m.
        let north = (other.latitude - position.latitude) * 111_195
        let east = turn * cosine * 111_195
        let allowed = position.accuracyMetres + other.accuracyMetres + 500
        return north * north + east * east > allowed * allowed
    }
}

/// The sets of kinds that registered sources are held to: most of a city's sources share a few.
struct KindSets: ~Copyable, Sendable {
    /// By set, what it was made of; kept because kinds are numbered anew with other rules.
    private let patterns: [[KindPattern]]
    /// One bit for each kind, set after set.
    private let words: Table<UInt64>
    private let wordsPerSet: Int

    init(_ patterns: [[KindPattern]], _ kinds: borrowing KindTable) {
        self.patterns = patterns
        let wordsPerSet = (kinds.count + 63) / 64
        var words = Table<UInt64>(capacity: patterns.count * wordsPerSet)
        for (set, list) in patterns.enumerated() {
            for kind in 0..<kinds.count {
                let name = kinds.names.name(kind)
                guard list.contains(where: { $0.covers(name) }) else { continue }
                words[set * wordsPerSet + kind / 64] |= 1 << UInt64(kind % 64)
            }
        }
        self.words = words
        self.wordsPerSet = wordsPerSet
    }

    /// The same sets over other kinds.
    func renumbered(_ kinds: borrowing KindTable) -> KindSets { KindSets(patterns, kinds) }

    /// Whether a kind is in a set; every kind is in set 0.
    @_noAllocation @_noLocks
    func contains(_ kind: KindID, in set: UInt16) -> Bool {
        if set == 0 { return true }
        let word = words[Int(set) * wordsPerSet + kind.int / 64]
        return word & (1 << UInt64(kind.int % 64)) != 0
    }
}
