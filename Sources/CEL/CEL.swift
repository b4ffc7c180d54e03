// The Common Expression Language: parse, check, evaluate.
//
// In: the text of an expression and an `Environment` (variables, functions, message types).
// Out: a `CheckedExpression` (tree, types, references) and, through a `Program`, `Value`s.
// Refused, with a `Diagnostic` that names line, column and a remedy: text outside the grammar,
// trees deeper or larger than the limits, names nobody declared, operands no overload accepts.
// A program has no clock, no randomness and no input or output; it always ends, and
// comprehension iterations can be capped.
// The module depends on nothing but the standard library and the C library.
