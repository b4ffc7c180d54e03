/// A place in a text, both counted from 1; columns count Unicode scalars.
public struct TextPlace: Sendable, Hashable, Codable, Comparable {
    public var line: Int
    public var column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    public static func < (a: TextPlace, b: TextPlace) -> Bool {
        (a.line, a.column) < (b.line, b.column)
    }
}
