import Yams

/// Reads one file into a tree of values, and refuses what the rule files do without: tags, anchors,
/// merge keys, duplicate keys, more than one document.
package enum YAMLDocument {
    /// The file's root, or nil when the file has no document in it or is not YAML.
    package static func read(_ file: SourceFile, into findings: FindingList) -> YAMLValue? {
        do {
            // Without the library's own rules for scalars: they are of YAML 1.1, and slow.
            let parser = try Parser(yaml: file.text, resolver: .basic)
            guard let node = try parser.singleRoot() else {
                findings.error(.yamlEmpty, "the file is empty", at: Spot(file, line: 1, column: 1))
                return nil
            }
            let root = YAMLValue(node, in: file, findings, name: "the file")
            return isPlain(root) ? root : nil
        } catch let error as YamlError {
            report(error, file, findings)
        } catch {
            findings.error(.yamlSyntax, "\(error)", at: Spot(file, line: 1, column: 1))
        }
        return nil
    }

    /// Whether the tree has no tag, anchor or merge key. The first ends the walk: an alias repeats
    /// its anchor's whole tree, and aliases of aliases would make the walk exponential.
    private static func isPlain(_ value: YAMLValue) -> Bool {
        guard hasNoProperty(value) else { return false }
        switch value.node {
        case .scalar, .alias: return true
        case .sequence(let nodes): return nodes.allSatisfy { isPlain(value.child($0, name: "")) }
        case .mapping(let pairs):
            return pairs.allSatisfy { pair in
                let key = value.child(pair.key, name: "")
                return isPlain(key) && isNoMergeKey(key)
                    && isPlain(value.child(pair.value, name: ""))
            }
        }
    }

    /// A node with a property begins with it: no plain scalar can start with `!` or `&`.
    private static func hasNoProperty(_ value: YAMLValue) -> Bool {
        let spot = value.spot
        switch value.file.scalar(line: spot.line, column: spot.column) {
        case "!":
            value.findings.error(
                .yamlTag, "YAML tags are not used in rule files", at: spot,
                hint: "a condition that starts with `!` must be quoted: '!…'")
            return false
        case "&":
            value.findings.error(
                .yamlAnchor, "YAML anchors and aliases are not used in rule files", at: spot,
                hint: "name a shared condition under `define`, a shared value under `param`")
            return false
        default: return true
        }
    }

    private static func isNoMergeKey(_ key: YAMLValue) -> Bool {
        guard case .scalar(let scalar) = key.node, scalar.style == .plain, scalar.string == "<<"
        else { return true }
        key.findings.error(
            .yamlMergeKey, "YAML merge keys are not used in rule files", at: key.spot,
            hint: "write the keys out")
        return false
    }

    private static func report(_ error: YamlError, _ file: SourceFile, _ findings: FindingList) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            let spot = Spot(file, line: mark.line, column: mark.column)
            findings.error(.yamlSyntax, problem, at: spot, hint: quoteHint(problem, spot))
        case .duplicatedKeysInMapping(let keys, let context):
            let key = keys.first ?? ""
            let spot = Spot(
                file, line: context.mark.line, column: context.mark.column, width: key.count)
            findings.error(
                .yamlDuplicateKey, "the key `\(key)` is given more than once here", at: spot)
        default:
            findings.error(.yamlSyntax, "\(error)", at: Spot(file, line: 1, column: 1))
        }
    }

    /// What the author most likely has to quote.
    private static func quoteHint(_ problem: String, _ spot: Spot) -> String? {
        if problem.contains("mapping values are not allowed") {
            return "a value that contains `: ` must be quoted: '…: …'"
        }
        let before = spot.file.line(spot.line).prefix(spot.column - 1)
        guard let colon = before.ranges(of: ": ").last else { return nil }
        let value = before[colon.upperBound...].drop { $0 == " " }
        guard let first = value.first, "![{\"'&*%@`".contains(first) else { return nil }
        return "a value that starts with `\(first)` must be quoted as a whole: '\(first)…'"
    }
}
