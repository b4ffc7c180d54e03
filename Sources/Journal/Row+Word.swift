import GRDB

extension Row {
    /// A column that holds the number of an enum's case.
    func word<Word: RawRepresentable<UInt8>>(_ column: String) throws -> Word {
        try Self.word(self[column], column)
    }

    /// The same by the column's place.
    func word<Word: RawRepresentable<UInt8>>(at place: Int) throws -> Word {
        try Self.word(self[place], "column \(place)")
    }

    private static func word<Word: RawRepresentable<UInt8>>(
        _ number: Int64, _ column: String
    ) throws -> Word {
        guard let word = UInt8(exactly: number).flatMap(Word.init(rawValue:)) else {
            throw JournalFailure.database(.read, code: -1, text: "\(column) \(number) is unknown")
        }
        return word
    }
}
