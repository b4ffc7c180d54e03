import Domain

extension TaskStage {
    /// No unit has it.
    @_noAllocation @_noLocks
    func isWaiting() -> Bool {
        switch self {
        case .open, .offered, .rejected, .reassigned: true
        default: false
        }
    }

    /// Nothing is to be done any more, unless a repeat opens it again.
    @_noAllocation @_noLocks
    func isOver() -> Bool {
        switch self {
        case .closed, .cancelled, .expired: true
        default: false
        }
    }

    /// How far a unit has come with it: 0 while none has it, 4 from resolved on.
    @_noAllocation @_noLocks
    func progress() -> Int {
        switch self {
        case .accepted: 1
        case .enRoute: 2
        case .onScene: 3
        case .resolved, .verified, .closed: 4
        default: 0
        }
    }

    /// Whether units and desks report it; the others are the engine's to give.
    var isReportable: Bool {
        switch self {
        case .open, .offered, .expired: false
        default: true
        }
    }

    /// Which of two reports of one instant comes first: who is given a task then accepts it, who
    /// accepts it may then turn it down.
    var turn: Int {
        switch self {
        case .reassigned: 0
        case .accepted: 1
        case .enRoute: 2
        case .onScene: 3
        case .resolved: 4
        case .rejected: 5
        case .verified: 6
        case .closed: 7
        default: 8
        }
    }
}
