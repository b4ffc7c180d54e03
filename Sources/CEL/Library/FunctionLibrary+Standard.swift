extension FunctionLibrary {
    /// The standard functions and macros of the specification.
    public static let standard = FunctionLibrary(
        "standard", functions: operators + conversions + textFunctions + timeFunctions,
        macros: Macro.standard)

    /// The operators, for checking; the evaluator knows what they do.
    private static let operators: [Function] =
        [
            Function(Operator.conditional, Overload("conditional", [.bool, .a, .a], .a)),
            Function(Operator.logicalAnd, Overload("logical_and", [.bool, .bool], .bool)),
            Function(Operator.logicalOr, Overload("logical_or", [.bool, .bool], .bool)),
            Function(Operator.logicalNot, Overload("logical_not", [.bool], .bool)),
            Function(
                Operator.notStrictlyFalse, Overload("not_strictly_false", [.bool], .bool)),
            Function(Operator.equals, Overload("equals", [.a, .a], .bool)),
            Function(Operator.notEquals, Overload("not_equals", [.a, .a], .bool)),
            Function(
                Operator.in, Overload("in_list", [.a, .list(.a)], .bool),
                Overload("in_map", [.a, .map(.a, .b)], .bool)),
            Function(
                Operator.index, Overload("index_list", [.list(.a), .int], .a),
                Overload("index_map", [.map(.a, .b), .a], .b)),
            Function(
                Operator.negate, Overload("negate_int64", [.int], .int),
                Overload("negate_double", [.double], .double)),
            arithmetic(Operator.multiply, "multiply", [.int, .uint, .double]),
            arithmetic(Operator.divide, "divide", [.int, .uint, .double]),
            arithmetic(Operator.modulo, "modulo", [.int, .uint]),
            add, subtract,
        ] + comparisons

    private static let add = Function(
        Operator.add,
        all: arithmetic(
            Operator.add, "add", [.int, .uint, .double, .string, .bytes, .list(.a)]
        ).overloads + [
            Overload("add_timestamp_duration", [.timestamp, .duration], .timestamp),
            Overload("add_duration_timestamp", [.duration, .timestamp], .timestamp),
            Overload("add_duration_duration", [.duration, .duration], .duration),
        ])

    private static let subtract = Function(
        Operator.subtract,
        all: arithmetic(Operator.subtract, "subtract", [.int, .uint, .double]).overloads + [
            Overload("subtract_timestamp_timestamp", [.timestamp, .timestamp], .duration),
            Overload("subtract_timestamp_duration", [.timestamp, .duration], .timestamp),
            Overload("subtract_duration_duration", [.duration, .duration], .duration),
        ])

    private static func arithmetic(
        _ name: String, _ prefix: String, _ types: [CELType]
    ) -> Function {
        Function(
            name, all: types.map { Overload("\(prefix)_\($0.overloadName)", [$0, $0], $0) })
    }

    private static let comparisons: [Function] = [
        comparison(Operator.less, "less"), comparison(Operator.lessEquals, "less_equals"),
        comparison(Operator.greater, "greater"),
        comparison(Operator.greaterEquals, "greater_equals"),
    ]

    private static func comparison(_ name: String, _ prefix: String) -> Function {
        let types: [CELType] = [
            .int, .uint, .double, .string, .bytes, .bool, .timestamp, .duration,
        ]
        return Function(
            name, all: types.map { Overload("\(prefix)_\($0.overloadName)", [$0, $0], .bool) })
    }
}

extension CELType {
    /// The type's part in an overload's id.
    var overloadName: String {
        switch self {
        case .int: "int64"
        case .uint: "uint64"
        case .timestamp: "timestamp"
        case .duration: "duration"
        case .wrapper(let inner): inner.overloadName
        default: name
        }
    }
}
