/// JSON Schema (2020-12) of the rule files, made of the schemas that the readers hold files
/// against: editors complete and underline with it.
public enum JSONSchema {
    /// The kinds of file that have one.
    public enum Kind: String, CaseIterable, Sendable {
        case catalog, rules, tests, silences
    }

    /// The schema of a kind of file, as it is shipped.
    public static func text(_ kind: Kind) -> String {
        var members: [(String, OrderedJSON)] = [
            ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
            ("$id", .text("https://tocsin.example/schema/\(kind.rawValue).json")),
            ("title", .text("Tocsin \(kind.rawValue)")),
        ]
        members += object(schema(kind))
        members.append(("$defs", .object(definitions)))
        return OrderedJSON.object(members).written() + "\n"
    }

    private static func schema(_ kind: Kind) -> Schema {
        switch kind {
        case .catalog: .catalog
        case .rules: .ruleFile
        case .tests: .testFile
        case .silences: .silenceFile
        }
    }

    private static let definitions: [(String, OrderedJSON)] = [
        (
            "duration",
            .object([
                ("type", .text("string")),
                ("pattern", .text("^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?(\\d+ms)?$")),
                ("description", .text("A length of time: 500ms, 90s, 5m, 1h30m or 2d.")),
            ])
        ),
        (
            "condition",
            .object([
                ("type", .list(["string", "number", "boolean"].map { .text($0) })),
                ("description", .text("A CEL expression.")),
            ])
        ),
    ]

    private static func object(_ schema: Schema) -> [(String, OrderedJSON)] {
        var members: [(String, OrderedJSON)] = [("type", .text("object"))]
        let required = schema.keys.filter(\.isRequired).map { OrderedJSON.text($0.name) }
        if !required.isEmpty { members.append(("required", .list(required))) }
        let properties = schema.keys.map { key in
            var value = shape(key.shape)
            if !key.about.isEmpty { value.append(("description", .text(key.about))) }
            return (key.name, OrderedJSON.object(value))
        }
        members.append(("properties", .object(properties)))
        members.append(("additionalProperties", .bool(false)))
        return members
    }

    private static func shape(_ shape: Schema.Shape) -> [(String, OrderedJSON)] {
        switch shape {
        case .any: return []
        case .text: return [("type", .text("string"))]
        case .condition: return [("$ref", .text("#/$defs/condition"))]
        case .duration: return [("$ref", .text("#/$defs/duration"))]
        case .integer(let range):
            return [
                ("type", .text("integer")), ("minimum", .whole(range.lowerBound)),
                ("maximum", .whole(range.upperBound)),
            ]
        case .number(let range):
            guard range.upperBound < 1e300 else { return [("type", .text("number"))] }
            return [
                ("type", .text("number")), ("minimum", .number(range.lowerBound)),
                ("maximum", .number(range.upperBound)),
            ]
        case .words(let words): return [("enum", .list(words.map { .text($0) }))]
        case .list(let item):
            return [("type", .text("array")), ("items", .object(self.shape(item)))]
        case .oneOrMore(let item): return self.shape(.either([item, .list(item)]))
        case .mapping(let schema): return object(schema)
        case .named(let value):
            return [
                ("type", .text("object")), ("additionalProperties", .object(self.shape(value))),
            ]
        case .either(let shapes):
            return [("anyOf", .list(shapes.map { .object(self.shape($0)) }))]
        }
    }
}

extension Schema {
    /// Tests are read by the workshop: here stands what an editor should know of them.
    static let testFile = Schema(
        [.need("kind", .words(["tests"]))] + fileHead + [
            .may("catalog", .text), .may("rules", .list(.text)), .may("start", .text),
            .may("tables", .named(.named(.any))), .may("cells", .named(.any)),
            .may("neighbours", .named(.list(.text))), .may("silences", .list(.mapping(silence))),
            .need("cases", .list(.mapping(testCase))),
        ])
    static let testCase = Schema([
        .need("name", .text), .need("feed", .list(.any)), .may("expect", .list(.any)),
        .may("never", .list(.any)), .may("values", .list(.any)), .may("also", .named(.any)),
    ])
}
