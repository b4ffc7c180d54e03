internal import Domain

/// Where settings are looked for, the first place winning: flags, environment, file.
public struct SettingsSources: Sendable {
    /// One `key=value` given on the command line.
    public struct Flag: Sendable, Equatable {
        /// As the user wrote it, for messages: `--journal`.
        public let name: String
        public let key: String
        /// Entries of a list are separated by commas.
        public let value: String

        public init(_ name: String, key: String, value: String) {
            self.name = name
            self.key = key
            self.value = value
        }
    }

    public var flags: [Flag]
    /// The process's environment; only `TOCSIN_` names are read.
    public var environment: [String: String]
    /// A settings file's text and path; nil when there is none.
    public var file: (text: String, path: String)?

    public init(
        flags: [Flag] = [], environment: [String: String] = [:],
        file: (text: String, path: String)? = nil
    ) {
        self.flags = flags
        self.environment = environment
        self.file = file
    }

    /// Names the settings file itself, so it is no setting of its own.
    public static let fileVariable = "TOCSIN_CONFIG"
}

extension SettingsSources {
    /// Every setting with the value that wins, and what was not understood on the way.
    func collect() -> (found: [SettingKey: FoundSetting], findings: [SettingsFinding]) {
        var found: [SettingKey: FoundSetting] = [:]
        var findings: [SettingsFinding] = []
        for key in SettingKey.allCases {
            found[key] = FoundSetting(value: key.standard, origin: .standard)
        }
        if let file {
            let read = SettingsFile(text: file.text, path: file.path)
            found.merge(read.found.map { ($0, relative($1, of: $0, to: file.path)) }) { $1 }
            findings = read.findings
        }
        findings = collectEnvironment(into: &found) + findings
        findings = collectFlags(into: &found) + findings
        return (found, findings)
    }

    /// Paths in a settings file are relative to the file.
    private func relative(
        _ setting: FoundSetting, of key: SettingKey, to path: String
    ) -> FoundSetting {
        guard key.isPath, let slash = path.lastIndex(of: "/") else { return setting }
        func resolve(_ text: String) -> String {
            // A hierarchy's file comes after its name.
            if key == .cellsHierarchies, let equals = text.firstIndex(of: "=") {
                let file = String(text[text.index(after: equals)...])
                return text[...equals] + (file.hasPrefix("/") ? file : path[...slash] + file)
            }
            return text.hasPrefix("/") || text == "auto" || text.isEmpty
                ? text : path[...slash] + text
        }
        var setting = setting
        switch setting.value {
        case .text(let text): setting.value = .text(resolve(text))
        case .list(let texts): setting.value = .list(texts.map(resolve))
        }
        return setting
    }

    private func collectEnvironment(
        into found: inout [SettingKey: FoundSetting]
    ) -> [SettingsFinding] {
        var findings: [SettingsFinding] = []
        for (name, text) in environment.sorted(by: { $0.key < $1.key })
        where name.hasPrefix("TOCSIN_") && name != Self.fileVariable {
            if let key = SettingKey.allCases.first(where: { $0.variable == name }) {
                found[key] = FoundSetting(value: value(text, of: key), origin: .environment(name))
            } else {
                let known = SettingKey.allCases.map(\.variable)
                findings.append(
                    SettingsFinding(
                        .environment(name), "there is no such setting",
                        hint: Likeness.guess(for: name, among: known) ?? ""))
            }
        }
        return findings
    }

    private func collectFlags(into found: inout [SettingKey: FoundSetting]) -> [SettingsFinding] {
        var findings: [SettingsFinding] = []
        for flag in flags {
            if let key = SettingKey(rawValue: flag.key) {
                found[key] = FoundSetting(
                    value: value(flag.value, of: key), origin: .flag(flag.name))
            } else {
                let known = SettingKey.allCases.map(\.rawValue)
                findings.append(
                    SettingsFinding(
                        .flag(flag.name), "unknown key \(flag.key)",
                        hint: Likeness.guess(for: flag.key, among: known) ?? ""))
            }
        }
        return findings
    }

    private func value(_ text: String, of key: SettingKey) -> SettingValue {
        guard key.isList else { return .text(text) }
        return .list(text.split(separator: ",").map(String.init))
    }
}
