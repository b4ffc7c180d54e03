import Domain
import Yams

/// Rules that extend another of their file: what they don't say is the other's.
///
/// A key that the rule gives replaces the other's as a whole; `override` replaces single values by
/// their paths, such as `raise.hold`. Nothing is joined to anything.
struct RuleExtension {
    /// What is a rule's own, whatever it extends.
    private static let own: Set<String> = ["id", "title", "why", "status", "revision", "tests"]

    private let rules: [YAMLValue]
    private let findings: FindingList

    init(_ rules: [YAMLValue], _ findings: FindingList) {
        self.rules = rules
        self.findings = findings
    }

    /// Every rule with what it extends filled in.
    func whole() -> [YAMLValue] { rules.map { whole($0, path: []) } }

    private func whole(_ rule: YAMLValue, path: [String]) -> YAMLValue {
        guard case .mapping(let mapping) = rule.node, let base = rule.entry("extends"),
            let name = base.source()
        else {
            rule.entry("override")?.error(.ruleExtends, "`override` without `extends`")
            return rule
        }
        let id = rule.entry("id")?.written ?? ""
        guard let other = rules.first(where: { $0.entry("id")?.written == name.value }) else {
            base.error(
                .ruleExtends, "there is no rule `\(name.value)` in this file",
                hint: Likeness.hint(
                    for: name.value, among: rules.compactMap { $0.entry("id")?.written }))
            return rule
        }
        guard !path.contains(id) else {
            base.error(
                .ruleExtends, "the rule extends itself: \((path + [id]).joined(separator: " → "))")
            return rule
        }
        guard case .mapping(let below) = whole(other, path: path + [id]).node else { return rule }
        return replaced(in: rule.child(join(mapping, below), name: rule.name), rule)
    }

    private func join(_ mapping: Node.Mapping, _ below: Node.Mapping) -> Node {
        var pairs = mapping.map { ($0.key, $0.value) }
        let given = Set(mapping.compactMap { $0.key.scalar?.string })
        for (key, value) in below {
            guard let name = key.scalar?.string, !given.contains(name) else { continue }
            guard !RuleExtension.own.contains(name), name != "extends", name != "override" else {
                continue
            }
            pairs.append((key, value))
        }
        return Node(pairs, mapping)
    }

    private func replaced(in whole: YAMLValue, _ rule: YAMLValue) -> YAMLValue {
        var node = whole.node
        for (path, value) in rule.entry("override")?.pairs() ?? [] {
            let parts = path.value.split(separator: ".").map(String.init)
            guard let changed = node.replacing(parts[...], with: value.node) else {
                findings.error(
                    .ruleExtends, "there is nothing at `\(path.value)` to override",
                    at: path.spot, hint: "a path such as `raise.hold` or `windows.n.over`")
                continue
            }
            node = changed
        }
        return rule.child(node, name: rule.name)
    }
}

extension Node {
    fileprivate init(_ pairs: [(Node, Node)], _ like: Node.Mapping) {
        self = .mapping(Node.Mapping(pairs, like.tag, like.style, like.mark))
    }

    /// The tree with the value at `path` replaced; nil when nothing stands there.
    fileprivate func replacing(_ path: ArraySlice<String>, with value: Node) -> Node? {
        guard let first = path.first else { return value }
        guard case .mapping(let mapping) = self else { return nil }
        var (pairs, found) = ([(Node, Node)](), false)
        for (key, old) in mapping {
            if key.scalar?.string == first, let new = old.replacing(path.dropFirst(), with: value) {
                pairs.append((key, new))
                found = true
            } else {
                pairs.append((key, old))
            }
        }
        return found ? Node(pairs, mapping) : nil
    }
}

extension YAMLValue {
    /// The value of a mapping's key, without holding it against a schema.
    func entry(_ key: String) -> YAMLValue? {
        guard case .mapping(let mapping) = node else { return nil }
        return mapping.first { $0.key.scalar?.string == key }.map {
            child($0.value, name: "`\(key)`")
        }
    }

    /// The scalar as it is written.
    var written: String? {
        if case .scalar(let scalar) = node { scalar.string } else { nil }
    }
}
