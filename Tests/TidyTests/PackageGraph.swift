/// The targets of a package manifest and what each may import, read from its text.
struct PackageGraph {
    private(set) var dependencies: [String: Set<String>] = [:]

    init(manifest: String) {
        let target = /(?:library|hotLibrary|command|tests)\(\s*"(\w+)"(?:,\s*\[([^\]]*)\])?/
        for match in manifest.matches(of: target) {
            let list = match.2 ?? ""
            dependencies[String(match.1)] = Set(
                list.split(separator: ",").map {
                    $0.filter { $0.isLetter || $0.isNumber || $0 == "_" }
                })
        }
    }

    /// Imports of `target` that its dependencies do not name; what is no target of ours is not
    /// looked at.
    func undeclared(_ imports: Set<String>, of target: String) -> Set<String> {
        imports.filter { dependencies[$0] != nil && $0 != target }
            .subtracting(dependencies[target] ?? [])
    }

    /// Dependencies among our own targets that nothing imports.
    func unused(_ imports: Set<String>, of target: String) -> Set<String> {
        (dependencies[target] ?? []).filter { dependencies[$0] != nil && !imports.contains($0) }
    }
}
