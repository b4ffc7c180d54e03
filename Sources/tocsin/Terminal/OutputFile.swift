import Foundation

/// A file that a command writes piece by piece, or standard output where none is named.
struct OutputFile {
    private let name: String
    private let handle: FileHandle

    /// **Fails**: when the file cannot be made.
    init(_ path: String?) throws(CommandFailure) {
        name = path ?? "standard output"
        guard let path else {
            handle = .standardOutput
            return
        }
        do {
            try Data().write(to: URL(filePath: path))
            handle = try FileHandle(forWritingTo: URL(filePath: path))
        } catch {
            throw .unavailable("cannot write \(path): \(error.localizedDescription)")
        }
    }

    /// **Fails**: when the disk is full; the file is then incomplete.
    func write(_ bytes: [UInt8]) throws(CommandFailure) {
        do {
            try handle.write(contentsOf: Data(bytes))
        } catch {
            throw .unavailable("cannot write \(name): \(error.localizedDescription)")
        }
    }
}
