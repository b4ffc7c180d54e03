import Domain
import Glibc

/// An image whose header is sound, and whose sections can be mapped one by one.
struct MappedImage: ~Copyable {
    private let file: Int32
    private let header: Table<UInt8>
    let byteCount: Int

    init(_ path: String) throws(GridImageFault) {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .unreadable(errno: errno) }
        let size = GridImage.size(of: file)
        let isLong = size >= GridImage.pageBytes
        let length = isLong ? GridImage.pageBytes : 1
        guard size > 0, let header = Table<UInt8>(mapping: file, offset: 0, capacity: length) else {
            let code = errno
            close(file)
            throw size == 0 ? .foreign : .unreadable(errno: code)
        }
        do throws(GridImageFault) {
            guard isLong, GridImage.begins(header) else { throw .foreign }
            try MappedImage.check(header, size: size)
        } catch {
            close(file)
            throw error
        }
        self.file = file
        self.header = header
        byteCount = size
    }

    deinit { close(file) }

    /// The sum over all pages but the first, as it was when the image was written.
    var bodySum: UInt64 { header.word(at: 24) }

    private static func check(
        _ header: borrowing Table<UInt8>, size: Int
    ) throws(GridImageFault) {
        let version = UInt32(truncatingIfNeeded: header.word(at: 8))
        guard version == GridImage.version else { throw .otherVersion(version: version) }
        let sum = GridImage.sum(header, 0, GridImage.headerSumOffset)
        guard sum == header.word(at: GridImage.headerSumOffset) else { throw .headerChecksum }
        let expected = header.word(at: 16)
        guard expected == UInt64(size) else {
            throw .torn(bytes: size, expected: Int(clamping: expected))
        }
        guard header.word(at: 8) >> 32 == UInt64(GridImage.Section.allCases.count) else {
            throw .damaged(part: "header")
        }
    }

    /// A section as a table.
    ///
    /// **Range**: `count` elements when it is given, at least one otherwise.
    func table<Element: BitwiseCopyable>(
        _ section: GridImage.Section, of type: Element.Type, count: Int? = nil
    ) throws(GridImageFault) -> Table<Element> {
        let offset = Int(clamping: header.word(at: section.place))
        let elements = Int(clamping: header.word(at: section.place + 8))
        let (bytes, overflow) = elements.multipliedReportingOverflow(
            by: MemoryLayout<Element>.stride)
        guard elements >= 1, !overflow, offset % GridImage.pageBytes == 0,
            offset >= GridImage.pageBytes, offset <= byteCount, bytes <= byteCount - offset,
            elements == max(1, count ?? elements),
            let table = Table<Element>(mapping: file, offset: offset, capacity: elements)
        else { throw .damaged(part: "\(section)") }
        return table
    }

    func texts(
        _ starts: GridImage.Section, _ bytes: GridImage.Section, count: Int? = nil
    ) throws(GridImageFault) -> TextList {
        let starts = try table(starts, of: UInt32.self, count: count.map { $0 + 1 })
        guard let list = TextList(starts: starts, bytes: try table(bytes, of: UInt8.self)) else {
            throw .damaged(part: "\(bytes)")
        }
        return list
    }

    func names(
        _ texts: consuming TextList, _ slots: GridImage.Section, _ hashes: GridImage.Section
    ) throws(GridImageFault) -> NameTable {
        let slotTable = try table(slots, of: UInt32.self)
        let hashTable = try table(hashes, of: UInt64.self)
        guard let names = NameTable(texts: texts, slots: slotTable, hashes: hashTable) else {
            throw .damaged(part: "\(slots)")
        }
        return names
    }
}
