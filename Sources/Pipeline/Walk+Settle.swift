import CEL
public import Cells
public import Domain
public import Scoring
import Tasking

// Another grid, taken over between two alerts. Not on the hot path: it may allocate.
//
// The new engine is made aside; this one hands over all that it keeps. Everything stands in one
// cell and goes to one: where its latest alert was, when the position is known, else to the cell
// that goes on with its own. So nothing is counted twice, and the sums above stay what they were.

/// What became of an engine's state when it moved to another grid.
public struct Settlement: Sendable {
    public var adoption = Adoption()
    /// Open tasks whose cell has another path now.
    public var tasksMoved = 0
    /// Keys of rules whose cell has another path now.
    public var keysMoved = 0
    /// Keys that met another one of their rule in the same cell, where one of both goes on.
    public var keysJoined = 0

    public init() {}
}

extension Walk {
    /// Moves to another grid and takes over the rules that were compiled for it.
    ///
    /// **Range**: there is room for its sources (`missingRoom`).
    ///
    /// - Parameters:
    ///   - noting: gives the journal's detail of what becomes of the cells.
    ///   - rehearsal: as for `adopt`, over the new grid.
    public mutating func move(
        to city: consuming Resettlement, at now: Timestamp,
        noting: (CellSuccession) -> String, after rehearsal: consuming Rehearsal? = nil
    ) -> Settlement {
        let start = ContinuousClock.now
        let succession = CellSuccession(from: grid, to: city.walk.value.grid)
        record(.cells, noting(succession), at: now)
        sayFarewell(succession, at: now)
        let sources = city.sources
        var next = city.walk
        let moves = moves(succession, to: next.value.grid)
        let kinds = Walk.renumbered(self.kinds, next.value.kinds)
        var renumbering = Renumbering(
            from: rules.table, to: next.value.rules.table, kinds: kinds)
        renumbering.paths = renamed(succession, to: next.value.grid)
        let modes = (modes: self.modes(succession, of: next.value.grid.count), names: modeNames)
        var settlement = Settlement()
        settlement.adoption = handOver(to: &next.value, renumbering, moves.cells)
        swap(&self, &next.value)
        admission.kindSets = admission.kindSets.renumbered(self.kinds)
        admission.register(sources, self.kinds)
        admission.introduceSources(to: &rules.table)
        settleKeys(moves.keys, &settlement)
        settleWaiting(moves.waiting)
        warm(renumbering, at: now, after: rehearsal, &settlement.adoption)
        settleTasks(moves, at: now, &settlement)
        renoteInhibitors()
        take(modes.modes, named: modes.names)
        recommit(at: now)
        if isListening {
            dismiss(at: now)
            armRosters(at: now)
        }
        settlement.adoption.nanoseconds = (ContinuousClock.now - start).nanoseconds
        return settlement
    }

    /// Tells the feed that what it heard of cells that are no more is over.
    private mutating func sayFarewell(_ succession: CellSuccession, at now: Timestamp) {
        for number in succession.heirs.indices where !succession.isSame[number] {
            for category in Category.allCases {
                if let change = board.farewell(CellID(number), category, at: now) { tell(change) }
            }
        }
    }

    /// By path of a cell as conditions see it: its heir's, where that is another.
    private func renamed(
        _ succession: CellSuccession, to grid: borrowing Grid
    ) -> [String: String] {
        var paths: [String: String] = [:]
        for number in succession.heirs.indices where !succession.isSame[number] {
            let heir = succession.heirs[number]
            paths[String(self.grid.path(of: CellID(number)).dropLast())] = String(
                grid.path(of: heir).dropLast())
        }
        return paths
    }

    /// By cell of the new grid the mode of the one that it comes from.
    private func modes(_ succession: CellSuccession, of count: Int) -> [UInt8] {
        (0..<count).map { modes[succession.origins[$0].int] }
    }

    private mutating func take(_ old: [UInt8], named names: [String]) {
        let numbers = names.map { UInt8(mode(named: $0) ?? 0) }
        for (cell, mode) in old.enumerated() { modes[cell] = numbers[Int(mode)] }
        modeWatch = ModeWatch(rules.table)
        watermark.wait(rules.table.modes[Int(modes[0])].lateness ?? rules.table.time.lateness)
    }
}

/// Where what an engine keeps goes, by its number: known before anything moves.
private struct Moves {
    var cells: CellRenumbering
    var keys: [Move] = []
    var waiting: [Move] = []
    var tasks: [Move] = []
}

/// From one cell to another.
private struct Move {
    var to: CellID
    /// The cell is the same one, under the same path.
    var isSame: Bool
}

extension Walk {
    private func moves(_ succession: CellSuccession, to grid: borrowing Grid) -> Moves {
        var moves = Moves(
            cells: CellRenumbering(heirs: succession.heirs, isSame: succession.isSame))
        for key in 0..<rules.keyCount {
            let sighting = rules.keptSighting(key)
            let cell = rules.cell(key: key)
            let position = sighting?.cell == cell ? sighting?.position : nil
            let move = move(cell, at: position, succession, grid)
            if let sighting, sighting.cell == cell, sighting.sequence > 0 {
                moves.cells.places[sighting.sequence] = (cell, move.to)
            }
            moves.keys.append(move)
        }
        for waiting in 0..<buffer.waitingCount {
            let sighting = buffer.sighting(waiting: waiting)
            moves.waiting.append(move(sighting.cell, at: sighting.position, succession, grid))
        }
        for task in 0..<tasks.taskCount {
            let place = tasks.whereabouts(of: task)
            let move = move(place.cell, at: place.position, succession, grid)
            if place.alert > 0 { moves.cells.places[place.alert] = (place.cell, move.to) }
            moves.tasks.append(move)
        }
        return moves
    }

