internal import Domain

/// Turns found texts into typed values and collects what is wrong with them.
///
/// A value that is refused reads as a harmless stand-in, so that the ones after it are checked too;
/// nobody sees the stand-in, because a finding stops the loading.
struct SettingsReader {
    let found: [SettingKey: FoundSetting]
    private(set) var findings: [SettingsFinding]

    func setting(_ key: SettingKey) -> FoundSetting {
        found[key] ?? FoundSetting(value: key.standard, origin: .standard)
    }

    mutating func report(_ key: SettingKey, _ message: String, hint: String = "") {
        findings.append(
            SettingsFinding(setting(key).origin, "\(key.rawValue): \(message)", hint: hint))
    }

    func list(_ key: SettingKey) -> [String] {
        switch setting(key).value {
        case .text(let text): [text]
        case .list(let texts): texts
        }
    }

    mutating func text(_ key: SettingKey) -> String {
        if case .text(let text) = setting(key).value, !text.isEmpty || key.mayBeEmpty {
            return text
        }
        report(key, "wants one value")
        return ""
    }

    /// Lower-case letters, digits, `.`, `_` and `-`: what may stand in a `source` segment.
    mutating func word(_ key: SettingKey) -> String {
        let word = text(key)
        let isFine = word.utf8.count <= 48 && word.utf8.allSatisfy(SourceText.isSegmentByte)
        if !isFine {
            report(key, "\"\(word)\" is no name", hint: "use at most 48 of a-z, 0-9, . _ -")
        }
        return word
    }

    mutating func count(_ key: SettingKey, in range: ClosedRange<Int>) -> Int {
        let text = text(key)
        if let number = Int(text), range.contains(number) { return number }
        let bounds = "\(range.lowerBound) to \(range.upperBound)"
        report(key, "\"\(text)\" is not a whole number from \(bounds)")
        return range.lowerBound
    }

    mutating func core(_ key: SettingKey) -> Int? {
        text(key) == "any" ? nil : count(key, in: 0...1023)
    }

    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: SettingKey, else standIn: Choice
    ) -> Choice {
        let text = text(key)
        if let choice = Choice(rawValue: text) { return choice }
        let words = Choice.allCases.map(\.rawValue)
        report(
            key, "\"\(text)\" is not one of \(words.joined(separator: ", "))",
            hint: Likeness.guess(for: text, among: words) ?? "")
        return standIn
    }

    /// `30d`, `12h`, `5m`, `30s`; at least a minute.
    mutating func duration(_ key: SettingKey) -> Interval {
        let text = text(key)
        let seconds: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        if let unit = text.last.flatMap({ seconds[$0] }), let number = Int64(text.dropLast()),
            (1...100_000).contains(number), number * unit >= 60
        {
            return .seconds(number * unit)
        }
        report(key, "\"\(text)\" is no length of time", hint: "write 30d, 12h or 90m; at least 1m")
        return .minutes(1)
    }

    mutating func bindAddress(_ key: SettingKey) -> String {
        let text = text(key)
        if address(text, of: key) == .network {
            report(
                key,
                "\(text) could be reached by anyone on the network, and encrypted sockets "
                    + "are not in this version",
                hint: "bind tcp://127.0.0.1:PORT or an ipc:// path and "
                    + "let publishers in through an SSH tunnel or a VPN on this machine")
        }
        return text
    }

    mutating func connectAddresses(_ key: SettingKey) -> [String] {
        let texts = list(key)
        for text in texts { _ = address(text, of: key) }
        return texts
    }

    private mutating func address(_ text: String, of key: SettingKey) -> Endpoint.Reach {
        do throws(Endpoint.Fault) {
            return try Endpoint(text).reach
        } catch {
            report(key, error.message, hint: error.hint)
            return .thisMachine
        }
    }

    /// A cell path has at most 8 levels.
    mutating func levels(_ key: SettingKey) -> [String] {
        let names = list(key)
        if !(1...8).contains(names.count) || Set(names).count != names.count {
            report(key, "wants 1 to 8 different names, the root's first")
        }
        return names
    }

    /// `police=police.geojson`.
    mutating func hierarchies(_ key: SettingKey) -> [HierarchyFile] {
        var hierarchies: [HierarchyFile] = []
        for text in list(key) {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2 {
                hierarchies.append(HierarchyFile(name: parts[0], path: parts[1]))
            } else {
                report(
                    key, "\"\(text)\" is no hierarchy", hint: "write it like police=police.geojson")
            }
        }
        return hierarchies
    }

    mutating func sourcePrefixes(_ key: SettingKey) -> [String] {
        let prefixes = list(key)
        for prefix in prefixes where !SourceText.isPrefix(prefix) {
            report(
                key, "\"\(prefix)\" cannot begin the name of a source",
                hint: "write it like acme/site-7")
        }
        return prefixes
    }
}

/// The syntax of a source's name: lower-case segments between slashes.
enum SourceText {
    static func isSegmentByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
        default: false
        }
    }

    static func isPrefix(_ text: String) -> Bool {
        let isShort = (1...Limits.sourceBytesMax).contains(text.utf8.count)
        return isShort && !text.hasPrefix("/")
            && text.utf8.allSatisfy { isSegmentByte($0) || $0 == UInt8(ascii: "/") }
    }
}
