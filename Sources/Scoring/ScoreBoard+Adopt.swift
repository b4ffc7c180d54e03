import Domain

extension ScoreBoard {
    /// Goes on under other rules: contributions keep their points and half-lives and are quoted
    /// under the new numbers. One of a rule that is not among them any more is gone at once.
    public mutating func takeOver(
        _ rules: borrowing RuleTable, _ renumbering: Renumbering, firstTimer: Int
    ) {
        warnings = rules.warnings
        rollUp = rules.rollUp
        self.firstTimer = firstTimer
        for state in 0..<states.capacity {
            var previous = -1
            var link = states[state].head
            while link != 0 {
                let entry = Int(link) - 1
                let next = pool[entry].next
                let rule = renumbering.rule(pool[entry].rule)
                if rule == .none {
                    if previous < 0 {
                        states[state].head = next
                    } else {
                        pool[previous].next = next
                    }
                    pool[entry].next = free
                    free = link
                } else {
                    pool[entry].rule = rule
                    previous = entry
                }
                link = next
            }
        }
    }
}
