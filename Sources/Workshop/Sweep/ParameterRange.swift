import RuleBook

/// The values to try for a parameter of the rules: `heat=50..80:5`, or `heat=50,55,60`.
public struct ParameterRange: Sendable {
    public static let valuesMax = 1000

    public let name: String
    public let values: [Double]

    /// Nil when the text is no range, or one of more than `valuesMax` values.
    public init?(_ text: String) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty,
            let values = ParameterRange.steps(parts[1]) ?? ParameterRange.list(parts[1]),
            !values.isEmpty, values.count <= ParameterRange.valuesMax
        else { return nil }
        (name, self.values) = (parts[0], values)
    }

    /// `50..80:5`, both ends in it.
    private static func steps(_ text: String) -> [Double]? {
        guard let dots = text.firstRange(of: "..") else { return nil }
        let rest = text[dots.upperBound...].split(separator: ":")
        guard rest.count == 2, let low = Double(text[..<dots.lowerBound]),
            let high = Double(rest[0]), let step = Double(rest[1]), step > 0, low <= high,
            (high - low) / step < Double(valuesMax)
        else { return nil }
        let count = Int(((high - low) / step + 1e-9).rounded(.down))
        // Counted, not added up: 0.1 ten times is not 1.
        return (0...count).map { ((low + Double($0) * step) * 1e9).rounded() / 1e9 }
    }

    private static func list(_ text: String) -> [Double]? {
        let numbers = text.split(separator: ",").map { Double($0) }
        return numbers.allSatisfy { $0?.isFinite == true } ? numbers.compactMap { $0 } : nil
    }
}

/// One value for each parameter that is swept.
public struct ParameterChoice: Codable, Sendable {
    public var values: [String: Double]

    /// Every choice of the ranges, the first parameter changing slowest.
    static func all(_ ranges: [ParameterRange]) -> [ParameterChoice] {
        ranges.reduce([ParameterChoice(values: [:])]) { choices, range in
            choices.flatMap { choice in
                range.values.map { value in
                    var next = choice
                    next.values[range.name] = value
                    return next
                }
            }
        }
    }

    /// The files with these values in place of their own; nil with the name of a parameter that no
    /// file has.
    func applied(to files: RuleFiles) throws(SweepMistake) -> RuleFiles {
        var files = files
        for (name, value) in values {
            var isFound = false
            for (index, file) in files.rules.enumerated() {
                guard let spot = ParameterChoice.spot(of: name, in: file) else { continue }
                let fix = Fix(spot, value == value.rounded() ? "\(value)" : value.plainText)
                files.rules[index] = SourceFile(path: file.path, text: fix.applied(to: file.text))
                isFound = true
            }
            if !isFound { throw SweepMistake(text: "no rule file has a parameter `\(name)`") }
        }
        return files
    }

    private static func spot(of name: String, in file: SourceFile) -> Spot? {
        let root = YAMLDocument.read(file, into: FindingList())
        let params = root?.pairs()?.first { $0.key.value == "param" }?.value
        let param = params?.pairs()?.first { $0.key.value == name }?.value
        return param?.pairs()?.first { $0.key.value == "value" }?.value.spot
    }
}

/// Why a sweep can't be made, in words.
public struct SweepMistake: Error, Sendable {
    public let text: String
}
