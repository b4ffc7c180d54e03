import Glibc

/// The lines of a file or of standard input, read in large pieces.
struct LineReader: ~Copyable {
    /// Twice the largest message that a server takes, so that whoever sends one hears it from
    /// there.
    static let lineBytesMax = 128 * 1024

    private let descriptor: Int32
    private let path: String
    private var buffer: [UInt8]
    private var filled = 0
    private var at = 0
    private var isAtEnd = false
    /// The number of the line read last, from 1.
    private(set) var number = 0

    /// Opens `path`, or standard input for `-`.
    init(_ path: String) throws(CommandFailure) {
        self.path = path
        descriptor = path == "-" ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC)
        buffer = [UInt8](repeating: 0, count: 4 * Self.lineBytesMax)
        guard descriptor >= 0 else {
            throw .unavailable("cannot read \(path): \(unsafe String(cString: strerror(errno)))")
        }
    }

    deinit { if descriptor != STDIN_FILENO { close(descriptor) } }

    /// Hands the next line that is not blank to `body`; nil at the end.
    mutating func next<Result>(
        _ body: (Span<UInt8>, _ start: Int, _ end: Int) throws -> Result
    ) throws -> Result? {
        while let line = try nextRange() {
            number += 1
            let isBlank = (line.start..<line.end).allSatisfy { buffer[$0] <= 0x20 }
            if !isBlank { return try body(buffer.span, line.start, line.end) }
        }
        return nil
    }

    private mutating func nextRange() throws(CommandFailure) -> (start: Int, end: Int)? {
        var searched = at
        while true {
            if let end = newline(from: searched) {
                defer { at = end + 1 }
                return (at, end)
            }
            searched = filled
            if isAtEnd {
                defer { at = filled }
                return at < filled ? (at, filled) : nil
            }
            let moved = try refill()
            searched -= moved
        }
    }

    private func newline(from start: Int) -> Int? {
        unsafe buffer.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, start < filled,
                let found = unsafe memchr(base + start, 10, filled - start)
            else { return nil }
            return unsafe UnsafeRawPointer(found) - base
        }
    }

    /// Makes room and reads on; returns by how much the open line moved.
    private mutating func refill() throws(CommandFailure) -> Int {
        guard filled - at <= Self.lineBytesMax else {
            throw .unavailable("\(path):\(number + 1) is longer than \(Self.lineBytesMax) bytes")
        }
        let moved = at
        buffer.replaceSubrange(0..<filled - at, with: buffer[at..<filled])
        (filled, at) = (filled - at, 0)
        let room = buffer.count - filled
        let count = unsafe buffer.withUnsafeMutableBytes { [filled] bytes in
            unsafe read(descriptor, bytes.baseAddress?.advanced(by: filled), room)
        }
        if count < 0 && errno != EINTR {
            throw .unavailable("cannot read \(path): \(unsafe String(cString: strerror(errno)))")
        }
        isAtEnd = count == 0
        filled += max(0, count)
        return moved
    }
}
