// Tasking: from rule hits and score changes to task orders.
//
// It holds what the rule files say about tasks (title, deadlines, de-duplication, who answers), the
// priority matrix, and the board of open and lately closed tasks. It decides whether a hit opens a
// task, joins one, changes it, reopens it, closes it, or why nothing is to be said.
//
// It never sees a clock or a socket. In: hits with the standing of their cell. Out: task orders,
// complete in themselves, and reasons why not.
