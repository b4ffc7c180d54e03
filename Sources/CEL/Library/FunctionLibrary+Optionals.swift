extension FunctionLibrary {
    /// Optional values: `optional.of`, `a.?b`, `list[?0]`, `orValue`, `optMap`, ….
    public static let optionals = FunctionLibrary(
        "optionals", functions: makers + readers + indexes + listEnds, macros: Macro.optionals)

    private static let optionalA = CELType.optional(.a)

    private static let makers: [Function] = [
        Function(
            "optional.of", Overload("optional_of", [.a], optionalA) { .optional($0[0]) }),
        Function(
            "optional.none", Overload("optional_none", [], optionalA) { _ in .optional(nil) }),
        Function(
            "optional.ofNonZeroValue",
            Overload("optional_ofNonZeroValue", [.a], optionalA) {
                .optional($0[0].isZero ? nil : $0[0])
            }),
        Function(
            "optional.unwrap",
            Overload("optional_unwrap", [.list(optionalA)], .list(.a)) { .list($0[0].unwrapped) }),
        Function(
            "unwrapOpt",
            Overload("optional_unwrapOpt", [.list(optionalA)], .list(.a), isMember: true) {
                .list($0[0].unwrapped)
            }),
    ]

    private static let readers: [Function] = [
        Function(
            "hasValue",
            Overload("optional_hasValue", [optionalA], .bool, isMember: true) {
                .bool($0[0].held != nil)
            }),
        Function(
            "value",
            Overload("optional_value", [optionalA], .a, isMember: true) {
                (arguments) throws(EvaluationError) in
                guard let held = arguments[0].held else {
                    throw EvaluationError(.invalidArgument, "optional.none() dereference")
                }
                return held
            }),
        Function(
            "or",
            Overload("optional_or_optional", [optionalA, optionalA], optionalA, isMember: true) {
                $0[0].held == nil ? $0[1] : $0[0]
            }),
        Function(
            "orValue",
            Overload("optional_orValue_value", [optionalA, .a], .a, isMember: true) {
                $0[0].held ?? $0[1]
            }),
    ]

    /// For checking; the evaluator indexes by itself.
    private static let indexes: [Function] = [
        Function(
            Operator.index,
            Overload("optional_list_index_int", [.optional(.list(.a)), .int], optionalA),
            Overload("optional_map_index_value", [.optional(.map(.a, .b)), .a], .optional(.b))),
        Function(
            Operator.optionalIndex,
            Overload("list_optindex_optional_int", [.list(.a), .int], optionalA),
            Overload(
                "optional_list_optindex_optional_int", [.optional(.list(.a)), .int], optionalA),
            Overload("map_optindex_optional_value", [.map(.a, .b), .a], .optional(.b)),
            Overload(
                "optional_map_optindex_optional_value", [.optional(.map(.a, .b)), .a],
                .optional(.b))),
    ]

    private static let listEnds: [Function] = [
        Function(
            "first",
            Overload("list_first", [.list(.a)], optionalA, isMember: true) {
                .optional($0[0].elements.first)
            }),
        Function(
            "last",
            Overload("list_last", [.list(.a)], optionalA, isMember: true) {
                .optional($0[0].elements.last)
            }),
    ]
}

extension Value {
    /// What an optional holds.
    fileprivate var held: Value? {
        if case .optional(let inner) = self { inner } else { nil }
    }

    /// The elements of a list; nothing for anything else.
    var elements: [Value] {
        if case .list(let list) = self { list } else { [] }
    }

    /// What the optionals of a list hold.
    fileprivate var unwrapped: [Value] { elements.compactMap(\.held) }
}
