import CEL
import Cells
public import Domain
public import Scoring
public import Tasking

// Other rules, taken over between two alerts. Not on the hot path: it may allocate.
//
// Rules that mean the same go on as if nothing had happened. Windows, holds, partial matches and
// deadlines stay where a rule's state hash is the same; scores and tasks stay in any case.

extension Walk {
    /// Takes over other rules; gives what became of their state.
    ///
    /// - Parameter rehearsal: an engine that has lived through the past under the same rules: those
    ///   whose state would begin anew take it from there.
    public mutating func adopt(
        _ compiled: consuming CompiledRules, at now: Timestamp,
        after rehearsal: consuming Rehearsal? = nil
    ) -> Adoption {
        let start = ContinuousClock.now
        let kinds = Walk.renumbered(self.kinds, compiled.kinds)
        let renumbering = Renumbering(from: rules.table, to: compiled.rules, kinds: kinds)
        let oldModes = modeNames
        self.kinds = compiled.kinds
        admission.kindSets = admission.kindSets.renumbered(self.kinds)
        assignedLevels = Table(copying: Walk.assignedLevels(compiled.tasks, grid))
        ground = TaskGround(compiled.tasks, grid)
        var adoption = replaceRules(compiled.rules, renumbering)
        warm(renumbering, at: now, after: rehearsal, &adoption)
        board.takeOver(rules.table, renumbering, firstTimer: owners.firstScore)
        tasks.takeOver(
            compiled.tasks, rules, renumbering, keys: adoption.keys, firstTimer: owners.firstTask)
        renoteInhibitors()
        renumberModes(oldModes)
        let mode = Int(modes[0])
        watermark.wait(rules.table.modes[mode].lateness ?? rules.table.time.lateness)
        if isListening {
            dismiss(at: now)
            armRosters(at: now)
        }
        adoption.nanoseconds = (ContinuousClock.now - start).nanoseconds
        return adoption
    }

    /// By old kind its new number, -1 where it is gone.
    static func renumbered(
        _ old: borrowing KindTable, _ new: borrowing KindTable
    ) -> [Int] {
        var numbers: [Int] = []
        for kind in 0..<old.count { numbers.append(new.names.find(old.names.name(kind))) }
        return numbers
    }

    /// A matcher for the new rules takes the old one's place, with its state.
    private mutating func replaceRules(
        _ fresh: consuming RuleTable, _ renumbering: Renumbering
    ) -> Adoption {
        var table = fresh
        introduceNames(&table)
        let neighbourhood = symbols.neighbourhood(grid, table.memory.symbols)
        var next = RuleMatcher(table, neighbourhood)
        let owners = TimerOwners(limits: next.table.limits, cells: grid.count)
        var before = KeyTimers(
            timers: TimerQueue(owners: 1), deadlines: TimerQueue(owners: 1))
        swap(&before.timers, &timers)
        swap(&before.deadlines, &deadlines)
        var now = KeyTimers(
            timers: TimerQueue(owners: owners.count),
            deadlines: TimerQueue(owners: next.table.limits.keys))
        let adoption = next.takeOver(rules, renumbering, before, &now)
        self.owners.moveTimers(of: before.timers, to: owners, in: &now.timers)
        swap(&timers, &now.timers)
        swap(&deadlines, &now.deadlines)
        buffer.takeOver(rules, renumbering, into: &next)
        self.owners = owners
        swap(&rules, &next)
        return adoption
    }

    /// Gives the new table the names that alerts bring: of kinds, cells and sources.
    private mutating func introduceNames(_ table: inout RuleTable) {
        symbols = WalkSymbols(
            kinds, grid, modes: table.modeNames, areas: table.areas, &table.memory.symbols)
        Walk.reserveNames(sources: admission.states.capacity, in: &table)
        admission.introduceSources(to: &table)
        rosterCells = Walk.rosterCells(table, grid)
        factStrings = 0
    }

    /// Inhibits are numbered anew: what stands raised is noted again.
    mutating func renoteInhibitors() {
        for key in 0..<rules.keyCount where rules.isRaised(key) {
            tasks.note(rules.hit(ofRaised: key), rules: rules, tree: board.tree)
        }
    }

    /// Modes are known by their names; a cell whose mode is gone is in the normal one.
    private mutating func renumberModes(_ old: [String]) {
        let numbers = old.map { UInt8(mode(named: $0) ?? 0) }
        for cell in 0..<grid.count { modes[cell] = numbers[Int(modes[cell])] }
        modeWatch = ModeWatch(rules.table)
    }
}

extension Admission {
    /// Gives the table the names of the sources that conditions have seen.
    mutating func introduceSources(to table: inout RuleTable) {
        for source in 0..<names.count where states[source].symbol.isString {
            states[source].symbol = table.memory.symbols.slot(names.name(source))
        }
    }
}

extension TimerOwners {
    /// Sets what was due of others than keys.
    func moveTimers(
        of old: borrowing TimerQueue, to new: TimerOwners, in timers: inout TimerQueue
    ) {
        for owner in firstScore..<count {
            let due = old.due(owner)
            if due != .forever { timers.set(owner - firstScore + new.firstScore, due: due) }
        }
    }
}

extension Duration {
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
