public import Domain
public import Scoring

// A task order is filled in five steps, each from one owner of what it quotes.

extension TaskBoard {
    /// The task itself: identity, life, urgency, deadlines, title.
    @_noAllocation @_noLocks
    public func write(
        _ task: Int, _ decision: Decision, at now: Timestamp, to order: inout TaskOrder
    ) {
        let state = states[task]
        let plan = table.plans[Int(state.plan)]
        order.texts.clear()
        order.incident = state.incident
        order.revision = state.revision
        order.operation = TaskBoard.operation(decision)
        order.rule = state.rule
        order.category = plan.category
        order.cell = state.cell
        order.time = now
        order.position = state.position
        order.priority = state.priority
        order.warning = state.warning
        order.severity = state.severity
        order.urgency = plan.urgency
        order.certainty = state.certainty
        order.status = state.status
        order.alertCount = state.alerts
        order.repeats = state.repeats
        order.row = Int(state.row) + 1
        order.isReminder = decision == .reminded
        order.acceptBy = state.deadlines.accept
        order.arriveBy = state.deadlines.arrive
        order.resolveBy = state.deadlines.resolve
        order.kind = append(plan.kind, to: &order)
        order.department = append(plan.department, to: &order)
        order.level = append(plan.level, to: &order)
        order.fallback = append(plan.fallback, to: &order)
        order.cap = append(plan.cap, to: &order)
        order.responses = append(plan.responses, to: &order)
        writeTexts(task, to: &order)
        writeHandling(task, to: &order)
    }

    @_noAllocation @_noLocks
    private func writeTexts(_ task: Int, to order: inout TaskOrder) {
        let start = order.texts.count
        var offset = 0
        while offset < states[task].titleLength {
            order.texts.append(states[task].title[offset])
            offset += 1
        }
        order.title = OrderText(start, order.texts.count)
        let next = order.texts.count
        offset = 0
        while offset < states[task].noteLength {
            order.texts.append(states[task].note[offset])
            offset += 1
        }
        order.note = OrderText(next, order.texts.count)
    }

    @_noAllocation @_noLocks
    private func append(_ text: Int, to order: inout TaskOrder) -> OrderText {
        let start = order.texts.count
        if text >= 0 { order.texts.append(table.texts, text) }
        return OrderText(start, order.texts.count)
    }

    @_noAllocation @_noLocks
    static func operation(_ decision: Decision) -> TaskOperation {
        switch decision {
        case .opened: .open
        case .reopened: .reopen
        case .closed: .close
        default: .update
        }
    }

    /// The cell that a task is about.
    @_noAllocation @_noLocks
    public func cell(of task: Int) -> CellID { states[task].cell }

    /// The rule that opened a task.
    @_noAllocation @_noLocks
    public func rule(of task: Int) -> RuleID { states[task].rule }

    /// A task's title, for people who look at the board.
    public func title(of task: Int) -> String {
        String(
            decoding: (0..<states[task].titleLength).map { states[task].title[$0] }, as: UTF8.self)
    }

    /// The task's plan: its index in the task table.
    @_noAllocation @_noLocks
    public func plan(_ task: Int) -> Int { Int(states[task].plan) }

    /// The latest alerts behind the task, as `source#id`; forgotten ones are left out.
    @_noAllocation @_noLocks
    public func writeEvidence(
        _ task: Int, sources: borrowing NameTable, to order: inout TaskOrder
    ) {
        order.evidenceCount = 0
        var place = 0
        while place < 6 {
            let sequence = states[task].evidence[place]
            if recent.holds(sequence) {
                let start = order.texts.count
                recent.write(sequence, sources: sources, into: &order.texts)
                order.evidence[order.evidenceCount] = OrderText(start, order.texts.count)
                order.evidenceCount += 1
            }
            place += 1
        }
    }
}

extension TaskOrder {
    /// The cell and who is to answer there.
    @_noAllocation @_noLocks
    public mutating func writePlace(_ paths: borrowing NameTable, assigned: CellID) {
        let start = texts.count
        texts.append(paths.texts, cell.int)
        cellPath = OrderText(start, texts.count)
        let next = texts.count
        texts.append(paths.texts, assigned.int)
        assignedCell = OrderText(next, texts.count)
    }

    /// The score and what each rule adds to it now, largest group first in the board's order.
    @_noAllocation @_noLocks
    public mutating func writeFactors(
        _ board: borrowing ScoreBoard, _ rules: borrowing RuleTable
    ) {
        score = board.quotable(cell, category, at: time)
        factorCount = 0
        var link = board.firstLink(cell, category)
        while link != 0 && factorCount < 12 {
            let quoted = board.quote(link, at: time)
            factors[factorCount].rule = label(rules.labels, quoted.rule)
            factors[factorCount].version = label(rules.versions, quoted.rule)
            factors[factorCount].points = quoted.points
            factors[factorCount].alerts = quoted.alerts
            factors[factorCount].first = quoted.first
            factors[factorCount].last = quoted.last
            factors[factorCount].isSpread = quoted.isSpread
            factorCount += 1
            link = board.nextLink(link)
        }
    }

    @_noAllocation @_noLocks
    private mutating func label(_ list: borrowing TextList, _ rule: RuleID) -> OrderText {
        let start = texts.count
        texts.append(list, rule.int)
        return OrderText(start, texts.count)
    }

    /// Says why: the rule's title, the score with its warning, what made it, and why the rule is as
    /// it is, where its author says so.
    @_noAllocation @_noLocks
    public mutating func writeReason(_ rules: borrowing RuleTable) {
        let start = texts.count
        texts.append(rules.titles, rule.int)
        texts.append(": ")
        texts.append(category.word)
        texts.append(" stands at ")
        appendPoints(score)
        texts.append(" of 100 (")
        texts.append(warning.word)
        texts.append(")")
        var factor = 0
        while factor < factorCount {
            texts.append(factor == 0 ? ", from " : ", ")
            texts.append(texts: factors[factor].rule)
            texts.append(factors[factor].isSpread ? " nearby +" : " +")
            appendPoints(factors[factor].points)
            texts.append(factors[factor].alerts == 1 ? " (1 alert)" : " (")
            if factors[factor].alerts != 1 {
                texts.append(decimal: UInt64(factors[factor].alerts))
                texts.append(" alerts)")
            }
            factor += 1
        }
        texts.append(".")
        if handling.isExposed { texts.append(" More urgent because of who lives there.") }
        if rules.whys.length(rule.int) > 0 {
            texts.append(" ")
            texts.append(rules.whys, rule.int)
        }
        reason = OrderText(start, texts.count)
    }

    /// Points to one decimal: a reader needs no thousandths.
    @_noAllocation @_noLocks
    private mutating func appendPoints(_ points: MilliPoints) {
        texts.append(thousandths: Int64((points.value + 50) / 100 * 100))
    }
}
