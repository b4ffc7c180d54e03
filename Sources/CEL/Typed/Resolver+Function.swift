// Functions by name.
extension Resolver {
    mutating func resolveFunction(_ call: Call) throws(Diagnostic) -> TypedNode {
        if call.target?.qualifiedName == "math" || call.function.hasPrefix("math.") {
            return try resolveMath(call)
        }
        switch (call.function, call.operands.count) {
        case ("startsWith", 2): return try resolveText(call, .startsWith)
        case ("endsWith", 2): return try resolveText(call, .endsWith)
        case ("contains", 2): return try resolveText(call, .contains)
        case ("matches", 2): return try resolveMatch(call)
        case ("size", 1): return try resolveSize(call)
        case ("int", 1):
            return try resolveConversion(call, .int, from: [.uint, .double, .timestamp])
        case ("uint", 1): return try resolveConversion(call, .uint, from: [.int, .double])
        case ("double", 1): return try resolveConversion(call, .double, from: [.int, .uint])
        case ("duration", 1), ("timestamp", 1): return try resolveTime(call)
        case ("orValue", 2), ("hasValue", 1), ("value", 1): return try resolveOptional(call)
        case (Operator.optionalSelect, _), (Operator.optionalIndex, _):
            throw unsupported(
                "an optional", at: call.expr,
                hint: "end it with .orValue(…) or .hasValue(), or compare it with optional.of(…)")
        case ("dyn", 1):
            let operand = try resolve(call.operands[0])
            return TypedNode(operand.kind, .dyn, at: operand.offset)
        default: return try resolveTimePart(call)
        }
    }

    private mutating func resolveText(
        _ call: Call, _ test: TypedNode.TextTest
    ) throws(Diagnostic) -> TypedNode {
        let text = try resolve(call.operands[0])
        let part = try resolve(call.operands[1])
        for node in [text, part] where node.type != .string && node.type != .dyn {
            throw mismatch(call.function, text.type, part.type, at: call.expr.offset)
        }
        return TypedNode(.text(test, text, part), .bool, at: call.expr.offset)
    }

    /// A pattern must be known at load, where it becomes a table.
    private mutating func resolveMatch(_ call: Call) throws(Diagnostic) -> TypedNode {
        let text = try resolve(call.operands[0])
        let pattern = try resolve(call.operands[1])
        for node in [text, pattern] where node.type != .string && node.type != .dyn {
            throw mismatch("matches", text.type, pattern.type, at: call.expr.offset)
        }
        guard case .string(let written)? = pattern.literal else {
            throw unsupported("a pattern not known at load", at: call.operands[1])
        }
        do throws(AutomatonBuilder.Refusal) {
            let words = try AutomatonBuilder.build(written)
            return TypedNode(.matches(text, words), .bool, at: call.expr.offset)
        } catch .syntax(let error) {
            throw refusal(.type, error.description, at: pattern.offset)
        } catch {
            throw unsupported(
                "a pattern of so many states", at: call.operands[1],
                hint: "shorten counted repetitions, or list letters in place of \\p{…}")
        }
    }

    private mutating func resolveSize(_ call: Call) throws(Diagnostic) -> TypedNode {
        let operand = call.operands[0]
        if case .comprehension(let fold) = operand.kind,
            let count = try resolveCount(fold, at: operand)
        {
            return count
        }
        let value = try resolve(operand)
        switch value.type {
        case .string, .list, .map, .dyn:
            return TypedNode(.size(value), .int, at: call.expr.offset)
        default: throw mismatch("size", value.type, at: call.expr.offset)
        }
    }

