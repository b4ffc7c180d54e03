extension TypedEnvironment {
    /// The text with every fragment it names written out in parentheses, also those of fragments.
    ///
    /// **Fails** when it is no expression.
    public func expanded(_ text: String) throws(Diagnostics) -> String {
        var text = text
        // A fragment that names itself is refused where it is compiled.
        for _ in 0..<16 {
            let root: Expr
            do throws(Diagnostic) {
                root = try language.parse(Source(text)).root
            } catch {
                throw Diagnostics([error])
            }
            let places = fragments(in: root).sorted { $0.range.lowerBound > $1.range.lowerBound }
            if places.isEmpty { return text }
            var bytes = Array(text.utf8)
            for (range, source) in places {
                bytes.replaceSubrange(range, with: Array("(\(source))".utf8))
            }
            text = String(decoding: bytes, as: UTF8.self)
        }
        return text
    }

    private func fragments(in expr: Expr) -> [(range: Range<Int>, source: String)] {
        if let name = expr.qualifiedName, case .fragment(let parsed) = names[name] {
            return [(expr.range, parsed.source.text)]
        }
        return expr.children.flatMap { fragments(in: $0) }
    }

    /// Evaluates the expression by walking its tree over the values of slots, and keeps what every
    /// part of it came to.
    ///
    /// **Fails** when the expression does not compile here.
    public func trace(_ text: String, over slots: SlotValues) throws(Diagnostics) -> Trace {
        var library = ProgramLibrary()
        var memory = SlotMemory()
        _ = try library.compile(text, in: self, memory: &memory)
        let expanded = try expanded(text)
        var walked = Environment(libraries: FunctionLibrary.all)
        walked.add(FunctionLibrary("rules", macros: Macro.twoVariable + Macro.bindings))
        let parsed: ParsedExpression
        do throws(Diagnostic) {
            parsed = try walked.parse(Source(expanded))
        } catch {
            throw Diagnostics([error])
        }
        var program = Program(unchecked: parsed, in: walked)
        program.promotesIntegers = promotesIntegerLiterals
        return program.trace(values(of: slots))
    }

    /// Every name that has a value, those with dots as maps in maps: so `has(a.b)` and `a[?"b"]`
    /// mean to the tree-walker what they mean to programs.
    private func values(of slots: SlotValues) -> [String: Value] {
        var root = NameTree()
        for (name, meaning) in names.sorted(by: { $0.key < $1.key }) {
            let path = name.split(separator: ".").map(String.init)[...]
            switch meaning {
            case .variable(_, let slot): root.insert(path, slots[slot])
            case .constant(let literal): root.insert(path, literal.value)
            case .fragment: break
            }
        }
        return root.children.compactMapValues(\.value)
    }
}

/// Names by their parts.
private struct NameTree {
    var own: Value?
    var children: [String: NameTree] = [:]
    private var order: [String] = []

    mutating func insert(_ path: ArraySlice<String>, _ value: Value?) {
        guard let head = path.first else {
            own = value
            return
        }
        if children[head] == nil { order.append(head) }
        children[head, default: NameTree()].insert(path.dropFirst(), value)
    }

    var value: Value? {
        if children.isEmpty { return own }
        var map = MapValue()
        for name in order {
            if let value = children[name]?.value { _ = map.insert(MapKey(name), value) }
        }
        return .map(map)
    }
}

extension TypedLiteral {
    /// The literal as the tree-walker knows it; nil for maps, which no host defines.
    fileprivate var value: Value? {
        switch self {
        case .scalar(.null, _): .null
        case .scalar(.bool, let bits): .bool(bits != 0)
        case .scalar(.int, let bits): .int(Int64(bitPattern: bits))
        case .scalar(.uint, let bits): .uint(bits)
        case .scalar(.double, let bits): .double(Double(bitPattern: bits))
        case .scalar(.duration, let bits):
            .duration(DurationValue(nanoseconds: Int64(bitPattern: bits)))
        case .scalar(.timestamp, let bits):
            TimestampValue(seconds: 0, carrying: Int64(bitPattern: bits)).map { .timestamp($0) }
        case .string(let text): .string(text)
        case .list(let elements): .list(elements.compactMap(\.value))
        case .scalar, .map: nil
        }
    }
}