    private func move(
        _ cell: CellID, at position: Position?, _ succession: CellSuccession,
        _ grid: borrowing Grid
    ) -> Move {
        guard cell != .none else { return Move(to: cell, isSame: true) }
        let place = succession.place(of: cell, at: position, from: self.grid, to: grid)
        return Move(
            to: place, isSame: succession.isSame[cell.int] && place == succession.heirs[cell.int])
    }

    /// Gives all that is kept to an engine that has nothing yet.
    private mutating func handOver(
        to next: inout Walk, _ renumbering: Renumbering, _ cells: CellRenumbering
    ) -> Adoption {
        swap(&admission, &next.admission)
        swap(&outlet, &next.outlet)
        swap(&tee, &next.tee)
        swap(&watermark, &next.watermark)
        swap(&buffer, &next.buffer)
        next.buffer.takeOver(rules, renumbering, into: &next.rules)
        let adoption = handOverKeys(to: &next, renumbering)
        next.board.takeOver(board, renumbering, cells)
        next.tasks.takeOver(
            &tasks, next.rules, renumbering, keys: adoption.keys, firstTimer: next.owners.firstTask)
        next.tasks.silences = next.tasks.silences.renumbered(cells)
        next.counters = counters
        next.lastRefusal = lastRefusal
        next.isListening = isListening
        next.sourcesRecorded = sourcesRecorded
        (next.sequence, next.now) = (sequence, now)
        next.sighting.path = sighting.path
        return adoption
    }

    private mutating func handOverKeys(
        to next: inout Walk, _ renumbering: Renumbering
    ) -> Adoption {
        var before = KeyTimers(timers: TimerQueue(owners: 1), deadlines: TimerQueue(owners: 1))
        swap(&before.timers, &timers)
        swap(&before.deadlines, &deadlines)
        var fresh = KeyTimers(timers: TimerQueue(owners: 1), deadlines: TimerQueue(owners: 1))
        swap(&fresh.timers, &next.timers)
        swap(&fresh.deadlines, &next.deadlines)
        let adoption = next.rules.takeOver(rules, renumbering, before, &fresh)
        for owner in owners.firstTask..<owners.count {
            let due = before.timers.due(owner)
            if due == .forever { continue }
            fresh.timers.set(owner - owners.firstTask + next.owners.firstTask, due: due)
        }
        swap(&fresh.timers, &next.timers)
        swap(&fresh.deadlines, &next.deadlines)
        return adoption
    }
}

// After the move: what stood in the old cells is made at home in the new.
extension Walk {
    private mutating func settleKeys(_ moves: [Move], _ settlement: inout Settlement) {
        var moved: [(key: Int, to: CellID)] = []
        for (old, move) in moves.enumerated() {
            let key = settlement.adoption.keys[old]
            guard key >= 0, rules.isInUse(key) else { continue }
            if move.isSame {
                rules.renumber(key, to: move.to)
            } else {
                moved.append((key, move.to))
            }
        }
        for (key, _) in moved { rules.lift(key) }
        for (key, cell) in moved {
            fillFacts(ofCell: cell)
            let isAlone = rules.settle(key, in: cell, timers: &timers, deadlines: &deadlines)
            if !isAlone { settlement.keysJoined += 1 }
        }
        settlement.keysMoved = moved.count
    }

    private mutating func settleWaiting(_ moves: [Move]) {
        for (waiting, move) in moves.enumerated() {
            fillFacts(ofCell: move.to)
            buffer.settle(waiting: waiting, in: move.to, rules)
        }
    }

    private mutating func settleTasks(
        _ moves: Moves, at now: Timestamp, _ settlement: inout Settlement
    ) {
        var moved: [(task: Int, to: CellID, isIndexed: Bool)] = []
        for (task, move) in moves.tasks.enumerated() {
            tasks.renumber(task, to: move.to, moves.cells)
            if !move.isSame { moved.append((task, move.to, tasks.lift(task))) }
        }
        for (task, cell, isIndexed) in moved {
            fillFacts(ofCell: cell)
            let decision = tasks.settle(
                task, in: cell, isIndexed: isIndexed, at: now, rules)
            if tasks.whereabouts(of: task).isOpen { settlement.tasksMoved += 1 }
            if decision == .updated {
                tell(Announcement(decision: decision, task: task, time: now))
            }
        }
    }

    private mutating func fillFacts(ofCell cell: CellID) {
        sighting.cell = cell
        fillCell()
    }

    /// Judges all scores anew, children before their parents, and tells of those that changed.
    private mutating func recommit(at now: Timestamp) {
        for number in (0..<grid.count).reversed() {
            for category in Category.allCases {
                let change = board.recommit(CellID(number), category, at: now, timers: &timers)
                guard let change else { continue }
                counters.scoreChanges &+= 1
                if change.warning != change.previousWarning { counters.warningChanges &+= 1 }
                tell(change)
            }
        }
        tasks.askForReview()
        watchModes(at: now)
    }
}
