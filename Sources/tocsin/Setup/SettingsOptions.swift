import ArgumentParser
import Foundation
import Settings

/// The flags that settings come from.
struct SettingsOptions: ParsableArguments {
    @Option(help: "The settings file.")
    var config: String?
    @Option(name: .customLong("set"), help: "A setting: key=value, lists separated by commas.")
    var assignments: [Assignment] = []
    @Option(help: "The journal's file (journal.path).")
    var journal: String?
    @Option(help: "A GeoJSON file of cells, or one grid image; may be repeated (cells.files).")
    var cells: [String] = []
    @Option(help: "The code of the root cell (cells.root).")
    var root: String?
    @Option(help: "A directory or file of rules; may be repeated (rules.packs).")
    var rules: [String] = []
    @Option(help: "The catalog of kinds, categories and priorities (rules.catalog).")
    var catalog: String?

    /// `key=value`.
    struct Assignment: ExpressibleByArgument {
        let key: String
        let value: String

        init?(argument: String) {
            guard let equals = argument.firstIndex(of: "=") else { return nil }
            key = String(argument[..<equals])
            value = String(argument[argument.index(after: equals)...])
        }
    }

    /// Sets what another option of a command stands for.
    mutating func add(_ key: SettingKey, _ value: String) {
        if let assignment = Assignment(argument: "\(key.rawValue)=\(value)") {
            assignments.append(assignment)
        }
    }

    /// All settings, from every place.
    ///
    /// - Parameter rules: a command that reads no rules works where there are none.
    ///
    /// **Fails**: with exit code 2 when a named file cannot be read, 3 when settings are wrong.
    func load(_ rules: RuleNeed = .none) throws(CommandFailure) -> EffectiveSettings {
        let environment = ProcessInfo.processInfo.environment
        let sources = SettingsSources(
            flags: flags, environment: environment, file: try settingsFile(environment))
        let shipped = ShippedRules.directory() ?? (rules == .none ? ShippedRules.installed : nil)
        do throws(SettingsErrors) {
            return try Settings.load(from: sources, rulesDirectory: shipped)
        } catch {
            throw .usage("wrong settings\n\(error)")
        }
    }

    private var flags: [SettingsSources.Flag] {
        var flags = assignments.map {
            SettingsSources.Flag("--set", key: $0.key, value: $0.value)
        }
        let texts = [
            ("--journal", SettingKey.journalPath, journal), ("--root", .cellsRoot, root),
            ("--catalog", .rulesCatalog, catalog),
            ("--cells", .cellsFiles, cells.isEmpty ? nil : cells.joined(separator: ",")),
            ("--rules", .rulesPacks, rules.isEmpty ? nil : rules.joined(separator: ",")),
        ]
        for case (let name, let key, let text?) in texts {
            flags.append(SettingsSources.Flag(name, key: key.rawValue, value: text))
        }
        return flags
    }

    private func settingsFile(
        _ environment: [String: String]
    ) throws(CommandFailure) -> (text: String, path: String)? {
        if let named = config ?? environment[SettingsSources.fileVariable] {
            return (try readText(named), named)
        }
        let places = ["tocsin.yaml", "/etc/tocsin/tocsin.yaml"]
        guard let found = places.first(where: FileManager.default.fileExists) else { return nil }
        return (try readText(found), found)
    }
}

/// Reads a small text file.
func readText(_ path: String) throws(CommandFailure) -> String {
    do {
        return try String(contentsOfFile: path, encoding: .utf8)
    } catch {
        throw .unavailable("cannot read \(path): \(error.localizedDescription)")
    }
}

/// Whether a command reads rules.
enum RuleNeed {
    case none, needed
}
