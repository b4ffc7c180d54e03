import Foundation
import Settings

/// Looks at the rule files and the registry of sources once a second and tells when they have
/// changed and then stood still.
///
/// Stamps and sizes of all files are compared, which works on every file system and for editors
/// that replace files. A change counts once two looks in a row agree: half-written files are not
/// read.
struct RuleWatch {
    struct Change {
        var rules: Bool
        var registry: Bool
        var silences: Bool
    }

    private struct Prints: Equatable {
        var rules: [String: String]
        var registry: String?
        var silences: [String: String]
    }

    private let paths: RulePaths
    private let registry: String?
    private var known: Prints
    private var last: Prints
    private var nextLook: ContinuousClock.Instant

    init(_ settings: Settings) {
        paths = settings.rules
        registry = settings.sources.registry
        known = RuleWatch.prints(paths, registry)
        last = known
        nextLook = .now
    }

    /// What changed, told once; nil when nothing did.
    mutating func look(at now: ContinuousClock.Instant) -> Change? {
        guard now >= nextLook else { return nil }
        nextLook = now + .seconds(1)
        let prints = RuleWatch.prints(paths, registry)
        defer { last = prints }
        guard prints == last, prints != known else { return nil }
        let change = Change(
            rules: prints.rules != known.rules, registry: prints.registry != known.registry,
            silences: prints.silences != known.silences)
        known = prints
        return change
    }

    private static func prints(_ paths: RulePaths, _ registry: String?) -> Prints {
        var rules: [String: String] = [:]
        for path in [paths.catalog] + paths.packs { collect(path, into: &rules) }
        var silences: [String: String] = [:]
        collect(paths.silences, into: &silences)
        return Prints(
            rules: rules, registry: registry.flatMap { FilePrint.of($0) }, silences: silences)
    }

    private static func collect(_ path: String, into prints: inout [String: String]) {
        prints[path] = FilePrint.of(path)
        for case let name as String in FileManager.default.enumerator(atPath: path) ?? .init()
        where name.hasSuffix(".yaml") || name.hasSuffix(".csv") {
            prints[name] = FilePrint.of((path as NSString).appendingPathComponent(name))
        }
    }
}
