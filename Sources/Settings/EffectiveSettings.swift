/// Checked settings and where each value came from.
public struct EffectiveSettings: Sendable {
    public let settings: Settings
    let found: [SettingKey: FoundSetting]

    /// All settings as a `tocsin.yaml` that would give the same, each line with its origin.
    public func yaml() -> String {
        var lines: [String] = []
        var open: [Substring] = []
        for key in SettingKey.allCases {
            let path = key.rawValue.split(separator: ".")
            for depth in path.indices.dropLast() where !open.starts(with: path[...depth]) {
                open = Array(path[...depth])
                lines.append(indent(depth) + path[depth] + ":")
            }
            open = Array(path.dropLast())
            lines.append(line(key, path))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func line(_ key: SettingKey, _ path: [Substring]) -> String {
        let setting = found[key] ?? FoundSetting(value: key.standard, origin: .standard)
        let text =
            switch setting.value {
            case .text(let text): quoted(text)
            case .list(let texts): "[" + texts.map(quoted).joined(separator: ", ") + "]"
            }
        return indent(path.count - 1) + "\(path[path.count - 1]): \(text)  # \(setting.origin)"
    }

    private func indent(_ depth: Int) -> String { String(repeating: "  ", count: depth) }

    /// In double quotes, except where the text can mean only itself.
    private func quoted(_ text: String) -> String {
        let plain = text.lowercased().utf8.allSatisfy {
            SourceText.isSegmentByte($0) || $0 == UInt8(ascii: "/")
        }
        if plain && !text.isEmpty && !text.hasPrefix("-") { return text }
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }
}
