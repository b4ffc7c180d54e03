extension FunctionLibrary {
    /// `int()`, `string()`, `type()`, `dyn()` and the other conversions.
    static let conversions: [Function] = [
        Function("type", Overload("type", [.a], .type(.a)) { .type($0[0].type) }),
        Function("dyn", Overload("to_dyn", [.a], .dyn) { $0[0] }),
        toInt, toUint, toDouble, toBool, toText, toBytes, toTimestamp, toDuration,
    ]

    /// An overload with one parameter and a failing conversion behind it.
    private static func conversion(
        _ id: String, _ from: CELType, _ to: CELType,
        _ convert: @escaping @Sendable (Value) -> Value?
    ) -> Overload {
        Overload(id, [from], to) { (arguments) throws(EvaluationError) in
            guard let value = convert(arguments[0]) else {
                let code: EvaluationError.Code = from == .string ? .conversion : .range
                throw EvaluationError(code, "no \(to) can be made of \(arguments[0])")
            }
            return value
        }
    }

    private static let toInt = Function(
        "int", conversion("int64_to_int64", .int, .int) { $0 },
        conversion("uint64_to_int64", .uint, .int) {
            if case .uint(let value) = $0 { Int64(exactly: value).map(Value.int) } else { nil }
        },
        conversion("double_to_int64", .double, .int) {
            guard case .double(let value) = $0, value > -0x1p63, value < 0x1p63 else { return nil }
            return .int(Int64(value))
        },
        conversion("string_to_int64", .string, .int) {
            guard case .string(let text) = $0, Number.isPlain(text) else { return nil }
            return Int64(text).map(Value.int)
        },
        conversion("timestamp_to_int64", .timestamp, .int) {
            if case .timestamp(let value) = $0 { .int(value.seconds) } else { nil }
        },
        conversion("enum_to_int64", .anyEnumeration, .int) {
            if case .enumeration(_, let number) = $0 { .int(Int64(number)) } else { nil }
        },
        conversion("duration_to_int64", .duration, .int) {
            if case .duration(let value) = $0 { .int(value.nanoseconds) } else { nil }
        })

    private static let toUint = Function(
        "uint", conversion("uint64_to_uint64", .uint, .uint) { $0 },
        conversion("int64_to_uint64", .int, .uint) {
            if case .int(let value) = $0 { UInt64(exactly: value).map(Value.uint) } else { nil }
        },
        conversion("double_to_uint64", .double, .uint) {
            guard case .double(let value) = $0, value > -1, value < 0x1p64 else { return nil }
            return value < 0 ? nil : .uint(UInt64(value))
        },
        conversion("string_to_uint64", .string, .uint) {
            guard case .string(let text) = $0, Number.isPlain(text) else { return nil }
            return UInt64(text).map(Value.uint)
        })

    private static let toDouble = Function(
        "double", conversion("double_to_double", .double, .double) { $0 },
        conversion("int64_to_double", .int, .double) {
            if case .int(let value) = $0 { .double(Double(value)) } else { nil }
        },
        conversion("uint64_to_double", .uint, .double) {
            if case .uint(let value) = $0 { .double(Double(value)) } else { nil }
        },
        conversion("string_to_double", .string, .double) {
            if case .string(let text) = $0 { Number.double(text).map(Value.double) } else { nil }
        })

    private static let toBool = Function(
        "bool", conversion("bool_to_bool", .bool, .bool) { $0 },
        conversion("string_to_bool", .string, .bool) {
            guard case .string(let text) = $0 else { return nil }
            switch text {
            case "1", "t", "T", "true", "TRUE", "True": return .bool(true)
            case "0", "f", "F", "false", "FALSE", "False": return .bool(false)
            default: return nil
            }
        })

    private static let toText = Function(
        "string",
        all: ([.string, .bool, .int, .uint, .double, .timestamp, .duration] as [CELType]).map {
            conversion("\($0.overloadName)_to_string", $0, .string) { .string($0.plainText) }
        } + [
            conversion("bytes_to_string", .bytes, .string) {
                guard case .bytes(let bytes) = $0 else { return nil }
                return String(validating: bytes, as: UTF8.self).map(Value.string)
            }
        ])

    private static let toBytes = Function(
        "bytes", conversion("bytes_to_bytes", .bytes, .bytes) { $0 },
        conversion("string_to_bytes", .string, .bytes) {
            if case .string(let text) = $0 { .bytes(Array(text.utf8)) } else { nil }
        })

    private static let toTimestamp = Function(
        "timestamp", conversion("timestamp_to_timestamp", .timestamp, .timestamp) { $0 },
        conversion("string_to_timestamp", .string, .timestamp) {
            if case .string(let text) = $0 {
                TimestampValue(text).map(Value.timestamp)
            } else {
                nil
            }
        },
        conversion("int64_to_timestamp", .int, .timestamp) {
            guard case .int(let seconds) = $0 else { return nil }
            return TimestampValue(seconds: seconds, carrying: 0).map(Value.timestamp)
        })

    private static let toDuration = Function(
        "duration", conversion("duration_to_duration", .duration, .duration) { $0 },
        conversion("string_to_duration", .string, .duration) {
            if case .string(let text) = $0 { DurationValue(text).map(Value.duration) } else { nil }
        },
        conversion("int64_to_duration", .int, .duration) {
            guard case .int(let seconds) = $0 else { return nil }
            return .duration(DurationValue(nanoseconds: seconds))
        })
}

/// Reads numbers written as text.
enum Number {
    /// Digits with at most a sign in front.
    static func isPlain(_ text: String) -> Bool {
        let bytes = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        return !bytes.isEmpty && bytes.allSatisfy(Ascii.isDigit)
    }

    static func double(_ text: String) -> Double? {
        switch text {
        case "NaN", "nan": return .nan
        case "Infinity", "+Infinity", "Inf", "+Inf", "inf", "+inf": return .infinity
        case "-Infinity", "-Inf", "-inf": return -.infinity
        default:
            let isNumber = text.utf8.allSatisfy { byte in
                Ascii.isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
                    || byte == UInt8(ascii: "+") || byte | 0x20 == UInt8(ascii: "e")
            }
            return isNumber ? Double(text) : nil
        }
    }
}
