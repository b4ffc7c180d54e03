import Foundation

/// The variables and conditions of a bench file.
struct RuleFile: Decodable {
    struct Variable: Decodable {
        var type: String
        var value: JSONValue
    }

    var vars: [String: Variable]
    var rules: [String: String]

    init(path: String) throws(Problem) {
        do {
            self = try JSONDecoder().decode(
                RuleFile.self, from: Data(contentsOf: URL(filePath: path)))
        } catch {
            throw Problem(message: "\(path): \(error.localizedDescription)")
        }
    }
}

/// A value as the file has it; whole numbers are ints.
indirect enum JSONValue: Decodable {
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)
    case list([JSONValue])
    case map([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = Self.scalar(in: container) {
            self = value
        } else if let elements = Self.read([JSONValue].self, in: container) {
            self = .list(elements)
        } else {
            self = .map(try container.decode([String: JSONValue].self))
        }
    }

    private static func scalar(in container: any SingleValueDecodingContainer) -> JSONValue? {
        if let value = read(Bool.self, in: container) { return .bool(value) }
        if let value = read(Int64.self, in: container) { return .int(value) }
        if let value = read(Double.self, in: container) { return .double(value) }
        return read(String.self, in: container).map { .string($0) }
    }

    /// nil when the value is of another type.
    private static func read<T: Decodable>(
        _ type: T.Type, in container: any SingleValueDecodingContainer
    ) -> T? {
        do { return try container.decode(type) } catch { return nil }
    }
}
