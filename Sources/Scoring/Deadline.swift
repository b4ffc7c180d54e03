/// A deadline and whose it is.
struct Deadline: BitwiseCopyable {
    var due: Int64
    var owner: UInt32

    @_noAllocation @_noLocks
    func precedes(_ other: Deadline) -> Bool {
        due == other.due ? owner < other.owner : due < other.due
    }
}
