/// A value and the place it was written at.
package struct Marked<Value: Sendable>: Sendable {
    package var value: Value
    package var spot: Spot
    /// How many columns of quoting stand before the text.
    let quote: Quote

    enum Quote: Sendable { case none, single, double, block }

    init(_ value: Value, _ spot: Spot, _ quote: Quote = .none) {
        self.value = value
        self.spot = spot
        self.quote = quote
    }
}

extension Marked where Value == String {
    /// The spot of the text's scalar `offset`, `width` scalars wide.
    ///
    /// Text that runs over several lines is pointed at where it starts: its line breaks were
    /// folded.
    func spot(at offset: Int, width: Int) -> Spot {
        var at = spot
        let written = Array(spot.file.line(spot.line).unicodeScalars.dropFirst(spot.column - 1))
        guard let column = column(of: offset, in: written) else { return at }
        at.column += column
        at.width = max(1, width)
        return at
    }

    /// Where scalar `offset` of the value stands in the line as written; nil when it runs past its
    /// end.
    private func column(of offset: Int, in written: [Unicode.Scalar]) -> Int? {
        guard quote != .block else { return nil }
        var column = quote == .none ? 0 : 1
        for _ in 0..<offset {
            guard column < written.count else { return nil }
            let escape: Unicode.Scalar = quote == .single ? "'" : "\\"
            column += quote != .none && written[column] == escape ? 2 : 1
        }
        return column <= written.count ? column : nil
    }
}
