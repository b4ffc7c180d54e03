/// Values as the messages `Value`, `Struct`, `ListValue` and `Any` hold them.
enum Json {
    /// Integers beyond this need more digits than a double has and become text.
    private static let exactMax: Int64 = 1 << 53

    /// What `google.protobuf.Value` makes of a value: numbers are doubles, bytes are base64.
    static func value(_ value: Value) throws(EvaluationError) -> Value {
        switch value {
        case .null, .bool, .double, .string: return value
        case .int(let number):
            let isExact = number > -exactMax && number < exactMax
            return isExact ? .double(Double(number)) : .string(String(number))
        case .uint(let number):
            return number < UInt64(exactMax) ? .double(Double(number)) : .string(String(number))
        case .bytes(let bytes): return .string(Base64.encode(bytes))
        case .timestamp, .duration: return .string(value.plainText)
        case .list(let list):
            var converted: [Value] = []
            for element in list { converted.append(try self.value(element)) }
            return .list(converted)
        case .map(let map): return .map(try object(map))
        case .message(let message): return try plain(message)
        case .enumeration(_, let number): return .double(Double(number))
        default: throw EvaluationError(.conversion, "\(value.type) has no JSON form")
        }
    }

    private static func object(_ map: MapValue) throws(EvaluationError) -> MapValue {
        var converted = MapValue()
        for key in map.keys {
            guard case .string = key.value else {
                throw EvaluationError(.conversion, "a JSON object's keys are texts: \(key.value)")
            }
            _ = converted.insert(key, try value(map[key] ?? .null))
        }
        return converted
    }

    private static func plain(_ message: MessageValue) throws(EvaluationError) -> Value {
        if message.descriptor.name == "google.protobuf.FieldMask" {
            guard case .list(let paths) = message.fields[1] else { return .string("") }
            return .string(paths.map { camelCased($0.plainText) }.joined(separator: ","))
        }
        var object = MapValue()
        for (name, field) in message.descriptor.fields.sorted(by: {
            $0.value.number < $1.value.number
        }) {
            guard let set = message.fields[field.number] else { continue }
            _ = object.insert(MapKey(camelCased(name)), try value(set))
        }
        return .map(object)
    }

    /// `snake_case` as JSON spells it.
    private static func camelCased(_ name: String) -> String {
        var result = ""
        var isNext = false
        for character in name {
            if character == "_" {
                isNext = true
            } else {
                result += isNext ? character.uppercased() : String(character)
                isNext = false
            }
        }
        return result
    }

    /// What an `Any` gives back: aggregates are packed as JSON, everything else as itself.
    static func packed(_ value: Value) throws(EvaluationError) -> Value {
        switch value {
        case .list, .map: return try self.value(value)
        case .type, .optional, .opaque:
            throw EvaluationError(.conversion, "\(value.type) does not fit into an Any")
        default: return value
        }
    }
}

/// Base 64 with padding.
enum Base64 {
    private static let digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            var group: UInt32 = 0
            for index in start..<start + 3 {
                group = group << 8 | (index < bytes.count ? UInt32(bytes[index]) : 0)
            }
            let count = min(3, bytes.count - start)
            for place in 0..<4 {
                let digit = digits[Int(group >> UInt32(18 - 6 * place) & 63)]
                output.append(place <= count ? digit : UInt8(ascii: "="))
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// nil for text that is no base 64; padding may be missing.
    static func decode(_ text: String) -> [UInt8]? {
        let body = text.utf8.reversed().drop { $0 == UInt8(ascii: "=") }.reversed()
        guard text.utf8.count - body.count <= 2, body.count % 4 != 1 else { return nil }
        var output: [UInt8] = []
        var group: UInt32 = 0
        var bits = 0
        for byte in body {
            guard let digit = digits.firstIndex(of: byte) else { return nil }
            group = group << 6 | UInt32(digit)
            bits += 6
            guard bits >= 8 else { continue }
            bits -= 8
            output.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
        }
        return output
    }
}
