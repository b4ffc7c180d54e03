import Domain
import Glibc

/// How a grid lies on disk: as it lies in memory, so that it is mapped and not read.
///
///     page 0       magic "TOCSINC\n" | version:4 sections:4 | file bytes:8 | checksum of the
/// rest:8
///                  | then 16 for each section: offset:8, elements:8
///                  | and as the page's last 8 the checksum of what comes before in it
///     page 1…      the sections, each from a page's beginning on
///
/// All numbers are little-endian. Opening checks the header and every number that a look-up trusts,
/// so that whatever else a damaged file says, it is answered wrongly and never with a crash; the
/// checksum over the whole is left to `verify`.
public enum GridImage {
    static let magic: [UInt8] = Array("TOCSINC\n".utf8)
    static let version: UInt32 = 2
    static let pageBytes = 4096
    static let sectionsOffset = 32
    static let headerSumOffset = pageBytes - 8

    /// What an image consists of, in the header's order.
    enum Section: Int, CaseIterable {
        case pathStarts, pathBytes, pathSlots, pathHashes
        case aliasStarts, aliasBytes, aliasSlots, aliasHashes, aliasCells
        case codeStarts, codeBytes, nameStarts, nameBytes, useStarts, useBytes
        case levelNameStarts, levelNameBytes
        case parents, subtreeEnds, levels, populations, vulnerabilities, accesses
        case anchors, shapes, neighbourStarts, neighbours
        case frames, bins, crossings
        case hierarchyNameStarts, hierarchyNameBytes
        case areaCodeStarts, areaCodeBytes, areaNameStarts, areaNameBytes, areaStarts, cellAreas

        var place: Int { sectionsOffset + rawValue * 16 }
    }

    /// Whether the file at a path begins as an image does; false when it cannot be read.
    public static func isImage(_ path: String) -> Bool {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        guard let head = Table<UInt8>(mapping: file, offset: 0, capacity: magic.count),
            size(of: file) >= magic.count
        else { return false }
        return begins(head)
    }

    static func begins(_ page: borrowing Table<UInt8>) -> Bool {
        for index in 0..<magic.count where page[index] != magic[index] { return false }
        return true
    }

    /// In bytes; -1 when it cannot be told.
    static func size(of file: Int32) -> Int {
        var status = stat()
        return unsafe fstat(file, &status) == 0 ? Int(status.st_size) : -1
    }

    /// The sum over whole pages of a file, and that of a header.
    static func sum(_ bytes: borrowing Table<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
        var hash = StableHash(seed: UInt64(version))
        hash.combine(bytes, start, end)
        return hash.value
    }

    /// Checks the sum over an image's whole content, which opening does not read.
    public static func verify(_ path: String) throws(GridImageFault) {
        let image = try MappedImage(path)
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        defer { close(file) }
        guard let bytes = Table<UInt8>(mapping: file, offset: 0, capacity: image.byteCount) else {
            throw .unreadable(errno: errno)
        }
        guard sum(bytes, pageBytes, image.byteCount) == image.bodySum else { throw .bodyChecksum }
    }
}

/// Why an image is not taken.
public enum GridImageFault: Error, Sendable, Equatable {
    case unreadable(errno: Int32)
    case unwritable(errno: Int32)
    case foreign
    case otherVersion(version: UInt32)
    /// The file is shorter or longer than its header says.
    case torn(bytes: Int, expected: Int)
    case headerChecksum
    case bodyChecksum
    /// A part says what cannot be.
    case damaged(part: String)
}

extension GridImageFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreadable(let errno): "cannot be read: \(reason(errno))"
        case .unwritable(let errno): "cannot be written: \(reason(errno))"
        case .foreign: "is no grid image; make one with `tocsin cells import`"
        case .otherVersion(let version):
            "is a grid image of version \(version), this program knows \(GridImage.version); "
                + "import the city again"
        case .torn(let bytes, let expected):
            "has \(bytes) bytes instead of \(expected): it was not written or copied to its end"
        case .headerChecksum: "has a damaged header; import the city again"
        case .bodyChecksum: "is damaged: its checksum does not fit; import the city again"
        case .damaged(let part): "is damaged in its \(part); import the city again"
        }
    }
}

private func reason(_ errno: Int32) -> String { unsafe String(cString: strerror(errno)) }
