public import Domain

/// What is wrong with a registry, in a word that stays the same from version to version.
public enum RegistryCode: String, CaseIterable, Codable, Sendable {
    case tooLarge = "registry/too-large"
    case encoding = "registry/encoding"
    case quote = "registry/quote"
    case header = "registry/header"
    case fields = "registry/fields"
    case limit = "registry/limit"
    case name = "source/name"
    case duplicate = "source/duplicate"
    case position = "source/position"
    case swapped = "source/swapped"
    case outside = "source/outside"
    case cell = "source/cell"
    case disagreement = "source/disagreement"
    case accuracy = "source/accuracy"
    case kind = "source/kind"
    case period = "source/period"
    case title = "source/title"
}

/// One thing that is wrong with a registry, with its place and what to do about it.
public struct RegistryProblem: Error, Sendable, Equatable, Codable {
    public var code: RegistryCode
    public var file: String
    public var place: TextPlace
    public var message: String
    public var hint: String?
    /// The line of the file at `place`; empty where it is long.
    public var excerpt: String

    /// As people read it: place, message, the line with a caret, the hint.
    public var text: String {
        var lines = ["\(file):\(place.line):\(place.column): error: \(message) [\(code.rawValue)]"]
        if !excerpt.isEmpty {
            let number = String(place.line)
            let margin = String(repeating: " ", count: number.count)
            let indent = excerpt.unicodeScalars.prefix(place.column - 1)
                .map { $0 == "\t" ? "\t" : " " }.joined()
            lines += ["  \(number) | \(excerpt)", "  \(margin) | \(indent)^"]
        }
        if let hint { lines.append("  hint: \(hint)") }
        return lines.joined(separator: "\n")
    }
}

/// Everything that is wrong with a registry; nothing was taken.
public struct RegistryErrors: Error, Sendable, CustomStringConvertible {
    /// In the order of the file.
    public let problems: [RegistryProblem]
    /// Problems beyond those: one mistake of a program that wrote the file is in every line.
    public let more: Int

    public var description: String {
        (problems.map(\.text) + [summary]).joined(separator: "\n")
    }

    /// Such as `3 problems` or `1,000 problems and 20 more`.
    public var summary: String {
        let count = "\(problems.count) problem\(problems.count == 1 ? "" : "s")"
        return more == 0 ? count : "\(count) and \(more) more"
    }
}

/// Where the readers put what they find wrong.
struct RegistryProblems {
    static let keptMax = 1000

    let text: RegistryText
    private(set) var kept: [RegistryProblem] = []
    private var more = 0

    init(_ text: RegistryText) { self.text = text }

    var isEmpty: Bool { kept.isEmpty }

    mutating func add(
        _ code: RegistryCode, _ message: String, at place: TextPlace, hint: String? = nil
    ) {
        guard kept.count < Self.keptMax else {
            more += 1
            return
        }
        kept.append(
            RegistryProblem(
                code: code, file: text.path, place: place, message: message, hint: hint,
                excerpt: text.line(place.line)))
    }

    /// All of them by their places.
    var errors: RegistryErrors {
        RegistryErrors(problems: kept.sorted { $0.place < $1.place }, more: more)
    }
}
