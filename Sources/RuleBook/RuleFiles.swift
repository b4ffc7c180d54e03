import Foundation

/// The files of one rule set: a catalog, the rules, and what stands beside them.
public struct RuleFiles: Sendable {
    public var catalog: SourceFile
    public var rules: [SourceFile]
    public var tests: [SourceFile]
    public var silences: [SourceFile] = []
    /// What `tocsin lock` wrote last; nil when there is none.
    public var lock: SourceFile?
    /// Tables that are given here and not read from the catalog's files, by their names.
    public var tables: [String: TableText] = [:]
    /// Names of the city's other hierarchies; nil where the city is not known, and any name will
    /// do.
    public var hierarchies: [String]?

    public init(catalog: SourceFile, rules: [SourceFile], tests: [SourceFile] = []) {
        self.catalog = catalog
        self.rules = rules
        self.tests = tests
    }

    /// Finds `catalog.yaml`, `*.rules.yaml` and `*.tests.yaml` at the paths and in the directories
    /// under them, in the order of their names. A catalog may also stand in a directory above the
    /// first path.
    ///
    /// **Fails**: when a path is not there, or there is no catalog or no rule file.
    public static func find(_ paths: [String]) throws(RuleErrors) -> RuleFiles {
        var names: [String] = []
        for path in paths { names += try files(at: path) }
        let catalogs = names.filter { isCatalog($0, given: paths) }
        guard let catalog = catalogs.first ?? catalogAbove(paths.first ?? ".") else {
            throw missing("no catalog.yaml", paths)
        }
        let rules = try read(names.filter { $0.hasSuffix(".rules.yaml") })
        guard !rules.isEmpty else { throw missing("no *.rules.yaml", paths) }
        let tests = try read(names.filter { $0.hasSuffix(".tests.yaml") })
        var files = RuleFiles(
            catalog: try SourceFile.read(catalog), rules: rules, tests: tests)
        files.silences = try read(names.filter { isSilences($0) })
        files.lock = try lock(beside: catalog)
        return files
    }

    /// In directories the catalog has its name; a path that is given may have another.
    private static func isCatalog(_ path: String, given: [String]) -> Bool {
        if (path as NSString).lastPathComponent == "catalog.yaml" { return true }
        let isOther =
            path.hasSuffix(".rules.yaml") || path.hasSuffix(".tests.yaml") || isSilences(path)
        return given.contains(path) && !isOther
    }

    private static func isSilences(_ path: String) -> Bool {
        let name = (path as NSString).lastPathComponent
        return name == "silences.yaml" || name.hasSuffix(".silences.yaml")
    }

    private static func lock(beside catalog: String) throws(RuleErrors) -> SourceFile? {
        let path = lockPath(beside: catalog)
        return FileManager.default.fileExists(atPath: path) ? try SourceFile.read(path) : nil
    }

    /// All YAML files at the paths and in the directories under them.
    ///
    /// **Fails**: when a path is not there, or a file can't be read.
    public static func all(_ paths: [String]) throws(RuleErrors) -> [SourceFile] {
        var names: [String] = []
        for path in paths { names += try files(at: path) }
        return try read(names)
    }

    /// Where the lock of the rules of a catalog lies.
    public static func lockPath(beside catalog: String) -> String {
        let folder = (catalog as NSString).deletingLastPathComponent
        return (folder as NSString).appendingPathComponent("rules.lock")
    }

    private static func read(_ paths: [String]) throws(RuleErrors) -> [SourceFile] {
        var files: [SourceFile] = []
        for path in paths { files.append(try SourceFile.read(path)) }
        return files
    }

    private static func files(at path: String) throws(RuleErrors) -> [String] {
        let isDirectory: Bool
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            isDirectory = attributes[.type] as? FileAttributeType == .typeDirectory
        } catch {
            throw missing("no such file", [path])
        }
        guard isDirectory else { return [path] }
        let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted()
            .map { (path as NSString).appendingPathComponent($0) }
    }

    /// Rule packs lie in directories below their catalog.
    private static func catalogAbove(_ path: String) -> String? {
        var directory = URL(fileURLWithPath: path).standardizedFileURL.deletingLastPathComponent()
        while directory.path != "/" {
            let candidate = directory.appendingPathComponent("catalog.yaml").path
            if FileManager.default.fileExists(atPath: candidate) { return candidate }
            directory.deleteLastPathComponent()
        }
        return nil
    }

    private static func missing(_ what: String, _ paths: [String]) -> RuleErrors {
        let list = FindingList()
        let file = SourceFile(path: paths.joined(separator: ", "), text: "")
        list.error(.fileUnreadable, "\(what) at \(file.path)", at: Spot(file, line: 1, column: 1))
        return RuleErrors(findings: list.findings)
    }
}
