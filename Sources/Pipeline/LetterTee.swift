import Domain

/// Copies of the letters that a walk takes in while another engine, aside, catches up with it.
///
/// What does not fit makes it `isFull`, and nothing more is kept: who catches up has to do without.
///
/// **Owner**: the walk, until it is taken.
struct LetterTee: Sendable {
    /// A quarter of a minute of 20,000 alerts a second.
    static let byteCapacity = 96 * 1024 * 1024

    private(set) var isFull = false
    private var heads: [(head: LetterHead, end: Int)] = []
    private var bytes: [UInt8] = []

    mutating func note(_ letter: borrowing Letter) {
        guard !isFull, !letter.isMalformed else { return }
        guard bytes.count + letter.bytes.count <= LetterTee.byteCapacity else {
            isFull = true
            return
        }
        for index in 0..<letter.bytes.count { bytes.append(letter.bytes[index]) }
        heads.append((letter.head, bytes.count))
    }

    /// Composes each letter anew, in their order, and hands it to `body`.
    func replay(into letter: inout Letter, _ body: (borrowing Letter) -> Void) {
        var start = 0
        for (head, end) in heads {
            letter.bytes.clear()
            letter.bytes.append(bytes.span, start, end)
            letter.head = head
            letter.isMalformed = false
            body(letter)
            start = end
        }
    }
}

extension Walk {
    /// Begins to copy what is taken in; gives the position of the latest alert before.
    public mutating func beginTee() -> UInt64 {
        tee = LetterTee()
        return sequence
    }
}
