/// Finds the declared name an author probably meant.
enum Spelling {
    /// The nearest candidate within a third of the name's length in edits, or nil.
    static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
        let wanted = Array(name.utf8)
        var best: (name: String, distance: Int)?
        for candidate in candidates where candidate != name {
            let bytes = Array(candidate.utf8)
            guard abs(bytes.count - wanted.count) <= max(1, wanted.count / 3) else { continue }
            let distance = edits(from: wanted, to: bytes)
            let better = best.map { (distance, candidate) < ($0.distance, $0.name) } ?? true
            if distance <= max(1, wanted.count / 3), better { best = (candidate, distance) }
        }
        return best?.name
    }

    /// A hint for a misspelt name: the nearest candidate or nothing.
    static func hint(for name: String, among candidates: some Sequence<String>) -> String? {
        nearest(to: name, among: candidates).map { "did you mean '\($0)'?" }
    }

    /// Damerau-Levenshtein distance with adjacent transpositions.
    private static func edits(from: [UInt8], to: [UInt8]) -> Int {
        var older = [Int](repeating: 0, count: to.count + 1)
        var previous = Array(0...to.count)
        for i in from.indices {
            var current = [i + 1]
            for j in to.indices {
                var cost = min(previous[j + 1], current[j]) + 1
                cost = min(cost, previous[j] + (from[i] == to[j] ? 0 : 1))
                if i > 0, j > 0, from[i] == to[j - 1], from[i - 1] == to[j] {
                    cost = min(cost, older[j - 1] + 1)
                }
                current.append(cost)
            }
            (older, previous) = (previous, current)
        }
        return previous[to.count]
    }
}
