public import Cells
import Domain
import Lanes
public import Tasking

/// An engine over another grid, made aside, that a running one moves into.
///
/// **Owner**: whoever prepares it; then the lane that moves.
public struct Resettlement: ~Copyable, Sendable {
    var walk: Owned<Walk>
    let sources: [SourcePlan]

    /// - Parameter sources: those that are registered, each in its cell of the new grid.
    public init(
        _ compiled: consuming CompiledRules, _ grid: consuming Grid, _ admission: AdmissionPolicy,
        sources: [SourcePlan]
    ) {
        // Nothing is ever written here: the running engine brings its own.
        let ring = RecordRing(byteCapacity: 1 << 16)
        walk = Owned(
            Walk(
                WalkParts(
                    compiled: compiled, grid: grid, admission: admission,
                    outlet: Outlet(ring: ring.writer(), instance: "aside", epoch: 1))))
        self.sources = sources
    }
}
