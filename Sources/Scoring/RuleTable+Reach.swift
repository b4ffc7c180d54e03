public import Domain

extension RuleTable {
    /// How far back the state of a rule reaches: the longest of its windows, its corroboration and
    /// its sequence in any mode.
    ///
    /// Zero for an absence, which is watched for from now on, and for what keeps nothing.
    @_noAllocation @_noLocks
    public func reach(of rule: RuleID) -> Interval {
        var reach = Interval.zero
        var mode = 0
        while mode < modeCount {
            let plan = rules[mode * ruleCount + rule.int]
            var window = plan.firstWindow
            while window < plan.firstWindow + plan.windowCount {
                if windows[window].over > reach { reach = windows[window].over }
                window += 1
            }
            if plan.corroboration >= 0 {
                let within = corroborations[plan.corroboration].within
                if within > reach { reach = within }
            }
            if plan.sequence >= 0 {
                let within = sequences[plan.sequence].within
                if within > reach { reach = within }
            }
            mode += 1
        }
        return reach
    }
}
