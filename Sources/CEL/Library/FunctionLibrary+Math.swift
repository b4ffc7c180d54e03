extension FunctionLibrary {
    /// The math extension: `math.greatest`, `math.least`, rounding, signs, bits.
    public static let math = FunctionLibrary(
        "math", functions: [maximum, minimum] + rounding + tests + bits, macros: Macro.math)

    private static let numbers: [CELType] = [.int, .uint, .double]

    private static func failure(_ name: String) -> EvaluationError {
        EvaluationError(.noSuchOverload, "no such overload: \(name)")
    }

    // MARK: Greatest and least

    private static let maximum = extremum("math.@max", "math_@max", keeps: .greater)
    private static let minimum = extremum("math.@min", "math_@min", keeps: .less)

    private static func extremum(_ name: String, _ id: String, keeps: Value.Order) -> Function {
        let body: Overload.Body = { (arguments) throws(EvaluationError) in
            var values = arguments
            if case .list(let list) = arguments[0] { values = list }
            guard var best = values.first else {
                throw EvaluationError(.invalidArgument, "\(name) of an empty list")
            }
            for value in values {
                guard let order = Value.numericOrder(value, best) else { throw failure(name) }
                if order == keeps { best = value }
            }
            return best
        }
        var overloads: [Overload] = []
        for type in numbers {
            let suffix = type.name
            overloads.append(Overload("\(id)_\(suffix)", [type], type, body: body))
            overloads.append(Overload("\(id)_list_\(suffix)", [.list(type)], type, body: body))
            for other in numbers {
                overloads.append(
                    Overload(
                        "\(id)_\(suffix)_\(other.name)", [type, other],
                        type == other ? type : .dyn, body: body))
            }
        }
        return Function(name, all: overloads)
    }

    // MARK: Rounding and signs

    private static func real(
        _ name: String, _ id: String, _ result: CELType,
        _ body: @escaping @Sendable (Double) -> Value
    ) -> Function {
        Function(
            name,
            Overload(id, [.double], result) { (arguments) throws(EvaluationError) in
                guard case .double(let number) = arguments[0] else { throw failure(name) }
                return body(number)
            })
    }

    private static let rounding: [Function] = [
        real("math.ceil", "math_ceil_double", .double) { .double($0.rounded(.up)) },
        real("math.floor", "math_floor_double", .double) { .double($0.rounded(.down)) },
        real("math.round", "math_round_double", .double) {
            .double($0.rounded(.toNearestOrAwayFromZero))
        },
        real("math.trunc", "math_trunc_double", .double) { .double($0.rounded(.towardZero)) },
        number("math.abs", "math_abs") { (value) throws(EvaluationError) in
            switch value {
            case .int(let number):
                guard number != .min else { throw EvaluationError(.overflow, "integer overflow") }
                return .int(abs(number))
            case .double(let number): return .double(number.magnitude)
            default: return value
            }
        },
        number("math.sign", "math_sign") { value in
            switch value {
            case .int(let number): return .int(number.signum())
            case .uint(let number): return .uint(number == 0 ? 0 : 1)
            case .double(let number):
                return .double(number > 0 ? 1 : number < 0 ? -1 : number)
            default: return value
            }
        },
        squareRoot,
    ]

    private static func number(
        _ name: String, _ id: String,
        _ body: @escaping @Sendable (Value) throws(EvaluationError) -> Value
    ) -> Function {
        Function(
            name,
            all: numbers.map { type in
                Overload("\(id)_\(type.name)", [type], type) {
                    (arguments) throws(EvaluationError) in
                    try body(arguments[0])
                }
            })
    }

    private static let squareRoot = Function(
        "math.sqrt",
        all: numbers.map { type in
            Overload("math_sqrt_\(type.name)", [type], .double) {
                (arguments) throws(EvaluationError) in
                switch arguments[0] {
                case .int(let number): return .double(Double(number).squareRoot())
                case .uint(let number): return .double(Double(number).squareRoot())
                case .double(let number): return .double(number.squareRoot())
                default: throw failure("math.sqrt")
                }
            }
        })

    private static let tests: [Function] = [
        real("math.isNaN", "math_isNaN_double", .bool) { .bool($0.isNaN) },
        real("math.isInf", "math_isInf_double", .bool) { .bool($0.isInfinite) },
        real("math.isFinite", "math_isFinite_double", .bool) { .bool($0.isFinite) },
    ]

    // MARK: Bits

    private static let bits: [Function] = [
        pair("math.bitAnd", "math_bitAnd", { $0 & $1 }, { $0 & $1 }),
        pair("math.bitOr", "math_bitOr", { $0 | $1 }, { $0 | $1 }),
        pair("math.bitXor", "math_bitXor", { $0 ^ $1 }, { $0 ^ $1 }),
        Function(
            "math.bitNot",
            Overload("math_bitNot_int_int", [.int], .int) { (arguments) throws(EvaluationError) in
                guard case .int(let number) = arguments[0] else { throw failure("math.bitNot") }
                return .int(~number)
            },
            Overload("math_bitNot_uint_uint", [.uint], .uint) {
                (arguments) throws(EvaluationError) in
                guard case .uint(let number) = arguments[0] else { throw failure("math.bitNot") }
                return .uint(~number)
            }),
        shift("math.bitShiftLeft", "math_bitShiftLeft") { $0 << $1 },
        shift("math.bitShiftRight", "math_bitShiftRight") { $0 >> $1 },
    ]

    private static func pair(
        _ name: String, _ id: String, _ signed: @escaping @Sendable (Int64, Int64) -> Int64,
        _ unsigned: @escaping @Sendable (UInt64, UInt64) -> UInt64
    ) -> Function {
        let body: Overload.Body = { (arguments) throws(EvaluationError) in
            switch (arguments[0], arguments[1]) {
            case (.int(let a), .int(let b)): return .int(signed(a, b))
            case (.uint(let a), .uint(let b)): return .uint(unsigned(a, b))
            default: throw failure(name)
            }
        }
        return Function(
            name, Overload("\(id)_int_int", [.int, .int], .int, body: body),
            Overload("\(id)_uint_uint", [.uint, .uint], .uint, body: body))
    }

    /// Shifts move bits, never the sign; 64 places and more leave zero.
    private static func shift(
        _ name: String, _ id: String, _ move: @escaping @Sendable (UInt64, Int64) -> UInt64
    ) -> Function {
        let body: Overload.Body = { (arguments) throws(EvaluationError) in
            guard case .int(let places) = arguments[1] else { throw failure(name) }
            guard places >= 0 else {
                throw EvaluationError(.invalidArgument, "\(name): negative offset")
            }
            switch arguments[0] {
            case .int(let number):
                return .int(Int64(bitPattern: move(UInt64(bitPattern: number), places)))
            case .uint(let number): return .uint(move(number, places))
            default: throw failure(name)
            }
        }
        return Function(
            name, Overload("\(id)_int_int", [.int, .int], .int, body: body),
            Overload("\(id)_uint_int", [.uint, .int], .uint, body: body))
    }
}
