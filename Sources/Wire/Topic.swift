public import Domain

/// The first frame of a message: `alert/v1/json/<source>/` or `heartbeat/v1/json/<source>/`.
///
/// It says how to read the second frame before that is touched, and every segment ends in a slash
/// because ZeroMQ filters by prefix.
public struct Topic: Sendable, BitwiseCopyable {
    public enum Subject: UInt8, Sendable, BitwiseCopyable { case alert, heartbeat }

    public let subject: Subject
    /// Where the source stands in the topic, without its last slash.
    public let sourceStart: Int
    public let sourceEnd: Int

    /// Reads the topic `bytes[start..<end]`.
    ///
    /// **Fails**, at `.message`: `bad_schema` when it is no such path; `bad_version` when its
    /// second segment is `v` and a number other than 1; `bad_encoding` when its third is not
    /// `json`.
    @_noAllocation @_noLocks
    public static func parse(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int
    ) throws(Refusal) -> Topic {
        let count = bytes.count
        precondition(start >= 0 && start <= end && end <= count)
        let afterSubject = try segmentEnd(bytes, start, end)
        let subject: Subject
        let word = Word.of(bytes, start, afterSubject)
        if word == Word("alert") {
            subject = .alert
        } else {
            guard word == Word("heartbeat") else { throw Refusal(.badSchema, .message, at: start) }
            subject = .heartbeat
        }
        let version = afterSubject &+ 1
        let afterVersion = try segmentEnd(bytes, version, end)
        if Word.of(bytes, version, afterVersion) != Word("v1") {
            let isVersion = isVersion(bytes, version, afterVersion)
            throw Refusal(isVersion ? .badVersion : .badSchema, .message, at: version)
        }
        let encoding = afterVersion &+ 1
        let afterEncoding = try segmentEnd(bytes, encoding, end)
        guard Word.of(bytes, encoding, afterEncoding) == Word("json") else {
            throw Refusal(.badEncoding, .message, at: encoding)
        }
        let source = afterEncoding &+ 1
        guard end &- source >= 2, unsafe bytes[unchecked: end &- 1] == ASCII.slash else {
            throw Refusal(.badSchema, .message, at: source)
        }
        return Topic(subject: subject, sourceStart: source, sourceEnd: end &- 1)
    }

    /// Whether the topic, read from `bytes`, and the body name the same source; if not, the alert
    /// is `not_allowed`: a topic must not speak for another source.
    @_noAllocation @_noLocks
    public func names(sourceOf alert: borrowing Alert, _ bytes: Span<UInt8>) -> Bool {
        let count = bytes.count
        precondition(sourceEnd <= count)
        let length = sourceEnd &- sourceStart
        guard length == Int(alert.source.length) else { return false }
        let from = Int(alert.source.start)
        var offset = 0
        while offset < length {
            let byte = unsafe bytes[unchecked: sourceStart &+ offset]
            if alert.texts[from &+ offset] != byte { return false }
            offset &+= 1
        }
        return true
    }

    @inline(__always)
    private static func segmentEnd(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int
    ) throws(Refusal) -> Int {
        var at = start
        while at < end {
            if unsafe bytes[unchecked: at] == ASCII.slash {
                if at > start { return at }
                break
            }
            at &+= 1
        }
        throw Refusal(.badSchema, .message, at: at)
    }

    @inline(__always)
    private static func isVersion(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        guard end &- start >= 2, unsafe bytes[unchecked: start] == 0x76 else { return false }
        var at = start &+ 1
        while at < end {
            guard ASCII.isDigit(unsafe bytes[unchecked: at]) else { return false }
            at &+= 1
        }
        return true
    }
}
