/// Reads the members of an object, each at most once, and tells which were not asked for.
struct FieldReader {
    private let node: JSONNode
    /// Where the object stands, as a JSON pointer; empty for the whole message.
    private let path: String
    private var asked: Set<String> = []

    /// **Fails**: `badSchema` when it is no object.
    init(_ node: JSONNode, at path: String = "") throws(DeskRefusal) {
        guard case .object = node else {
            throw DeskRefusal(.badSchema, at: path.isEmpty ? nil : path, "an object is wanted")
        }
        (self.node, self.path) = (node, path)
    }

    /// The paths of the members that nobody asked for.
    var dropped: [String] {
        guard case .object(let members) = node else { return [] }
        return members.map(\.name).filter { !asked.contains($0) }.map { "\(path)/\($0)" }
    }

    func refusal(
        _ code: DeskRefusal.Code, _ name: String, _ detail: String
    ) -> DeskRefusal {
        DeskRefusal(code, at: "\(path)/\(name)", detail)
    }

    mutating func node(_ name: String) -> JSONNode? {
        asked.insert(name)
        return node[name]
    }

    mutating func required(_ name: String) throws(DeskRefusal) -> JSONNode {
        guard let value = node(name) else {
            throw refusal(.missingField, name, "\(name) is required")
        }
        return value
    }

    mutating func object(_ name: String) throws(DeskRefusal) -> FieldReader {
        try FieldReader(try required(name), at: "\(path)/\(name)")
    }

    mutating func text(_ name: String) throws(DeskRefusal) -> String? {
        guard let value = node(name) else { return nil }
        guard case .text(let text) = value else {
            throw refusal(.badSchema, name, "a text is wanted, not \(value.kind)")
        }
        return text
    }

    mutating func requiredText(_ name: String) throws(DeskRefusal) -> String {
        guard let text = try text(name) else {
            throw refusal(.missingField, name, "\(name) is required")
        }
        return text
    }

    mutating func texts(_ name: String, atMost: Int) throws(DeskRefusal) -> [String] {
        guard let value = node(name) else { return [] }
        guard case .list(let nodes) = value else {
            throw refusal(.badSchema, name, "a list of texts is wanted, not \(value.kind)")
        }
        guard nodes.count <= atMost else {
            throw refusal(.badValue, name, "\(nodes.count) are too many: at most \(atMost)")
        }
        var texts: [String] = []
        for node in nodes {
            guard case .text(let text) = node else {
                throw refusal(.badSchema, name, "texts are wanted, not \(node.kind)")
            }
            texts.append(text)
        }
        return texts
    }

    mutating func flag(_ name: String) throws(DeskRefusal) -> Bool {
        guard let value = node(name) else { return false }
        guard case .bool(let flag) = value else {
            throw refusal(.badSchema, name, "true or false is wanted, not \(value.kind)")
        }
        return flag
    }

    mutating func integer(
        _ name: String, in range: ClosedRange<Int64>
    ) throws(DeskRefusal) -> Int64? {
        guard let value = node(name) else { return nil }
        guard let number = value.whole else {
            throw refusal(.badSchema, name, "a whole number is wanted")
        }
        guard range.contains(number) else {
            throw refusal(
                .badValue, name,
                "\(number) is outside \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    mutating func requiredInteger(
        _ name: String, in range: ClosedRange<Int64>
    ) throws(DeskRefusal) -> Int64 {
        guard let number = try integer(name, in: range) else {
            throw refusal(.missingField, name, "\(name) is required")
        }
        return number
    }

    /// The case of a word. **Fails**: `badValue`, with all the words.
    mutating func word<Word>(
        _ name: String, among words: [Word], _ text: (Word) -> String
    ) throws(DeskRefusal) -> Word? {
        guard let given = try self.text(name) else { return nil }
        guard let word = words.first(where: { text($0) == given }) else {
            let list = words.map(text).joined(separator: ", ")
            throw refusal(.badValue, name, "one of \(list) is wanted")
        }
        return word
    }
}

extension JSONNode {
    /// The number, where it has no fraction: `2` and `2.0`.
    fileprivate var whole: Int64? {
        switch self {
        case .integer(let number): number
        case .number(let number): Int64(exactly: number)
        default: nil
        }
    }
}
