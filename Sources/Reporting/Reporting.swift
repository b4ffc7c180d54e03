// Reporting: what became of a period's tasks, in figures.
//
// It counts tasks, adds up how long people took, and says how often each rule was right, for all
// of them and by cell, department, category, rule, kind and source. It reads nothing and decides
// nothing: the same tasks give the same report. Drills are counted apart, and what no report says
// is left open rather than guessed.
//
// In: tasks as a journal has them. Out: a period report, as text, CSV, JSON or a page.
