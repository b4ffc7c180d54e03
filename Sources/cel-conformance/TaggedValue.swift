import CEL
import Foundation

/// Reads and compares the tagged values of the cases.
struct TaggedValue {
    let pool: DescriptorPool

    func read(_ json: Any) throws -> Value {
        let object = try JsonObject(json)
        guard let tag = object.keys.first, let body = object[tag] else {
            throw Unreadable("an empty value")
        }
        switch tag {
        case "list": return .list(try list(body).map(read))
        case "map": return .map(try map(body))
        case "object": return try message(JsonObject(body))
        case "timestamp":
            let moment = try JsonObject(body)
            guard let seconds = Int64(try moment.string("seconds")) else { break }
            return .timestamp(
                TimestampValue(seconds: seconds, nanoseconds: Int32(try moment.int("nanos"))))
        case "duration":
            let span = try JsonObject(body)
            guard let seconds = Int64(try span.string("seconds")),
                let span = DurationValue(
                    seconds: seconds, nanoseconds: Int64(try span.int("nanos")))
            else { break }
            return .duration(span)
        case "enum":
            let constant = try JsonObject(body)
            return .enumeration(try constant.string("type"), Int32(try constant.int("value")))
        default:
            if let value = try scalar(tag, body) { return value }
        }
        throw Unreadable("no value: \(tag)")
    }

    private func scalar(_ tag: String, _ body: Any) throws -> Value? {
        if tag == "null" { return .null }
        if tag == "bool" { return (body as? Bool).map(Value.bool) }
        guard let text = body as? String else { return nil }
        switch tag {
        case "int": return Int64(text).map(Value.int)
        case "uint": return UInt64(text).map(Value.uint)
        case "double": return Self.double(text).map(Value.double)
        case "string": return .string(text)
        case "bytes": return Data(base64Encoded: text).map { .bytes(Array($0)) }
        case "type": return typeValue(text)
        default: return nil
        }
    }

    private func typeValue(_ name: String) -> Value? {
        if pool.enumConstants(name) != nil { return .type(.enumeration(name)) }
        return CELType(name).map(Value.type)
    }

    private static func double(_ text: String) -> Double? {
        switch text {
        case "NaN": .nan
        case "Infinity": .infinity
        case "-Infinity": -.infinity
        default: Double(text)
        }
    }

    private func list(_ body: Any) throws -> [Any] {
        guard let list = body as? [Any] else { throw Unreadable("no list") }
        return list
    }

    private func map(_ body: Any) throws -> MapValue {
        var map = MapValue()
        for entry in try list(body) {
            let pair = try list(entry)
            guard pair.count == 2, let key = MapKey(try read(pair[0])),
                map.insert(key, try read(pair[1]))
            else { throw Unreadable("no map entry") }
        }
        return map
    }

    private func message(_ body: JsonObject) throws -> Value {
        guard let bytes = Data(base64Encoded: try body.string("pb")) else {
            throw Unreadable("a message without bytes")
        }
        return try pool.decode(try body.string("type"), Array(bytes))
    }

    // MARK: Comparison

    /// Equality that also tells types apart, finds NaN equal to itself and 0.0 unlike -0.0.
    static func isSame(_ left: Value, _ right: Value) -> Bool {
        if case .double(let a) = left, case .double(let b) = right, a.sign != b.sign {
            return a.isNaN && b.isNaN
        }
        return isAlike(left, right)
    }

    /// Inside of aggregates and messages the sign of a zero does not count.
    private static func isAlike(_ left: Value, _ right: Value) -> Bool {
        switch (left, right) {
        case (.double(let a), .double(let b)): return a == b || a.isNaN && b.isNaN
        case (.type(let a), .type(let b)): return a.name == b.name
        case (.list(let a), .list(let b)):
            return a.count == b.count && zip(a, b).allSatisfy(isAlike)
        case (.map(let a), .map(let b)):
            return a.count == b.count
                && a.keys.allSatisfy { key in
                    guard let x = a[key], let y = b[key] else { return false }
                    return isAlike(x, y)
                }
        case (.message(let a), .message(let b)):
            return a.descriptor.name == b.descriptor.name && a.fields.count == b.fields.count
                && a.fields.allSatisfy { number, value in
                    b.fields[number].map { isAlike(value, $0) } ?? false
                }
        default: return left.type == right.type && left == right
        }
    }
}
