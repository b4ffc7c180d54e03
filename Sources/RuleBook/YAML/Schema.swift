import Domain

/// The keys a mapping may have, and what stands under each: what the readers hold a file against,
/// and what the JSON Schema for editors is made of.
package struct Schema: Sendable {
    package let keys: [Key]
    /// Keys of the rule language that this version does not have: refused by name, never ignored.
    let later: [String]

    var known: [String] { keys.map(\.name) }

    package init(_ keys: [Key]) {
        self.keys = keys
        later = []
    }

    package init(_ known: [String], later: [String] = []) {
        keys = known.map { .may($0, .any) }
        self.later = later
    }

    /// One key of a mapping.
    package struct Key: Sendable {
        package let name: String
        package let shape: Shape
        package let isRequired: Bool
        /// What it is for, in a few words; editors show it.
        package let about: String

        package static func need(_ name: String, _ shape: Shape, _ about: String = "") -> Key {
            Key(name: name, shape: shape, isRequired: true, about: about)
        }
        package static func may(_ name: String, _ shape: Shape, _ about: String = "") -> Key {
            Key(name: name, shape: shape, isRequired: false, about: about)
        }
    }

    /// What a value is.
    package indirect enum Shape: Sendable {
        case any
        case text
        /// A CEL expression; YAML may take it for a number or a Boolean.
        case condition
        case integer(ClosedRange<Int64>)
        case number(ClosedRange<Double>)
        /// Such as `90s` or `1h30m`.
        case duration
        case words([String])
        case list(Shape)
        /// One, or a list of them.
        case oneOrMore(Shape)
        case mapping(Schema)
        /// A mapping from names of the author's own.
        case named(Shape)
        case either([Shape])
    }
}

/// A mapping whose keys were all looked at: unknown ones are reported, the known can be asked for.
package struct Section {
    package let value: YAMLValue
    private let values: [String: YAMLValue]

    init(_ value: YAMLValue, _ schema: Schema, pairs: [(key: Marked<String>, value: YAMLValue)]) {
        self.value = value
        let known = schema.known
        var values: [String: YAMLValue] = [:]
        for pair in pairs {
            if known.contains(pair.key.value) {
                values[pair.key.value] = pair.value
            } else {
                Section.refuse(pair.key, schema, value.findings)
            }
        }
        self.values = values
    }

    private static func refuse(_ key: Marked<String>, _ schema: Schema, _ findings: FindingList) {
        if schema.later.contains(key.value) {
            findings.error(
                .ruleNotYet,
                "`\(key.value)` is part of the rule language but not of this version",
                at: key.spot)
        } else {
            findings.error(
                .yamlUnknownKey, "unknown key `\(key.value)`", at: key.spot,
                hint: Likeness.hint(for: key.value, among: schema.known))
        }
    }

    package subscript(key: String) -> YAMLValue? { values[key] }

    /// The value of a key that must be there.
    package func require(_ key: String) -> YAMLValue? {
        if let found = values[key] { return found }
        value.findings.error(
            .yamlMissingKey, "the key `\(key)` is missing in \(value.name)", at: value.spot)
        return nil
    }
}
