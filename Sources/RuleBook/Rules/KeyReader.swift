/// Reads the lists of names that state and tasks are kept by; what the names mean is looked up
/// when the rule is compiled.
struct KeyReader {
    static let partsMax = 4

    let findings: FindingList

    /// The names of a key; `rule.id` is allowed and adds nothing, since keys belong to their rule.
    func read(_ value: YAMLValue) -> [Marked<String>] {
        guard let items = value.items() else { return [] }
        let names = items.compactMap { $0.source() }.filter { $0.value != "rule.id" }
        if names.count > KeyReader.partsMax {
            value.error(.ruleKey, "\(value.name) has more than \(KeyReader.partsMax) parts")
        }
        if items.isEmpty { value.error(.yamlEmpty, "\(value.name) names nothing") }
        return names
    }
}
