/// What the arithmetic operators do with values; operands that do not fit are `noSuchOverload`.
enum Operators {
    /// An int beside a double as a double.
    static func promoted(_ values: [Value]) -> [Value] {
        guard values.count == 2 else { return values }
        switch (values[0], values[1]) {
        case (.double, .int(let number)): return [values[0], .double(Double(number))]
        case (.int(let number), .double): return [.double(Double(number)), values[1]]
        default: return values
        }
    }

    static func add(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.int(let a), .int(let b)): .int(try whole(a.addingReportingOverflow(b)))
        case (.uint(let a), .uint(let b)): .uint(try whole(a.addingReportingOverflow(b)))
        case (.double(let a), .double(let b)): .double(a + b)
        case (.string(let a), .string(let b)):
            .string(try bounded(a.utf8.count + b.utf8.count, a) + b)
        case (.bytes(let a), .bytes(let b)): .bytes(try bounded(a.count + b.count, a) + b)
        case (.list(let a), .list(let b)): .list(try bounded(a.count + b.count, a) + b)
        case (.timestamp(let a), .duration(let b)): .timestamp(try inRange(a.advanced(by: b)))
        case (.duration(let a), .timestamp(let b)): .timestamp(try inRange(b.advanced(by: a)))
        case (.duration(let a), .duration(let b)):
            .duration(try span(a.nanoseconds.addingReportingOverflow(b.nanoseconds)))
        default: throw mismatch("+", left, right)
        }
    }

    static func subtract(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.int(let a), .int(let b)): .int(try whole(a.subtractingReportingOverflow(b)))
        case (.uint(let a), .uint(let b)): .uint(try whole(a.subtractingReportingOverflow(b)))
        case (.double(let a), .double(let b)): .double(a - b)
        case (.timestamp(let a), .duration(let b)):
            .timestamp(try inRange(Self.negated(b).flatMap(a.advanced)))
        case (.timestamp(let a), .timestamp(let b)): .duration(try inRange(a.since(b)))
        case (.duration(let a), .duration(let b)):
            .duration(try span(a.nanoseconds.subtractingReportingOverflow(b.nanoseconds)))
        default: throw mismatch("-", left, right)
        }
    }

    static func multiply(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.int(let a), .int(let b)): .int(try whole(a.multipliedReportingOverflow(by: b)))
        case (.uint(let a), .uint(let b)): .uint(try whole(a.multipliedReportingOverflow(by: b)))
        case (.double(let a), .double(let b)): .double(a * b)
        default: throw mismatch("*", left, right)
        }
    }

    static func divide(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.int(let a), .int(let b)):
            .int(try whole(a.dividedReportingOverflow(by: try nonZero(b))))
        case (.uint(let a), .uint(let b)): .uint(a / (try nonZero(b)))
        case (.double(let a), .double(let b)): .double(a / b)
        default: throw mismatch("/", left, right)
        }
    }

    static func modulo(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.int(let a), .int(let b)):
            .int(try whole(a.remainderReportingOverflow(dividingBy: try nonZero(b))))
        case (.uint(let a), .uint(let b)): .uint(a % (try nonZero(b)))
        default: throw mismatch("%", left, right)
        }
    }

    static func negate(_ value: Value) throws(EvaluationError) -> Value {
        switch value {
        case .int(let a): return .int(try whole(Int64(0).subtractingReportingOverflow(a)))
        case .double(let a): return .double(-a)
        default: throw EvaluationError(.noSuchOverload, "no such overload: -\(value.type)")
        }
    }

    /// `<`, `<=`, `>`, `>=`: whether the order is one of the accepted ones.
    static func compare(
        _ left: Value, _ right: Value, _ accepted: [Value.Order]
    ) throws(EvaluationError) -> Value {
        guard let order = Value.order(left, right) else { throw mismatch("<", left, right) }
        return .bool(accepted.contains(order))
    }

    static func contains(_ element: Value, in range: Value) throws(EvaluationError) -> Value {
        switch range {
        case .list(let list): return .bool(list.contains { $0 == element })
        case .map(let map):
            guard let key = MapKey(element) else { return .bool(false) }
            return .bool(map[key] != nil)
        default: throw mismatch("in", element, range)
        }
    }

    static func index(_ operand: Value, _ key: Value) throws(EvaluationError) -> Value {
        switch operand {
        case .list(let list):
            guard let place = position(key) else {
                throw EvaluationError(.invalidArgument, "no list index: \(key.type)")
            }
            guard list.indices.contains(place) else {
                throw EvaluationError(.indexOutOfRange, "index out of range: \(place)")
            }
            return list[place]
        case .map(let map):
            guard let found = MapKey(key).flatMap({ map[$0] }) else {
                throw EvaluationError(.noSuchKey, "no such key: \(key)")
            }
            return found
        default: throw mismatch("[]", operand, key)
        }
    }

    /// A list's index: a whole number of any type.
    private static func position(_ key: Value) -> Int? {
        switch key {
        case .int(let index): Int(exactly: index)
        case .uint(let index): Int(exactly: index)
        case .double(let index): Int(exactly: index)
        default: nil
        }
    }

    // MARK: Refusals

    /// Bytes or elements a sum may have: doubling a text over and over ends here, not in memory.
    private static let sizeMax = 16 << 20

    private static func bounded<Part>(
        _ size: Int, _ part: Part
    ) throws(EvaluationError) -> Part {
        guard size <= sizeMax else { throw EvaluationError(.overflow, "value too large: \(size)") }
        return part
    }

    private static func whole<Number>(
        _ result: (partialValue: Number, overflow: Bool)
    ) throws(EvaluationError) -> Number {
        guard !result.overflow else { throw EvaluationError(.overflow, "integer overflow") }
        return result.partialValue
    }

    private static func nonZero<Number: FixedWidthInteger>(
        _ divisor: Number
    ) throws(EvaluationError) -> Number {
        guard divisor != 0 else { throw EvaluationError(.divisionByZero, "division by zero") }
        return divisor
    }

    private static func span(
        _ result: (partialValue: Int64, overflow: Bool)
    ) throws(EvaluationError) -> DurationValue {
        guard !result.overflow else { throw EvaluationError(.range, "duration out of range") }
        return DurationValue(nanoseconds: result.partialValue)
    }

    private static func negated(_ span: DurationValue) -> DurationValue? {
        span.nanoseconds == .min ? nil : DurationValue(nanoseconds: -span.nanoseconds)
    }

    private static func inRange<Moment>(_ moment: Moment?) throws(EvaluationError) -> Moment {
        guard let moment else { throw EvaluationError(.range, "time out of range") }
        return moment
    }

    static func mismatch(_ sign: String, _ left: Value, _ right: Value) -> EvaluationError {
        EvaluationError(
            .noSuchOverload, "no such overload: \(left.type.name) \(sign) \(right.type.name)")
    }
}
