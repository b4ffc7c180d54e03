import Foundation

/// A file or line that is not what it should be.
struct Unreadable: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// A JSON object with typed access; a missing or mistyped entry is an error that names it.
struct JsonObject {
    private let entries: [String: Any]

    init(_ value: Any) throws {
        guard let entries = value as? [String: Any] else { throw Unreadable("no JSON object") }
        self.entries = entries
    }

    init(text: some DataProtocol) throws {
        try self.init(try JSONSerialization.jsonObject(with: Data(text)))
    }

    var keys: [String] { Array(entries.keys) }

    subscript(key: String) -> Any? { entries[key] }

    func string(_ key: String) throws -> String {
        guard let value = entries[key] as? String else { throw Unreadable("no text '\(key)'") }
        return value
    }

    func optionalString(_ key: String) -> String? { entries[key] as? String }

    func flag(_ key: String) -> Bool { entries[key] as? Bool ?? false }

    func int(_ key: String) throws -> Int {
        guard let value = entries[key] as? Int else { throw Unreadable("no number '\(key)'") }
        return value
    }

    func strings(_ key: String) -> [String] { entries[key] as? [String] ?? [] }

    /// The objects of a list; an absent list is empty.
    func objects(_ key: String) throws -> [JsonObject] {
        try (entries[key] as? [Any] ?? []).map(JsonObject.init)
    }
}
