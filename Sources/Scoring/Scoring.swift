// Scoring: from alerts to rule states, and from evidence to scores and warnings.
//
// It holds the compiled rule table that the rule loader fills, the state of every rule for every
// key (windows, holds, active or not), and the score board: what each rule adds to a cell's
// category, decaying, grouped, combined, and held against the warning thresholds.
//
// It never sees a clock, a socket or a file: time comes in with the alert or with the timer that
// fires. In: an alert's slots and its cell. Out: rule hits, then score changes. Everything is of
// fixed capacity taken at start; what no longer fits is evicted and counted.
