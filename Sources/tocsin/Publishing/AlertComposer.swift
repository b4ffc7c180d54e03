import Domain

/// Makes the message to send out of one line: a CloudEvent as it is, or the flat form of one.
///
/// The flat form is the envelope's `id`, `source`, `time` and `sequence` beside the members of
/// `data`, on one level, with two shorthands: `lat` and `lon` for `position`, and `value` (with
/// `unit`, `measure`, `limit`) for the one entry of `measures`. A missing `id` is made up, a
/// missing `time` is now.
struct AlertComposer {
    /// Stamps every alert with the moment of sending.
    var retimes = false
    /// Numbers the alerts of each source 1, 2, 3 …
    var numbers = false

    /// The message, valid until the next line.
    private(set) var body: [UInt8] = []
    private(set) var topic: [UInt8] = []
    private(set) var sources = PublishedSources()

    private var line = LineMembers()
    private var made = 0
    /// Starts the ids made up here: different in each run, the same length for a long time.
    private let idPrefix: String

    enum Fault: Error, CustomStringConvertible {
        case line(LineMembers.Fault)
        case noSource
        case badSource

        var description: String {
            switch self {
            case .line(let fault): fault.rawValue
            case .noSource: "no \"source\""
            case .badSource: "\"source\" is not a name such as \"acme/site-7/cam-03\""
            }
        }
    }

    init(retimes: Bool = false, numbers: Bool = false, started: Timestamp) {
        self.retimes = retimes
        self.numbers = numbers
        idPrefix = String(started.nanoseconds / 1_000_000, radix: 36)
    }

    /// Composes `topic` and `body` from `bytes[start..<end]`, to be sent at `now`.
    mutating func compose(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int, now: Timestamp
    ) throws(Fault) {
        do throws(LineMembers.Fault) {
            try line.read(bytes, start, end)
        } catch {
            throw .line(error)
        }
        let number = try addressed(to: bytes)
        body.removeAll(keepingCapacity: true)
        let isEnvelope = line.value("specversion", in: bytes) != nil
        if isEnvelope && !retimes && !numbers {
            append(bytes, start..<end)
        } else if isEnvelope {
            composeEnvelope(bytes, number: number, now: now)
        } else {
            composeFlat(bytes, number: number, now: now)
        }
    }

    /// Finds the source, makes it the topic, and counts the alert as its next.
    private mutating func addressed(to bytes: Span<UInt8>) throws(Fault) -> UInt64 {
        guard let value = line.value("source", in: bytes) else { throw .noSource }
        guard value.count > 2, bytes[value.lowerBound] == UInt8(ascii: "\"") else {
            throw .badSource
        }
        let text = value.lowerBound + 1..<value.upperBound - 1
        for at in text where bytes[at] <= 0x20 || bytes[at] == UInt8(ascii: "\\") {
            throw .badSource
        }
        topic.removeAll(keepingCapacity: true)
        topic.append(contentsOf: "alert/v1/json/".utf8)
        for at in text { topic.append(bytes[at]) }
        topic.append(UInt8(ascii: "/"))
        return numbers ? sources.next(bytes, text) : sources.seen(bytes, text)
    }

    /// The envelope member by member, `time` and `sequence` replaced where asked for.
    private mutating func composeEnvelope(_ bytes: Span<UInt8>, number: UInt64, now: Timestamp) {
        append("{")
        for member in line.members {
            if retimes && LineMembers.equal(bytes, member.key, "time") { continue }
            if numbers && LineMembers.equal(bytes, member.key, "sequence") { continue }
            append(bytes, member)
        }
        if retimes { appendTime(now) }
        if numbers { appendSequence(number) }
        close()
    }

    private mutating func composeFlat(_ bytes: Span<UInt8>, number: UInt64, now: Timestamp) {
        append(#"{"specversion":"1.0","type":"tocsin.alert.v1","#)
        for member in line.members where Self.isEnvelope(bytes, member.key) {
            if retimes && LineMembers.equal(bytes, member.key, "time") { continue }
            if numbers && LineMembers.equal(bytes, member.key, "sequence") { continue }
            append(bytes, member)
        }
        if line.value("id", in: bytes) == nil { appendID() }
        if retimes || line.value("time", in: bytes) == nil { appendTime(now) }
        if numbers { appendSequence(number) }
        append(#""data":{"#)
        for member in line.members
        where !Self.isEnvelope(bytes, member.key) && !Self.isShorthand(bytes, member.key) {
            append(bytes, member)
        }
        appendPosition(bytes)
        appendMeasure(bytes)
        close()
        append("}")
    }

    private mutating func appendPosition(_ bytes: Span<UInt8>) {
        guard let lat = line.value("lat", in: bytes), let lon = line.value("lon", in: bytes) else {
            return
        }
        append(#""position":{"lat":"#)
        append(bytes, lat)
        append(#","lon":"#)
        append(bytes, lon)
        if let accuracy = line.value("accuracy_m", in: bytes) {
            append(#","accuracy_m":"#)
            append(bytes, accuracy)
        }
        append("},")
    }

    private mutating func appendMeasure(_ bytes: Span<UInt8>) {
        guard let value = line.value("value", in: bytes) else { return }
        append(#""measures":[{"name":"#)
        if let name = line.value("measure", in: bytes) {
            append(bytes, name)
        } else {
            append(#""value""#)
        }
        append(#","value":"#)
        append(bytes, value)
        for (name, key) in [("unit" as StaticString, #","unit":"#), ("limit", #","limit":"#)] {
            guard let text = line.value(name, in: bytes) else { continue }
            append(key)
            append(bytes, text)
        }
        append("}],")
    }

    private mutating func appendID() {
        made += 1
        append("\"id\":\"\(idPrefix)-\(made)\",")
    }

    private mutating func appendTime(_ now: Timestamp) {
        append("\"time\":\"\(now.rfc3339)\",")
    }

    private mutating func appendSequence(_ number: UInt64) {
        append("\"sequence\":\"\(number)\",")
    }

    /// Ends an object, in the place of its last comma.
    private mutating func close() {
        if body.last == UInt8(ascii: ",") { body.removeLast() }
        append("}")
    }

    private mutating func append(_ text: String) { body.append(contentsOf: text.utf8) }

    private mutating func append(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        for at in range { body.append(bytes[at]) }
    }

    private mutating func append(_ bytes: Span<UInt8>, _ member: LineMembers.Member) {
        append(bytes, member.key.lowerBound - 1..<member.key.upperBound + 1)
        append(":")
        append(bytes, member.value)
        append(",")
    }

    private static func isEnvelope(_ bytes: Span<UInt8>, _ key: Range<Int>) -> Bool {
        LineMembers.equal(bytes, key, "id") || LineMembers.equal(bytes, key, "source")
            || LineMembers.equal(bytes, key, "time") || LineMembers.equal(bytes, key, "sequence")
    }

    private static func isShorthand(_ bytes: Span<UInt8>, _ key: Range<Int>) -> Bool {
        let names: [StaticString] = [
            "lat", "lon", "accuracy_m", "value", "measure", "unit", "limit",
        ]
        return names.contains { LineMembers.equal(bytes, key, $0) }
    }
}
