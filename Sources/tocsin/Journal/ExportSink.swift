/// Where exported lines go, gathered into large writes.
///
/// **Owner**: one command.
final class ExportSink {
    private let file: OutputFile
    private var bytes: [UInt8] = []
    /// Why the last write failed.
    private(set) var failure: CommandFailure?

    private static let flushBytes = 256 * 1024

    init(_ file: OutputFile) { self.file = file }

    func line(_ text: String) throws(CommandFailure) {
        bytes.append(contentsOf: text.utf8)
        try endLine()
    }

    /// Writes a JSON text on one line: breaks can stand only between its parts.
    func line(json: Span<UInt8>) throws(CommandFailure) {
        for at in json.indices {
            let byte = json[at]
            bytes.append(byte == 0x0A || byte == 0x0D ? 0x20 : byte)
        }
        try endLine()
    }

    private func endLine() throws(CommandFailure) {
        bytes.append(UInt8(ascii: "\n"))
        if bytes.count >= Self.flushBytes { try flush() }
    }

    /// **Fails**: when the disk is full; the file is then incomplete.
    func flush() throws(CommandFailure) {
        do throws(CommandFailure) {
            try file.write(bytes)
        } catch {
            failure = error
            throw error
        }
        bytes.removeAll(keepingCapacity: true)
    }
}
