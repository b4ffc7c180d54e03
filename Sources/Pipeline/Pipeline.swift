// Pipeline: the walk of an alert, from its frame to the feed and the journal, and the lane that
// runs it.
//
// `Walk.swift` is the page to read first; each of its eight calls is one file: Receive, Decode,
// Admit, Locate, Match, Score, Prioritize, Dispatch. Each says no with a reason that is counted.
//
// Stages 2 to 8 never allocate, lock, block or look at a clock: the compiler sees to the first two.
// Time comes in with what was received. In: messages from ZeroMQ sockets. Out: bytes for the feed,
// records for the journal's ring.
