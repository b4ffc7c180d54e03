/// The keys a mapping may have.
package struct Schema: Sendable {
    let known: [String]
    /// Keys of the rule language that this version does not have: refused by name, never ignored.
    let later: [String]

    package init(_ known: [String], later: [String] = []) {
        self.known = known
        self.later = later
    }
}

/// A mapping whose keys were all looked at: unknown ones are reported, the known can be asked for.
package struct Section {
    package let value: YAMLValue
    private let values: [String: YAMLValue]

    init(_ value: YAMLValue, _ schema: Schema, pairs: [(key: Marked<String>, value: YAMLValue)]) {
        self.value = value
        var values: [String: YAMLValue] = [:]
        for pair in pairs {
            if schema.known.contains(pair.key.value) {
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
