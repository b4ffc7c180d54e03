import Domain

/// How a task went up: who answers for it now, and why it is not who answered first.
struct TaskEscalation: BitwiseCopyable {
    var count: UInt32 = 0
    var reason = EscalationReason.none
    /// The cell that answers, since the task was told of first; `.none` before.
    var answering: CellID
    /// The cell that answered before the latest escalation.
    var from: CellID
    /// Decided, and not yet carried out: whoever tells the task knows the cells above.
    var isPending = false
    var callsFallback = false

    @_noAllocation @_noLocks
    init() {
        answering = CellID(0xFFFF_FFFF)
        from = answering
    }

    /// Whether nobody stands above who answers.
    @_noAllocation @_noLocks
    func isAtRoot() -> Bool { answering.index == 0 }
}
