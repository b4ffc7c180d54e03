// AlertCases: alerts as they come off the wire, good and bad, with what must become of each.
//
// Plain data, so that the decoder's tests and tests of the whole system hold to the same table. A
// bad alert is a good one with one thing changed; it names the code it is refused with and the JSON
// pointer of the field at fault, empty for the whole message.

/// A message that must be refused.
public struct MalformedAlert: Sendable, CustomStringConvertible {
    public let name: String
    public let bytes: [UInt8]
    /// The protocol's word, such as `bad_value`.
    public let code: String
    public let pointer: String

    public var description: String { name }

    init(_ name: String, _ bytes: [UInt8], _ code: String, _ pointer: String) {
        self.name = name
        self.bytes = bytes
        self.code = code
        self.pointer = pointer
    }
}

/// A message that must be accepted, with something at its limit or written unusually.
public struct AcceptableAlert: Sendable, CustomStringConvertible {
    public let name: String
    public let bytes: [UInt8]
    public let droppedFields: Int

    public var description: String { name }

    init(_ name: String, _ text: String, dropped: Int = 0) {
        self.name = name
        self.bytes = Array(text.utf8)
        self.droppedFields = dropped
    }
}

public enum AlertCases {
    /// The kinds that the cases use: a catalog for them must hold these.
    public static let kinds = ["crowd.density", "gas.concentration"]

    /// The protocol's example, with every common field.
    public static let example = """
        {"specversion":"1.0","type":"tocsin.alert.v1","id":"01J9Z3K6T4-17",\
        "source":"acme/site-7/cam-03","time":"2026-05-25T13:42:11.412Z","sequence":"17",\
        "data":{"kind":"crowd.density","severity":"moderate","state":"raise","confidence":0.92,\
        "position":{"lat":40.6086,"lon":-73.9730,"accuracy_m":15},"cell":"NYC/3/311/311-042",\
        "measures":[{"name":"people","value":7,"unit":"1","limit":5}],"count":7,\
        "start":"2026-05-25T13:42:05Z"}}
        """

    /// The shortest alert: what is required and nothing else.
    public static let minimal = """
        {"specversion":"1.0","type":"tocsin.alert.v1","id":"a","source":"s",\
        "time":"2026-05-25T13:42:11Z","data":{"kind":"gas.concentration","severity":"minor"}}
        """

    /// The example with the first `old` replaced; traps when there is none, so that no case is
    /// void.
    static func changed(_ old: String, _ new: String) -> String {
        guard let range = example.firstRange(of: old) else {
            preconditionFailure("the example has no \(old)")
        }
        return example.replacingCharacters(in: range, with: new)
    }

    /// The minimal alert with more members in its data.
    static func adding(_ members: String) -> String {
        String(minimal.dropLast(2)) + "," + members + "}}"
    }

    /// The example with its text `old` replaced by bytes that need not be UTF-8.
    static func spliced(_ old: String, _ new: [UInt8]) -> [UInt8] {
        let whole = Array(example.utf8)
        let part = Array(old.utf8)
        guard let at = whole.indices.first(where: { whole[$0...].starts(with: part) }) else {
            preconditionFailure("the example has no \(old)")
        }
        return Array(whole[..<at]) + new + Array(whole[(at + part.count)...])
    }
}

extension String {
    func firstRange(of part: String) -> Range<String.Index>? {
        var at = startIndex
        while at < endIndex {
            if self[at...].hasPrefix(part) { return at..<index(at, offsetBy: part.count) }
            at = index(after: at)
        }
        return nil
    }

    func replacingCharacters(in range: Range<String.Index>, with new: String) -> String {
        String(self[..<range.lowerBound]) + new + String(self[range.upperBound...])
    }
}
