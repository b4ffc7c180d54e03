private import Glibc

/// The clock of a place: a fixed offset or an entry of the IANA database.
struct TimeZone: Sendable {
    private let transitions: [Int64]
    /// Offsets from UTC in seconds, one behind each transition and one in front of all.
    private let offsets: [Int64]
    private let tail: ZoneRule?

    /// Reads `UTC`, `+hh:mm`, `-hh:mm`, `hh:mm` or a name such as `Europe/Vienna`.
    init?(_ name: String) {
        if name.isEmpty || name == "UTC" {
            self.init(offset: 0)
        } else if let offset = Self.fixedOffset(name) {
            self.init(offset: offset)
        } else {
            guard Self.isName(name), let bytes = Self.file(at: "/usr/share/zoneinfo/" + name),
                let zone = ZoneFile(bytes)
            else { return nil }
            self.init(zone)
        }
    }

    private init(_ zone: ZoneFile) {
        (transitions, offsets, tail) = (zone.transitions, zone.offsets, zone.tail)
    }

    private init(offset: Int64) {
        (transitions, offsets, tail) = ([], [offset], nil)
    }

    /// Seconds to add to UTC at a moment.
    func offset(at seconds: Int64) -> Int64 {
        if let tail, seconds >= transitions.last ?? .min { return tail.offset(at: seconds) }
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle] <= seconds { low = middle + 1 } else { high = middle }
        }
        return offsets[low]
    }

    private static func fixedOffset(_ name: String) -> Int64? {
        let isNegative = name.hasPrefix("-")
        let body = isNegative || name.hasPrefix("+") ? String(name.dropFirst()) : name
        let parts = body.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ (1...2).contains($0.utf8.count) }),
            let hours = Int64(parts[0]), let minutes = Int64(parts[1]), hours < 24, minutes < 60,
            parts.allSatisfy({ $0.utf8.allSatisfy(Ascii.isDigit) })
        else { return nil }
        return (hours * 3600 + minutes * 60) * (isNegative ? -1 : 1)
    }

    /// Names never lead out of the database's directory.
    private static func isName(_ name: String) -> Bool {
        name.utf8.count < 64
            && name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
                !part.isEmpty
                    && part.utf8.allSatisfy {
                        Ascii.isWord($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+")
                    }
            }
    }

    /// **Range** zone files are a few kilobytes; a larger one is none.
    private static func file(at path: String) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe read(descriptor, buffer.baseAddress, buffer.count)
        }
        guard count > 0, count < bytes.count else { return nil }
        return Array(bytes[..<count])
    }
}
