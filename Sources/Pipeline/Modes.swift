import CEL
import Cells
public import Domain
import Lanes
import Scoring

// The mode of each cell: other parameters, holds, half-lives and deadlines.
//
// Somebody switches a part of the city, or the city enters and leaves a mode by itself, judged
// when its own standing has changed or a hold has run out. What one alert leads to is decided in
// the mode that its cell was in before.

extension Walk {
    /// The mode that a cell is in; 0 is the normal one.
    @_noAllocation @_noLocks
    func mode(of cell: CellID) -> Int { cell.index == .max ? 0 : Int(modes[cell.int]) }

    /// Switches a cell and everything below it to another mode, and says so in the journal.
    ///
    /// **Range**: a mode of the rules; any other changes nothing.
    @_noAllocation @_noLocks
    public mutating func switchMode(_ mode: Int, area: CellID, at time: Timestamp) {
        if mode < 0 || mode >= rules.table.modeCount { return }
        setMode(mode, area, (time, "hand"))
        if area.index == 0 { watchModes(at: time) }
    }

    /// The mode with a name; nil when there is none. Not on the hot path.
    public func mode(named name: String) -> Int? {
        (0..<rules.table.modeCount).first { rules.table.modeNames.text($0) == name }
    }

    /// Judges whether the city enters or leaves a mode.
    @_noAllocation @_noLocks
    mutating func watchModes(at time: Timestamp) {
        if rules.table.modeCount < 2 { return }
        fillCity(at: time)
        let current = mode(of: CellID(0))
        let (mode, again) = modeWatch.judge(current, at: time, rules)
        if mode == current {
            if again.nanoseconds == .max { timers.cancel(owners.modeOwner) }
            if again.nanoseconds != .max { timers.set(owners.modeOwner, due: again) }
        } else {
            setMode(mode, CellID(0), (time, "condition"))
            // A nanosecond on, so that two modes whose conditions contradict each other let the
            // clock go by.
            timers.set(owners.modeOwner, due: time + Interval(nanoseconds: 1))
        }
    }

    @_noAllocation @_noLocks
    private mutating func setMode(
        _ mode: Int, _ area: CellID, _ cause: (time: Timestamp, by: StaticString)
    ) {
        var cell = area.int
        let end = grid.subtreeEnd(of: area)
        while cell < end {
            modes[cell] = UInt8(truncatingIfNeeded: mode)
            cell += 1
        }
        rules.wake(cells: area.int, end, at: cause.time, timers: &timers)
        if area.index == 0 {
            modeWatch.reset()
            watermark.wait(rules.table.modes[mode].lateness ?? rules.table.time.lateness)
        }
        recordMode(mode, area, cause)
    }

    @_noAllocation @_noLocks
    private mutating func recordMode(
        _ mode: Int, _ area: CellID, _ cause: (time: Timestamp, by: StaticString)
    ) {
        outlet.body.clear()
        outlet.body.append("{\"mode\":\"")
        outlet.body.append(rules.table.modeNames, mode)
        outlet.body.append("\",\"area\":\"")
        outlet.body.append(grid.paths.texts, area.int)
        outlet.body.append("\",\"by\":\"")
        outlet.body.append(cause.by)
        outlet.body.append("\"}")
        let head = JournalHead(
            .event, path: .push, sequence: sequence, time: cause.time, received: now)
        if !outlet.ring.writeEvent(.mode, head, ruleBase: 0, outlet.body) {
            counters.journalOverflows &+= 1
        }
    }

    /// The slots that conditions of modes read: the city's standings.
    @_noAllocation @_noLocks
    private mutating func fillCity(at time: Timestamp) {
        rules.slots[Int(RuleSlot.now.rawValue)] = Slot.timestamp(nanoseconds: time.nanoseconds)
        var category = 0
        while category < Category.count {
            let standing = board.standing(CellID(0), Walk.category(category))
            rules.slots[Int(RuleSlot.cityScorePoliticalSecurity.rawValue) + category] =
                Slot.double(standing.score.points)
            rules.slots[Int(RuleSlot.cityWarningPoliticalSecurity.rawValue) + category] =
                Slot.int(Int64(standing.warning.rawValue))
            category += 1
        }
    }
}
