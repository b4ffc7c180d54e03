import Domain
import Tasking

/// The score changes of one alert or timer: at most one for each category of each cell touched.
struct ChangeList: ~Copyable, Sendable {
    /// As many as the score board can have touched: a cell, those around and those above them.
    private var changes = Table<ScoreChange>(capacity: 16_384)
    private(set) var count = 0
    /// Whether the city's own standing is among them.
    private(set) var tellsOfCity = false
    /// Whether a warning level is lower than before.
    private(set) var tellsOfRelief = false

    @_noAllocation @_noLocks
    mutating func clear() {
        count = 0
        tellsOfCity = false
        tellsOfRelief = false
    }

    @_noAllocation @_noLocks
    mutating func append(_ change: ScoreChange) {
        if change.cell.index == 0 { tellsOfCity = true }
        if change.warning < change.previousWarning { tellsOfRelief = true }
        precondition(count < 16_384)
        changes[count] = change
        count += 1
    }

    @_noAllocation @_noLocks
    func change(_ index: Int) -> ScoreChange {
        precondition(index < count)
        return changes[index]
    }
}

/// A decision that speaks: the task and what became of it.
struct Announcement: BitwiseCopyable {
    var decision: Decision
    var task: Int
    var time: Timestamp
}

/// The decisions of one alert or timer that lead to a revision; one for each task, the first.
struct AnnouncementList: ~Copyable, Sendable {
    private var announcements = Table<Announcement>(capacity: 256)
    private(set) var count = 0

    @_noAllocation @_noLocks
    mutating func clear() { count = 0 }

    @_noAllocation @_noLocks
    mutating func append(_ decision: Decision, _ task: Int, _ time: Timestamp) {
        switch decision {
        case .opened, .updated, .reopened, .closed, .reminded: break
        case .merged, .ignored, .belowThreshold, .withheld, .none, .full: return
        }
        precondition(count < 256)
        announcements[count] = Announcement(decision: decision, task: task, time: time)
        count += 1
    }

    @_noAllocation @_noLocks
    func announcement(_ index: Int) -> Announcement {
        precondition(index < count)
        return announcements[index]
    }
}
