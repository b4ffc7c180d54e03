/// One thing that is wrong with the settings.
public struct SettingsFinding: Error, Sendable, Equatable, CustomStringConvertible {
    public let origin: SettingOrigin
    public let message: String
    /// What to do about it; empty where the message says it all.
    public let hint: String

    init(_ origin: SettingOrigin, _ message: String, hint: String = "") {
        self.origin = origin
        self.message = message
        self.hint = hint
    }

    /// `tocsin.yaml:3:5: unknown key feed.bnd; did you mean feed.bind?`
    public var description: String {
        "\(origin): \(message)" + (hint.isEmpty ? "" : "; \(hint)")
    }
}

/// Everything that is wrong with the settings, in the order of flags, environment, file.
public struct SettingsErrors: Error, Sendable, Equatable, CustomStringConvertible {
    public let findings: [SettingsFinding]

    public var description: String {
        findings.map(\.description).joined(separator: "\n")
    }
}
