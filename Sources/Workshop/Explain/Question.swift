public import Domain

/// What is to be explained.
public enum Question: Sendable {
    /// A task by its incident, or the beginning of it.
    case task(String)
    /// An alert, by `source#id` or its id.
    case alert(String)
    /// What stands in a cell at a moment.
    case cell(String, Timestamp)
    /// Why a rule does not stand raised for a key at a moment.
    case whyNot(rule: String, key: [String], Timestamp)

    /// `CELL@TIME`, an incident (8 to 32 hexadecimal digits), or an alert; nil without a time.
    public init?(_ text: String) {
        if let (name, time) = Question.moment(text) {
            guard let time else { return nil }
            self = .cell(name, time)
        } else if (8...32).contains(text.count), text.allSatisfy(\.isHexDigit) {
            self = .task(text.lowercased())
        } else {
            self = .alert(text)
        }
    }

    /// `KEY@TIME`, parts of the key with commas between.
    public init?(whyNot rule: String, _ text: String) {
        guard let (key, found) = Question.moment(text), let time = found else { return nil }
        self = .whyNot(rule: rule, key: key.split(separator: ",").map(String.init), time)
    }

    /// The two sides of the last `@`; the time is nil when it can't be read.
    private static func moment(_ text: String) -> (name: String, time: Timestamp?)? {
        guard let at = text.lastIndex(of: "@"), at > text.startIndex else { return nil }
        let time = String(text[text.index(after: at)...])
        return (String(text[..<at]), Timestamp(rfc3339: time))
    }
}

/// Why there is nothing to explain, in words.
public struct NothingThere: Error, Sendable {
    public let text: String
}
