import Foundation
import Testing

/// The package as it lies on disk.
private let root = #filePath.split(separator: "/").dropLast(3).reduce("/") { $0 + $1 + "/" }

@Suite("The tidiness of the package")
struct TidyTests {
    @Test("No file, function or line is longer than it may be")
    func sizes() throws {
        let all = try files("Sources", ".swift") + files("Tests", ".swift")
        let findings = all.flatMap { Tidiness.sizes($0.text, path: $0.path) }
        #expect(findings.isEmpty, "\(findings.joined(separator: "\n"))")
    }

    @Test("Nothing is left unfinished, and no error is hidden")
    func finished() throws {
        let findings = try files("Sources", ".swift").flatMap { path, text in
            Tidiness.unfinished(text, path: path) + Tidiness.hidden(text, path: path)
        }
        #expect(findings.isEmpty, "\(findings.joined(separator: "\n"))")
    }

    @Test(
        "The modules an alert passes through do without Foundation",
        arguments: [
            "Domain", "Lanes", "ZeroMQ", "Wire", "CEL", "Scoring", "Tasking", "Pipeline",
        ])
    func noFoundation(module: String) throws {
        for (path, text) in try files("Sources/\(module)", ".swift") {
            let banned = Tidiness.imports(text).intersection(foundations)
            #expect(banned.isEmpty, "\(path) imports \(banned)")
        }
    }

    @Test(
        "Each dependency has its importing modules",
        arguments: [
            ("GRDB", ["Journal"]), ("Yams", ["RuleBook", "Settings", "Workshop"]),
            ("ArgumentParser", ["tocsin"]), ("CZeroMQ", ["ZeroMQ"]), ("CGEOS", ["Survey"]),
            ("CLinux", ["Lanes"]),
        ])
    func importers(dependency: String, modules: [String]) throws {
        for (path, text) in try files("Sources", ".swift") {
            guard Tidiness.imports(text).contains(dependency) else { continue }
            #expect(modules.contains { path.hasPrefix("Sources/\($0)/") }, "\(path)")
        }
    }

    @Test("What a module imports is what the package declares, no more and no less")
    func moduleGraph() throws {
        let manifest = try String(contentsOfFile: root + "Package.swift", encoding: .utf8)
        let graph = PackageGraph(manifest: manifest)
        try #require(graph.dependencies.count > 10)
        for target in graph.dependencies.keys.sorted() where !target.hasSuffix("Tests") {
            let imports = try files("Sources/\(target)", ".swift")
                .reduce(into: Set<String>()) { $0.formUnion(Tidiness.imports($1.text)) }
            #expect(graph.undeclared(imports, of: target).isEmpty, "\(target)")
            #expect(graph.unused(imports, of: target).isEmpty, "\(target)")
        }
    }

    @Test("Every document is reached from the README, and every link leads somewhere")
    func documents() throws {
        let pages = try files("", ".md").filter { !$0.path.hasPrefix("Sources/") }
        var reached: Set<String> = ["README.md"]
        for (path, text) in pages {
            for link in links(text) {
                let target = resolved(link, from: path)
                let isThere = FileManager.default.fileExists(atPath: root + target)
                #expect(isThere, "\(path) links to \(link)")
                reached.insert(target)
            }
        }
        for (path, _) in pages { #expect(reached.contains(path), "nothing links to \(path)") }
    }

    @Test("The parts of the package are described where newcomers look")
    func modulesAreDescribed() throws {
        let manifest = try String(contentsOfFile: root + "Package.swift", encoding: .utf8)
        let page = try String(contentsOfFile: root + "ARCHITECTURE.md", encoding: .utf8)
        let libraries = manifest.matches(of: /(?:library|hotLibrary)\("(\w+)"/).map { $0.1 }
        try #require(libraries.count > 8)
        for name in libraries { #expect(page.contains("`\(name)`"), "\(name)") }
        for (path, text) in try files("Sources", ".swift") {
            let parts = path.split(separator: "/")
            guard parts.count == 3, parts[2] == "\(parts[1]).swift" else { continue }
            let opening = text.split(separator: "\n").prefix { $0.hasPrefix("//") }
            #expect(opening.count >= 5, "\(path) does not open with what it is")
        }
    }
}

@Suite("The tidiness checks themselves")
struct TidinessTests {
    @Test("A long line, file and function are found")
    func sizes() {
        let line = String(repeating: "x", count: 101)
        #expect(Tidiness.sizes(line, path: "f") == ["f:1: 101 columns"])
        let file = String(repeating: "\n", count: 501)
        #expect(Tidiness.sizes(file, path: "f") == ["f: 501 lines"])
        let body = String(repeating: "        work()\n", count: 60)
        let function = "    private mutating func f() {\n\(body)    }\n"
        #expect(Tidiness.sizes(function, path: "f") == ["f:1: a function of 62 lines"])
        #expect(Tidiness.sizes("func f() {\n    work()\n}\n", path: "f").isEmpty)
    }

    @Test("Unfinished work and hidden errors are found")
    func marks() {
        #expect(Tidiness.unfinished("// TO" + "DO later", path: "f") == ["f:1: unfinished"])
        #expect(Tidiness.hidden("let x = try" + "? f()", path: "f").count == 1)
        #expect(Tidiness.hidden("let x = try f()", path: "f").isEmpty)
    }

    @Test("Imports are seen in every form")
    func imports() {
        let text =
            "public import Domain\nimport Glibc\n@testable import Wire\nimport struct Foundation.Date"
        #expect(Tidiness.imports(text) == ["Domain", "Glibc", "Wire", "Foundation"])
    }

    @Test("An import that is not declared, and a declaration that is not used, are found")
    func graph() {
        let graph = PackageGraph(
            manifest: #"library("A"), hotLibrary("B", ["A", yams]), library("C", ["A", "B"])"#)
        #expect(graph.undeclared(["A", "C", "Glibc"], of: "B") == ["C"])
        #expect(graph.unused(["A"], of: "C") == ["B"])
    }

    @Test("Links are seen, and resolved from where they stand")
    func linking() {
        #expect(links("[a](b.md) [c](https://x.y) [d](#e) [f](../g.md#h)") == ["b.md", "../g.md"])
        #expect(resolved("../g.md", from: "docs/a.md") == "g.md")
        #expect(resolved("b.md", from: "docs/a.md") == "docs/b.md")
    }
}

private let foundations: Set = [
    "Foundation", "FoundationEssentials", "FoundationInternationalization",
]

/// All files under a folder of the package whose names end so, with paths from the root.
private func files(_ folder: String, _ ending: String) throws -> [(path: String, text: String)] {
    let all = FileManager.default.enumerator(atPath: root + folder)
    var found: [(path: String, text: String)] = []
    while let name = all?.nextObject() as? String {
        if name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) { continue }
        guard name.hasSuffix(ending) else { continue }
        let path = folder.isEmpty ? name : "\(folder)/\(name)"
        found.append((path, try String(contentsOfFile: root + path, encoding: .utf8)))
    }
    return found
}

/// The targets of a page's links within the package, without their anchors.
private func links(_ text: String) -> [String] {
    text.matches(of: /\]\(([^)\s]+)\)/).map { String($0.1) }
        .filter { !$0.contains("://") && !$0.hasPrefix("#") }
        .map { String($0.prefix { $0 != "#" }) }
}

private func resolved(_ link: String, from page: String) -> String {
    var parts = page.split(separator: "/").dropLast().map(String.init)
    for part in link.split(separator: "/") {
        if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
}
