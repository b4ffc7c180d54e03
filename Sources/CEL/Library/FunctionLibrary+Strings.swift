extension FunctionLibrary {
    /// The strings extension: `charAt`, `indexOf`, `join`, `replace`, `split`, `format`, ….
    ///
    /// Positions count Unicode code points.
    public static let strings = FunctionLibrary("strings", functions: textParts + textChanges)

    /// What a member of a string gets: the string's code points and the other arguments.
    private typealias TextBody =
        @Sendable ([Unicode.Scalar], [Value]) throws(EvaluationError) -> Value

    private static func member(
        _ id: String, _ parameters: [CELType], _ result: CELType, _ body: @escaping TextBody
    ) -> Overload {
        Overload(id, [.string] + parameters, result, isMember: true) {
            (arguments) throws(EvaluationError) in
            try body(try scalars(arguments[0]), Array(arguments.dropFirst()))
        }
    }

    private static let textParts: [Function] = [
        Function(
            "charAt",
            member("string_char_at_int", [.int], .string) { (text, rest) throws(EvaluationError) in
                let index = try position(rest[0], in: text)
                return string(text[index..<min(index + 1, text.count)])
            }),
        Function(
            "indexOf",
            member("string_index_of_string", [.string], .int) {
                (text, rest) throws(EvaluationError) in
                .int(find(try scalars(rest[0]), in: text, from: 0))
            },
            member("string_index_of_string_int", [.string, .int], .int) {
                (text, rest) throws(EvaluationError) in
                .int(find(try scalars(rest[0]), in: text, from: try position(rest[1], in: text)))
            }),
        Function(
            "lastIndexOf",
            member("string_last_index_of_string", [.string], .int) {
                (text, rest) throws(EvaluationError) in
                .int(findLast(try scalars(rest[0]), in: text, from: text.count))
            },
            member("string_last_index_of_string_int", [.string, .int], .int) {
                (text, rest) throws(EvaluationError) in
                let start = try position(rest[1], in: text)
                return .int(findLast(try scalars(rest[0]), in: text, from: start))
            }),
        Function(
            "substring",
            member("string_substring_int", [.int], .string) {
                (text, rest) throws(EvaluationError) in
                string(text[try position(rest[0], in: text)...])
            },
            member("string_substring_int_int", [.int, .int], .string) {
                (text, rest) throws(EvaluationError) in
                let start = try position(rest[0], in: text)
                let end = try position(rest[1], in: text)
                guard start <= end else {
                    throw EvaluationError(
                        .indexOutOfRange, "invalid substring range: \(start), \(end)")
                }
                return string(text[start..<end])
            }),
    ]

    private static let textChanges: [Function] = [
        Function(
            "lowerAscii",
            member("string_lower_ascii", [], .string) { text, _ in
                string(text.map { ("A"..."Z").contains($0) ? shifted($0, by: 32) : $0 })
            }),
        Function(
            "upperAscii",
            member("string_upper_ascii", [], .string) { text, _ in
                string(text.map { ("a"..."z").contains($0) ? shifted($0, by: -32) : $0 })
            }),
        Function(
            "trim", member("string_trim", [], .string) { text, _ in string(trimmed(text)) }),
        Function(
            "reverse",
            member("string_reverse", [], .string) { text, _ in string(text.reversed()) }),
        Function(
            "replace",
            member("string_replace_string_string", [.string, .string], .string) {
                (text, rest) throws(EvaluationError) in
                string(replace(try scalars(rest[0]), try scalars(rest[1]), in: text, most: -1))
            },
            member("string_replace_string_string_int", [.string, .string, .int], .string) {
                (text, rest) throws(EvaluationError) in
                let most = try integer(rest[2])
                return string(
                    replace(try scalars(rest[0]), try scalars(rest[1]), in: text, most: most))
            }),
        Function(
            "split",
            member("string_split_string", [.string], .list(.string)) {
                (text, rest) throws(EvaluationError) in
                .list(split(text, by: try scalars(rest[0]), most: -1))
            },
            member("string_split_string_int", [.string, .int], .list(.string)) {
                (text, rest) throws(EvaluationError) in
                .list(split(text, by: try scalars(rest[0]), most: try integer(rest[1])))
            }),
        join,
        Function(
            "format",
            member("string_format", [.anyList], .string) { (text, rest) throws(EvaluationError) in
                guard case .list(let arguments) = rest[0] else { throw noText }
                var formatter = TextFormatter(text, arguments)
                return .string(try formatter.run())
            }),
        Function(
            "strings.quote",
            Overload("strings_quote", [.string], .string) {
                .string(StringQuoting.quoted($0[0].plainText))
            }),
    ]

    private static let join: Function = {
        let body: Overload.Body = { (arguments) throws(EvaluationError) in
            guard case .list(let list) = arguments[0] else { throw noText }
            var parts: [String] = []
            for element in list {
                guard case .string(let part) = element else { throw noText }
                parts.append(part)
            }
            let separator = arguments.count > 1 ? arguments[1].plainText : ""
            return .string(parts.joined(separator: separator))
        }
        return Function(
            "join", Overload("list_join", [.list(.string)], .string, isMember: true, body: body),
            Overload(
                "list_join_string", [.list(.string), .string], .string, isMember: true, body: body))
    }()

    // MARK: Parts of text

    private static let noText = EvaluationError(.noSuchOverload, "no such overload: not a text")

    private static func scalars(_ value: Value) throws(EvaluationError) -> [Unicode.Scalar] {
        guard case .string(let text) = value else { throw noText }
        return Array(text.unicodeScalars)
    }

    private static func integer(_ value: Value) throws(EvaluationError) -> Int {
        guard case .int(let number) = value else { throw noText }
        return Int(number)
    }

    private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> Value {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return .string(String(text))
    }

    private static func shifted(_ scalar: Unicode.Scalar, by distance: Int32) -> Unicode.Scalar {
        Unicode.Scalar(UInt8(Int32(scalar.value) + distance))
    }

    /// A position from 0 to the text's length.
    private static func position(
        _ value: Value, in text: [Unicode.Scalar]
    ) throws(EvaluationError) -> Int {
        let index = try integer(value)
        guard (0...text.count).contains(index) else {
            throw EvaluationError(.indexOutOfRange, "index out of range: \(index)")
        }
        return index
    }

    private static func holds(
        _ part: [Unicode.Scalar], at index: Int, of text: [Unicode.Scalar]
    ) -> Bool {
        index + part.count <= text.count
            && text[index..<index + part.count].elementsEqual(part)
    }

    private static func find(
        _ part: [Unicode.Scalar], in text: [Unicode.Scalar], from start: Int
    ) -> Int64 {
        var index = start
        while index + part.count <= text.count {
            if holds(part, at: index, of: text) { return Int64(index) }
            index += 1
        }
        return -1
    }

    private static func findLast(
        _ part: [Unicode.Scalar], in text: [Unicode.Scalar], from start: Int
    ) -> Int64 {
        var index = min(start, text.count - part.count)
        while index >= 0 {
            if holds(part, at: index, of: text) { return Int64(index) }
            index -= 1
        }
        return -1
    }

    private static func trimmed(_ text: [Unicode.Scalar]) -> ArraySlice<Unicode.Scalar> {
        let front = text.prefix(while: \.properties.isWhitespace).count
        let back = text[front...].reversed().prefix(while: \.properties.isWhitespace).count
        return text[front..<text.count - back]
    }

    /// Replaces the first `most` occurrences, all for a negative number.
    private static func replace(
        _ old: [Unicode.Scalar], _ new: [Unicode.Scalar], in text: [Unicode.Scalar], most: Int
    ) -> [Unicode.Scalar] {
        var output: [Unicode.Scalar] = []
        var index = 0
        var left = most
        while index <= text.count {
            if left != 0, holds(old, at: index, of: text) {
                output += new
                left -= 1
                index += old.count
                guard old.isEmpty else { continue }
            }
            if index < text.count { output.append(text[index]) }
            index += 1
        }
        return output
    }

    private static func split(
        _ text: [Unicode.Scalar], by separator: [Unicode.Scalar], most: Int
    ) -> [Value] {
        guard most != 0 else { return [] }
        var parts: [Value] = []
        var start = 0
        while parts.count != most - 1 {
            if separator.isEmpty {
                guard start + 1 < text.count else { break }
                parts.append(string(text[start..<start + 1]))
                start += 1
                continue
            }
            let found = Int(find(separator, in: text, from: start))
            guard found >= 0 else { break }
            parts.append(string(text[start..<found]))
            start = found + separator.count
        }
        if !separator.isEmpty || start < text.count { parts.append(string(text[start...])) }
        return parts
    }
}
