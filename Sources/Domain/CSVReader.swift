/// A field of a CSV, and where it stands.
package struct CSVField: Sendable {
    package var text = ""
    package var place: TextPlace

    package init(text: String = "", place: TextPlace) {
        self.text = text
        self.place = place
    }
}

/// What breaks the rules of a CSV.
package struct CSVFault: Sendable {
    package var message: String
    package var place: TextPlace
    package var hint: String?
}

/// Reads comma-separated values, RFC 4180: a field may stand in double quotes, which are doubled
/// within it; a quoted field may run over lines.
///
/// It never fails: what breaks the rules is noted, and read as well as it can be.
package struct CSVReader {
    /// A row with more is cut off: it has another count than its header.
    static let fieldsMax = 256

    private let bytes: [UInt8]
    private var at: Int
    private var place = TextPlace(line: 1, column: 1)
    private var faults: [CSVFault] = []

    /// Begins behind a byte order mark. **Range**: UTF-8.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The next record that is no empty line; nil at the end.
    package mutating func next() -> [CSVField]? {
        while at < bytes.count {
            let record = record()
            if record.count > 1 || !(record.first?.text.isEmpty ?? true) { return record }
        }
        return nil
    }

    /// What was wrong since the last call.
    package mutating func takeFaults() -> [CSVFault] {
        defer { faults = [] }
        return faults
    }

    private mutating func note(_ message: String, at place: TextPlace, hint: String? = nil) {
        faults.append(CSVFault(message: message, place: place, hint: hint))
    }

    private mutating func record() -> [CSVField] {
        var fields: [CSVField] = []
        while true {
            let field = field()
            if fields.count < Self.fieldsMax { fields.append(field) }
            guard at < bytes.count else { return fields }
            let isComma = bytes[at] == UInt8(ascii: ",")
            step()
            if !isComma { return fields }
        }
    }

    private mutating func field() -> CSVField {
        var field = CSVField(place: place)
        var text: [UInt8] = []
        if at < bytes.count, bytes[at] == UInt8(ascii: "\"") {
            readQuoted(&text, from: field.place)
        }
        while at < bytes.count, !isEnd(bytes[at]) {
            if bytes[at] == UInt8(ascii: "\"") {
                note(
                    "a quotation mark within a field", at: place,
                    hint: "put the whole field in quotation marks, and double those within it")
            }
            if !isLineEnd() { text.append(bytes[at]) }
            step()
        }
        field.text = String(decoding: text, as: UTF8.self)
        return field
    }

    private mutating func readQuoted(_ text: inout [UInt8], from start: TextPlace) {
        step()
        while at < bytes.count {
            let byte = bytes[at]
            step()
            guard byte == UInt8(ascii: "\"") else {
                text.append(byte)
                continue
            }
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
                if at < bytes.count, !isEnd(bytes[at]), !isLineEnd() {
                    note("text after a closing quotation mark", at: place)
                }
                return
            }
            text.append(byte)
            step()
        }
        note("the quotation mark is never closed", at: start)
    }

    private func isEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n")
    }

    /// Whether a carriage return stands before a line's end, and is part of it.
    private func isLineEnd() -> Bool {
        bytes[at] == UInt8(ascii: "\r")
            && (at + 1 == bytes.count || bytes[at + 1] == UInt8(ascii: "\n"))
    }

    private mutating func step() {
        if bytes[at] == UInt8(ascii: "\n") {
            place = TextPlace(line: place.line + 1, column: 1)
        } else if bytes[at] & 0xC0 != 0x80 {
            place.column += 1
        }
        at += 1
    }
}
