/// Finds the word an author most likely meant.
package enum Likeness {
    /// `did you mean …?` with the nearest of `words`, or the list of all when none is near.
    package static func hint(for word: String, among words: [String]) -> String? {
        if let guess = guess(for: word, among: words) { return guess }
        if words.isEmpty { return nil }
        let shown = words.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
        return "one of \(shown)\(words.count > 12 ? " …" : "")"
    }

    /// `did you mean …?`, or nil when no word is near.
    package static func guess(for word: String, among words: [String]) -> String? {
        nearest(to: word, among: words).map { "did you mean `\($0)`?" }
    }

    /// The nearest word within a third of the length in edits; nil when all are farther.
    package static func nearest(to word: String, among words: [String]) -> String? {
        let limit = max(1, word.count / 3)
        let near = words.map { (distance(word.lowercased(), $0.lowercased()), $0) }
            .filter { $0.0 <= limit }
        return near.min { $0.0 < $1.0 }?.1
    }

    /// Edits (insert, delete, replace, swap of neighbours) that make `a` into `b`.
    static func distance(_ a: String, _ b: String) -> Int {
        let (from, to) = (Array(a), Array(b))
        var before: [Int] = []
        var previous = Array(0...to.count)
        for row in 0..<from.count {
            var current = [row + 1]
            for column in 0..<to.count {
                let change = previous[column] + (from[row] == to[column] ? 0 : 1)
                var best = min(change, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, from[row] == to[column - 1], from[row - 1] == to[column] {
                    best = min(best, before[column - 1] + 1)
                }
                current.append(best)
            }
            (before, previous) = (previous, current)
        }
        return previous[to.count]
    }
}
