/// The word most like a mistyped one.
enum Suggestion {
    /// `did you mean feed.bind?`, or empty where nothing among `words` is near.
    static func hint(for word: String, among words: [String]) -> String {
        let ranked = words.map { (word: $0, distance: distance(word, $0)) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }),
            best.distance <= max(2, word.utf8.count / 4)
        else { return "" }
        return "did you mean \(best.word)?"
    }

    /// Insertions, deletions and replacements from one word to the other (Levenshtein).
    static func distance(_ a: String, _ b: String) -> Int {
        let (from, to) = (Array(a.utf8), Array(b.utf8))
        var row = Array(0...to.count)
        for (i, byte) in from.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in to.enumerated() {
                let replaced = diagonal + (byte == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
            }
        }
        return row[to.count]
    }
}
