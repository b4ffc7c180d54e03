import Glibc

/// Standard output, gathered into large writes.
///
/// **Owner**: the command. **Fails**: ends the process quietly when the reader is gone, as `| head`
/// does.
struct StandardOutput: ~Copyable {
    private var bytes: [UInt8] = []
    /// Whether a person watches, who wants each line at once.
    let isTerminal = isatty(STDOUT_FILENO) == 1

    init() { bytes.reserveCapacity(Self.flushBytes) }

    deinit { writeAll(bytes, to: STDOUT_FILENO) }

    private static let flushBytes = 64 * 1024

    mutating func line(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        endLine()
    }

    mutating func line(_ text: [UInt8]) {
        bytes.append(contentsOf: text)
        endLine()
    }

    private mutating func endLine() {
        bytes.append(UInt8(ascii: "\n"))
        if isTerminal || bytes.count >= Self.flushBytes { flush() }
    }

    /// Adds text without ending the line; it shows at the next flush.
    mutating func add(_ text: String) { bytes.append(contentsOf: text.utf8) }

    mutating func flush() {
        writeAll(bytes, to: STDOUT_FILENO)
        bytes.removeAll(keepingCapacity: true)
    }
}

/// Standard error: progress and complaints, a line at a time.
enum StandardError {
    static let isTerminal = isatty(STDERR_FILENO) == 1

    static func say(_ text: String) {
        writeAll(Array((text.last == "\n" ? text : text + "\n").utf8), to: STDERR_FILENO)
    }

    /// Shows progress in place: replaces the last such line on a terminal, says nothing elsewhere.
    static func progress(_ text: String) {
        guard isTerminal else { return }
        writeAll(Array("\r\u{1B}[K\(text)".utf8), to: STDERR_FILENO)
    }
}

private func writeAll(_ bytes: [UInt8], to descriptor: Int32) {
    unsafe bytes.withUnsafeBytes { buffer in
        var at = 0
        while at < buffer.count {
            let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[at...])
            let written = unsafe write(descriptor, rest.baseAddress, rest.count)
            if written < 0 && errno != EINTR { exit(ExitStatus.unavailable.rawValue) }
            at += max(0, written)
        }
    }
}
