internal import Domain
internal import Yams

/// Reads `tocsin.yaml` into found settings. Scalars are kept as text: what they mean is decided by
/// the key alone, never by YAML's own idea of `on`, `yes` or `12:30`.
struct SettingsFile {
    private(set) var found: [SettingKey: FoundSetting] = [:]
    private(set) var findings: [SettingsFinding] = []
    private let path: String

    init(text: String, path: String) {
        self.path = path
        do {
            guard let root = try compose(yaml: text) else { return }
            read(root, under: "")
        } catch {
            findings.append(finding(error))
        }
    }

    private func finding(_ error: any Error) -> SettingsFinding {
        guard let error = error as? YamlError else {
            return SettingsFinding(.file(FilePlace(path: path, line: 0, column: 0)), "\(error)")
        }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return SettingsFinding(place(mark), "this is not YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            let keys = duplicates.joined(separator: ", ")
            return SettingsFinding(place(context.mark), "\(keys) stands in this group twice")
        default:
            return SettingsFinding(place(nil), "this is not YAML: \(error)")
        }
    }

    private func place(_ mark: Mark?) -> SettingOrigin {
        .file(FilePlace(path: path, line: mark?.line ?? 0, column: mark?.column ?? 0))
    }

    private mutating func read(_ node: Node, under prefix: String) {
        guard case .mapping(let mapping) = node else {
            let name = prefix.isEmpty ? "the file" : prefix
            report(
                node, "\(name) holds keys, each with a value",
                hint: "write \(name): on one line, "
                    + "its keys indented below")
            return
        }
        for (key, value) in mapping {
            guard let word = key.string else {
                report(key, "a key is a word")
                continue
            }
            readMember(prefix.isEmpty ? word : "\(prefix).\(word)", key, value)
        }
    }

    private mutating func readMember(_ name: String, _ key: Node, _ value: Node) {
        if let setting = SettingKey(rawValue: name) {
            readValue(value, of: setting)
        } else if SettingKey.allCases.contains(where: { $0.rawValue.hasPrefix(name + ".") }) {
            read(value, under: name)
        } else {
            let known = SettingKey.allCases.map(\.rawValue)
            report(key, "unknown key \(name)", hint: Likeness.guess(for: name, among: known) ?? "")
        }
    }

    private mutating func readValue(_ node: Node, of key: SettingKey) {
        switch node {
        case .scalar(let scalar) where !scalar.string.isEmpty || key.mayBeEmpty:
            let value: SettingValue = key.isList ? .list([scalar.string]) : .text(scalar.string)
            found[key] = FoundSetting(value: value, origin: place(node.mark))
        case .sequence(let items) where key.isList:
            readList(items, node, of: key)
        default:
            report(node, "\(key.rawValue) wants \(key.isList ? "a list" : "one value")")
        }
    }

    private mutating func readList(_ items: Node.Sequence, _ node: Node, of key: SettingKey) {
        var texts: [String] = []
        for item in items {
            if case .scalar(let scalar) = item, !scalar.string.isEmpty {
                texts.append(scalar.string)
            } else {
                report(item, "an entry of \(key.rawValue) is one value")
            }
        }
        found[key] = FoundSetting(value: .list(texts), origin: place(node.mark))
    }

    private mutating func report(_ node: Node, _ message: String, hint: String = "") {
        findings.append(SettingsFinding(place(node.mark), message, hint: hint))
    }
}
