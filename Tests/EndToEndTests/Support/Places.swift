import Foundation

/// Where things lie.
enum Places {
    /// The root of the package.
    static let package = #filePath.split(separator: "/").dropLast(4).reduce("/") { $0 + $1 + "/" }
    /// Public data beside the package, which need not be there.
    static let data = package + "../shared/data/"
    static let scripts = package + "Tests/EndToEndTests/Scripts/"
    static let clients = package + "clients/"

    /// The program under test: built beside the program that runs the tests.
    static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "tocsin").path

    static func hasData(_ names: String...) -> Bool {
        names.allSatisfy { FileManager.default.isReadableFile(atPath: data + $0) }
    }
}

/// A directory that goes with its owner.
final class TemporaryDirectory {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/tocsin-e2e-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file of the directory and gives its path.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try text.write(toFile: path + "/" + name, atomically: true, encoding: .utf8)
        return path + "/" + name
    }

    /// The text of a file; empty when there is none.
    func read(_ name: String) -> String {
        String(
            decoding: FileManager.default.contents(atPath: path + "/" + name) ?? Data(),
            as: UTF8.self)
    }
}
