extension FunctionLibrary {
    /// `size`, `contains`, `startsWith`, `endsWith`, `matches`.
    static let textFunctions: [Function] = [
        size, test("contains", "contains_string") { $0.contains($1) },
        test("startsWith", "starts_with_string") { $0.starts(with: $1) },
        test("endsWith", "ends_with_string") { $0.reversed().starts(with: $1.reversed()) },
        matches,
    ]

    private static let size: Function = {
        let sized: [(CELType, String)] = [
            (.string, "string"), (.bytes, "bytes"), (.list(.a), "list"), (.map(.a, .b), "map"),
        ]
        let body: Overload.Body = { (arguments) throws(EvaluationError) in
            .int(Int64(arguments[0].size))
        }
        return Function(
            "size",
            all: sized.map { Overload("size_\($0.1)", [$0.0], .int, body: body) }
                + sized.map { Overload("\($0.1)_size", [$0.0], .int, isMember: true, body: body) })
    }()

    private static func test(
        _ name: String, _ id: String,
        _ holds: @escaping @Sendable ([UInt8], [UInt8]) -> Bool
    ) -> Function {
        Function(
            name,
            Overload(id, [.string, .string], .bool, isMember: true) {
                (arguments) throws(EvaluationError) in
                guard case .string(let text) = arguments[0], case .string(let part) = arguments[1]
                else { throw EvaluationError(.noSuchOverload, "no such overload: \(name)") }
                return .bool(holds(Array(text.utf8), Array(part.utf8)))
            })
    }

    private static let matches: Function = {
        let body: Overload.Body = { (arguments) throws(EvaluationError) in
            guard case .string(let text) = arguments[0], case .string(let pattern) = arguments[1]
            else { throw EvaluationError(.noSuchOverload, "no such overload: matches") }
            do throws(RegexError) {
                return .bool(try Regex(pattern).matches(Array(text.utf8)))
            } catch {
                throw EvaluationError(.invalidArgument, error.description)
            }
        }
        return Function(
            "matches", Overload("matches", [.string, .string], .bool, body: body),
            Overload("matches_string", [.string, .string], .bool, isMember: true, body: body))
    }()
}

extension Value {
    /// What `size` says: code points, bytes, elements or entries.
    fileprivate var size: Int {
        switch self {
        case .string(let text): text.unicodeScalars.count
        case .bytes(let bytes): bytes.count
        case .list(let list): list.count
        case .map(let map): map.count
        default: 0
        }
    }
}

extension [UInt8] {
    /// Whether the bytes of `part` stand somewhere inside.
    func contains(_ part: [UInt8]) -> Bool { firstIndex(of: part, from: 0) != nil }

    /// Where `part` first stands, at or after `start`.
    func firstIndex(of part: [UInt8], from start: Int) -> Int? {
        guard part.count <= count else { return nil }
        var index = start
        while index + part.count <= count {
            if self[index..<index + part.count].elementsEqual(part) { return index }
            index += 1
        }
        return nil
    }
}
