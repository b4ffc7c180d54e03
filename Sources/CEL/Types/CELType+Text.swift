extension CELType {
    /// Reads a type as it is written: `map(string, list(int))`, `<T>`, `net.IP`,
    /// `google.protobuf.Timestamp`. Unknown names with a dot are messages, others opaque.
    public init?(_ text: String) {
        var scanner = TypeScanner(text)
        guard let type = scanner.type(), scanner.isAtEnd else { return nil }
        self = type
    }

    fileprivate init?(name: String, _ parameters: [CELType]) {
        switch (name, parameters.count) {
        case ("list", 1): self = .list(parameters[0])
        case ("map", 2): self = .map(parameters[0], parameters[1])
        case ("type", 1): self = .type(parameters[0])
        case ("wrapper", 1): self = .wrapper(parameters[0])
        case (_, 0): self.init(simpleName: name)
        default: self = .opaque(name, parameters)
        }
    }

    private init?(simpleName name: String) {
        if let simple = Self.simpleNames[name] {
            self = simple
        } else if let known = WellKnownType(name) {
            self = known.type
        } else if name.hasPrefix("net.") || !name.utf8.contains(UInt8(ascii: ".")) {
            self = .opaque(name, [])
        } else {
            self = .message(name)
        }
    }

    private static let simpleNames: [String: CELType] = [
        "null_type": .null, "bool": .bool, "int": .int, "uint": .uint, "double": .double,
        "string": .string, "bytes": .bytes, "dyn": .dyn, "any": .dyn, "timestamp": .timestamp,
        "duration": .duration, "list": .anyList, "map": .anyMap, "type": .type(.dyn),
    ]
}

/// Reads a written type.
private struct TypeScanner {
    private let bytes: [UInt8]
    private var offset = 0
    private var nesting = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { offset == bytes.count }

    mutating func type() -> CELType? {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting < 64 else { return nil }
        if take("<") {
            guard let name = name(), take(">") else { return nil }
            return .parameter(name)
        }
        guard let name = name() else { return nil }
        var parameters: [CELType] = []
        if take("(") {
            repeat {
                guard let parameter = type() else { return nil }
                parameters.append(parameter)
            } while take(",")
            guard take(")") else { return nil }
        }
        return CELType(name: name, parameters)
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        while offset < bytes.count, bytes[offset] == UInt8(ascii: " ") { offset += 1 }
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private mutating func name() -> String? {
        while offset < bytes.count, bytes[offset] == UInt8(ascii: " ") { offset += 1 }
        let start = offset
        while offset < bytes.count,
            Ascii.isWord(bytes[offset]) || bytes[offset] == UInt8(ascii: ".")
        {
            offset += 1
        }
        return offset > start ? String(decoding: bytes[start..<offset], as: UTF8.self) : nil
    }
}