    private mutating func resolveConversion(
        _ call: Call, _ tag: SlotTag, from sources: [CELType]
    ) throws(Diagnostic) -> TypedNode {
        let operand = try resolve(call.operands[0])
        let type = CELType(tag)
        if operand.type == type { return operand }
        if operand.type == .string {
            throw unsupported("a number read from text", at: call.expr)
        }
        guard operand.type == .dyn || sources.contains(operand.type) else {
            throw mismatch(call.function, operand.type, at: call.expr.offset)
        }
        if let slot = operand.literal?.slot {
            let value = Conversion.value(slot, to: tag)
            if value.tag != .error {
                return TypedNode(
                    .constant(.scalar(value.tag, value.bits)), type, at: call.expr.offset)
            }
        }
        return TypedNode(.convert(operand, tag), type, at: call.expr.offset)
    }

    // MARK: Time

    /// A duration or timestamp written as text; also what is one already, and seconds as an int.
    private mutating func resolveTime(_ call: Call) throws(Diagnostic) -> TypedNode {
        let operand = try resolve(call.operands[0])
        let type = call.function == "duration" ? CELType.duration : .timestamp
        if operand.type == type { return operand }
        if case .string(let text)? = operand.literal {
            guard let literal = TypedLiteral(time: text, type) else {
                throw refusal(
                    .type, "'\(text)' is no \(call.function) that fits", at: operand.offset,
                    hint: type == .duration ? "such as '1h30m'" : "such as '2024-05-01T08:00:00Z'")
            }
            return TypedNode(.constant(literal), type, at: call.expr.offset)
        }
        guard type == .timestamp, operand.type == .int || operand.type == .dyn else {
            throw unsupported("a time read from text", at: call.expr)
        }
        return TypedNode(.convert(operand, .timestamp), type, at: call.expr.offset)
    }

    private static let timeParts: [String: TimePart] = [
        "getFullYear": .fullYear, "getMonth": .month, "getDate": .date,
        "getDayOfMonth": .dayOfMonth, "getDayOfWeek": .dayOfWeek, "getDayOfYear": .dayOfYear,
        "getHours": .hours, "getMinutes": .minutes, "getSeconds": .seconds,
        "getMilliseconds": .milliseconds,
    ]

    private mutating func resolveTimePart(_ call: Call) throws(Diagnostic) -> TypedNode {
        guard let part = Self.timeParts[call.function], let target = call.target else {
            throw unsupported("the function '\(call.function)'", at: call.expr)
        }
        let time = try resolve(target)
        let fitsDuration = part.isOfDurations && call.arguments.isEmpty
        guard [.timestamp, .dyn].contains(time.type) || time.type == .duration && fitsDuration
        else { throw mismatch(call.function, time.type, at: call.expr.offset) }
        let minutes = try minutesEast(call)
        return TypedNode(
            .timePart(part, time, minutesEast: minutes), .int, at: call.expr.offset)
    }

    /// A zone is an offset such as `+08:00`; zones by name change theirs and are left out.
    private mutating func minutesEast(_ call: Call) throws(Diagnostic) -> Int16 {
        guard let zone = call.arguments.first else { return 0 }
        guard case .string(let text)? = try resolve(zone).literal,
            let minutes = TimePart.minutesEast(text)
        else {
            throw unsupported("a time zone by name", at: zone, hint: "write it as '+08:00'")
        }
        return minutes
    }

    // MARK: Math

    private static let unary: [String: (Calculation, CELType?)] = [
        "bitNot": (.bitNot, nil), "abs": (.abs, nil), "sign": (.sign, nil),
        "ceil": (.ceil, .double), "floor": (.floor, .double), "round": (.round, .double),
        "trunc": (.trunc, .double), "sqrt": (.sqrt, .double), "isNaN": (.isNaN, .bool),
        "isInf": (.isInf, .bool), "isFinite": (.isFinite, .bool),
    ]
    private static let binary: [String: Calculation] = [
        "bitAnd": .bitAnd, "bitOr": .bitOr, "bitXor": .bitXor,
        "bitShiftLeft": .bitShiftLeft, "bitShiftRight": .bitShiftRight,
    ]

