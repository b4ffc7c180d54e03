/// What is wrong with an expression, where, and what its author may do about it.
public struct Diagnostic: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of mistake it is, for tools that filter or count.
    public enum Code: String, Sendable {
        case syntax, limit, macro, name, overload, field, type, pattern
        case intBesideDouble = "int-double"
        /// Beyond what a typed program can do.
        case unsupported
    }

    public var code: Code
    public var position: SourcePosition
    public var message: String
    public var hint: String?
    /// The line of the text the position is in.
    public var lineText: String
    public var sourceName: String

    public init(
        _ code: Code, _ message: String, at offset: Int, in source: Source, hint: String? = nil
    ) {
        self.code = code
        self.message = message
        self.hint = hint
        position = source.position(at: offset)
        lineText = source.lineText(position.line)
        sourceName = source.name
    }

    /// The message with its place, the line, a caret under the column, and the hint.
    public var description: String {
        let place = sourceName.isEmpty ? "" : sourceName + ":"
        var text = "\(place)\(position.line):\(position.column): \(message)\n"
        text += "  | \(lineText)\n  | \(caretPadding)^"
        if let hint { text += "\n  hint: \(hint)" }
        return text
    }

    /// Blanks up to the caret; tabs stay tabs so that the caret stays in its column.
    private var caretPadding: String {
        var padding = ""
        for scalar in lineText.unicodeScalars.prefix(position.column - 1) {
            padding.unicodeScalars.append(scalar == "\t" ? "\t" : " ")
        }
        return padding
    }
}

/// Everything found wrong with one expression; never empty.
public struct Diagnostics: Error, Sendable, CustomStringConvertible {
    public let items: [Diagnostic]

    public init(_ items: [Diagnostic]) {
        self.items = items
    }

    public var description: String {
        items.map(\.description).joined(separator: "\n")
    }
}
