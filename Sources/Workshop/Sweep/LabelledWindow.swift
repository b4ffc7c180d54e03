public import Domain

/// A stretch of time in which something really was the matter.
public struct LabelledWindow: Sendable {
    public var start: Timestamp
    public var end: Timestamp
    /// The cell's code or path, or the source; nil: anywhere.
    public var place: String?

    /// Windows of a CSV file with the columns `start`, `end` and, if there is one, `place`.
    ///
    /// **Fails**: with the first line that can't be read.
    public static func read(csv text: String) throws(SweepMistake) -> [LabelledWindow] {
        var lines = text.split(whereSeparator: \.isNewline).map { fields(String($0)) }
        guard !lines.isEmpty else { throw SweepMistake(text: "the labels are empty") }
        let head = lines.removeFirst()
        guard let start = head.firstIndex(of: "start"), let end = head.firstIndex(of: "end") else {
            throw SweepMistake(text: "the labels need the columns `start` and `end`")
        }
        let place = head.firstIndex(of: "place")
        var windows: [LabelledWindow] = []
        for (index, line) in lines.enumerated() {
            guard line.count == head.count, let from = Timestamp(rfc3339: line[start]),
                let to = Timestamp(rfc3339: line[end]), from <= to
            else { throw SweepMistake(text: "line \(index + 2) of the labels is no window") }
            windows.append(
                LabelledWindow(
                    start: from, end: to,
                    place: place.flatMap { line[$0].isEmpty ? nil : line[$0] }))
        }
        return windows
    }

    private static func fields(_ line: String) -> [String] {
        line.split(separator: ",", omittingEmptySubsequences: false)
            .map { $0.trimmingPrefix(" ") }.map(String.init)
    }

    /// Whether a raised state of these times and place is of the same matter.
    func meets(_ raised: RaisedInterval) -> Bool {
        guard raised.start <= end, start <= raised.end else { return false }
        return place.map { raised.places.contains($0) } ?? true
    }
}

/// From when to when a rule stood raised for one key.
struct RaisedInterval: Sendable {
    var start: Timestamp
    var end: Timestamp
    /// The names by which a label may mean it: the cell's code and paths, the source.
    var places: Set<String>
}