    private mutating func resolveMath(_ call: Call) throws(Diagnostic) -> TypedNode {
        let name = call.function.split(separator: ".").last.map(String.init) ?? call.function
        switch name {
        case "least", "@min": return try resolveChoice(call, .least)
        case "greatest", "@max": return try resolveChoice(call, .greatest)
        default: break
        }
        if let (calculation, type) = Self.unary[name], call.arguments.count == 1 {
            return try resolveUnary(call, calculation, type)
        }
        if let calculation = Self.binary[name], call.arguments.count == 2 {
            return try resolveBits(call, calculation)
        }
        throw unsupported("the function '\(name)'", at: call.expr)
    }

    private mutating func resolveUnary(
        _ call: Call, _ calculation: Calculation, _ result: CELType?
    ) throws(Diagnostic) -> TypedNode {
        var operand = try resolve(call.arguments[0])
        if result != nil { operand = promote(operand, beside: .double) }
        guard calculation.takes(operand.type) else {
            throw mismatch("math.\(calculation)", operand.type, at: call.expr.offset)
        }
        return TypedNode(
            .calculate(calculation, operand, nil), result ?? operand.type, at: call.expr.offset)
    }

    private mutating func resolveBits(
        _ call: Call, _ calculation: Calculation
    ) throws(Diagnostic) -> TypedNode {
        let (left, right) = try resolvePair(call.arguments[0], call.arguments[1])
        let rightType = calculation.isShift ? CELType.int : left.type
        guard [.int, .uint, .dyn].contains(left.type), right.type == rightType || right.type == .dyn
        else { throw mismatch("math.\(calculation)", left.type, right.type, at: call.expr.offset) }
        return TypedNode(
            .calculate(calculation, left, right), left.type, at: call.expr.offset)
    }

    /// `least` and `greatest` of any number of arguments, two at a time, or of a constant list.
    private mutating func resolveChoice(
        _ call: Call, _ calculation: Calculation
    ) throws(Diagnostic) -> TypedNode {
        var nodes: [TypedNode] = []
        for argument in call.arguments { nodes.append(try resolve(argument)) }
        if nodes.count == 1, case .list(let elements)? = nodes[0].literal {
            nodes = elements.map { TypedNode(.constant($0), $0.type, at: nodes[0].offset) }
        }
        if nodes.contains(where: { $0.type == .double }) {
            nodes = nodes.map { promote($0, beside: .double) }
        }
        guard var chosen = nodes.first, nodes.allSatisfy({ $0.type.isNumber || $0.type == .dyn })
        else { throw unsupported("the '\(calculation)' of these", at: call.expr) }
        for node in nodes.dropFirst() {
            let type = chosen.type.common(with: node.type) ?? .dyn
            chosen = TypedNode(.calculate(calculation, chosen, node), type, at: call.expr.offset)
        }
        return chosen
    }
}

extension Calculation {
    var isShift: Bool { self == .bitShiftLeft || self == .bitShiftRight }

    /// Whether the one operand may be of the type.
    func takes(_ type: CELType) -> Bool {
        switch self {
        case .bitNot: [.int, .uint, .dyn].contains(type)
        case .abs, .sign, .sqrt: type.isNumber || type == .dyn
        default: type == .double || type == .dyn
        }
    }
}

extension TimePart {
    var isOfDurations: Bool {
        switch self {
        case .hours, .minutes, .seconds, .milliseconds: true
        default: false
        }
    }

    /// The minutes of `UTC` or an offset such as `+08:00`; nil for other text.
    static func minutesEast(_ zone: String) -> Int16? {
        if zone == "UTC" || zone == "Z" { return 0 }
        let isWest = zone.hasPrefix("-")
        let digits = isWest || zone.hasPrefix("+") ? zone.dropFirst() : zone[...]
        let parts = digits.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 }), let hours = Int16(parts[0]),
            let minutes = Int16(parts[1]), 0..<24 ~= hours, 0..<60 ~= minutes
        else { return nil }
        return isWest ? -(hours * 60 + minutes) : hours * 60 + minutes
    }
}
