/// Why a message of a desk was not taken: a code for programs, words for people.
public struct DeskRefusal: Error, Sendable, Equatable {
    public enum Code: String, CaseIterable, Sendable {
        /// Not JSON in UTF-8.
        case badEncoding = "bad_encoding"
        /// JSON, but not a message of this conversation.
        case badSchema = "bad_schema"
        case badVersion = "bad_version"
        case tooLarge = "too_large"
        case missingField = "missing_field"
        case badValue = "bad_value"
        case badTime = "bad_time"
        /// Too far in the future.
        case timeSkew = "time_skew"
        case privacy
        /// Subscribe first; the server may have been started anew.
        case notSubscribed = "not_subscribed"
        /// Another connection holds the name now.
        case takenOver = "taken_over"
        case tooManyDesks = "too_many_desks"
        /// Again later.
        case overloaded
    }

    public let code: Code
    /// As a JSON pointer: `/data/by`; nil where it is about the whole message.
    public let field: String?
    /// What is wrong, and what would be right.
    public let detail: String

    public init(_ code: Code, at field: String? = nil, _ detail: String) {
        (self.code, self.field, self.detail) = (code, field, detail)
    }
}
