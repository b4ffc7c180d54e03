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
        var reader = CSVReader(Array(text.utf8))
        guard let head = fields(reader.next()) else {
            throw SweepMistake(text: "the labels are empty")
        }
        guard let start = head.firstIndex(of: "start"), let end = head.firstIndex(of: "end") else {
            throw SweepMistake(text: "the labels need the columns `start` and `end`")
        }
        let place = head.firstIndex(of: "place")
        var windows: [LabelledWindow] = []
        while let record = reader.next() {
            let line = fields(record) ?? []
            guard reader.takeFaults().isEmpty, line.count == head.count,
                let from = Timestamp(rfc3339: line[start]),
                let to = Timestamp(rfc3339: line[end]), from <= to
            else {
                throw SweepMistake(text: "line \(record[0].place.line) of the labels is no window")
            }
            windows.append(
                LabelledWindow(
                    start: from, end: to,
                    place: place.flatMap { line[$0].isEmpty ? nil : line[$0] }))
        }
        return windows
    }

    private static func fields(_ record: [CSVField]?) -> [String]? {
        record?.map { String($0.text.trimmingPrefix { $0 == " " }) }
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
