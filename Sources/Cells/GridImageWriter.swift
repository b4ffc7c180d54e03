import Domain
import Glibc

/// Lays a grid out as an image, in memory.
struct GridImageWriter {
    private(set) var bytes = [UInt8](repeating: 0, count: GridImage.pageBytes)

    /// Appends the first elements of a table as a section.
    mutating func append<Element: BitwiseCopyable>(
        _ section: GridImage.Section, _ table: borrowing Table<Element>, count: Int
    ) {
        precondition(count <= table.capacity)
        set(UInt64(bytes.count), at: section.place)
        set(UInt64(max(1, count)), at: section.place + 8)
        let length = max(1, count) * MemoryLayout<Element>.stride
        unsafe bytes.append(
            contentsOf: UnsafeRawBufferPointer(start: table.start, count: length))
        let rest = bytes.count % GridImage.pageBytes
        if rest > 0 { bytes += Array(repeating: 0, count: GridImage.pageBytes - rest) }
    }

    mutating func append<Element: BitwiseCopyable>(
        _ section: GridImage.Section, _ table: borrowing Table<Element>
    ) {
        append(section, table, count: table.capacity)
    }

    mutating func append(
        _ starts: GridImage.Section, _ bytes: GridImage.Section, _ texts: borrowing TextList
    ) {
        let count = texts.count
        texts.withTables { startTable, byteTable in
            append(starts, startTable, count: count + 1)
            append(bytes, byteTable, count: Int(startTable[count]))
        }
    }

    mutating func append(
        _ slots: GridImage.Section, _ hashes: GridImage.Section, _ names: borrowing NameTable
    ) {
        let count = names.count
        names.withTables { slotTable, hashTable in
            append(slots, slotTable)
            append(hashes, hashTable, count: count)
        }
    }

    /// Fills in the header.
    mutating func seal() {
        bytes.replaceSubrange(0..<GridImage.magic.count, with: GridImage.magic)
        let sections = UInt64(GridImage.Section.allCases.count)
        set(UInt64(GridImage.version) | sections << 32, at: 8)
        set(UInt64(bytes.count), at: 16)
        let whole = Table(copying: bytes)
        set(GridImage.sum(whole, GridImage.pageBytes, bytes.count), at: 24)
        let header = Table(copying: Array(bytes[..<GridImage.pageBytes]))
        let sum = GridImage.sum(header, 0, GridImage.headerSumOffset)
        set(sum, at: GridImage.headerSumOffset)
    }

    private mutating func set(_ value: UInt64, at place: Int) {
        for byte in 0..<8 {
            bytes[place + byte] = UInt8(truncatingIfNeeded: value >> UInt64(byte * 8))
        }
    }
}

extension Grid {
    /// The grid as a file that `mapped` maps.
    public func image() -> [UInt8] {
        var writer = GridImageWriter()
        appendTexts(to: &writer)
        appendTables(to: &writer)
        writer.seal()
        return writer.bytes
    }

    private func appendTexts(to writer: inout GridImageWriter) {
        writer.append(.pathStarts, .pathBytes, paths.texts)
        writer.append(.pathSlots, .pathHashes, paths)
        writer.append(.aliasStarts, .aliasBytes, aliases.texts)
        writer.append(.aliasSlots, .aliasHashes, aliases)
        writer.append(.codeStarts, .codeBytes, codes)
        writer.append(.nameStarts, .nameBytes, names)
        writer.append(.useStarts, .useBytes, uses)
        writer.append(.levelNameStarts, .levelNameBytes, TextList(levelNames))
        writer.append(.hierarchyNameStarts, .hierarchyNameBytes, TextList(hierarchyNames))
        writer.append(.areaCodeStarts, .areaCodeBytes, areaCodes)
        writer.append(.areaNameStarts, .areaNameBytes, areaNames)
    }

    private func appendTables(to writer: inout GridImageWriter) {
        writer.append(.aliasCells, aliasCells, count: aliases.count)
        writer.append(.parents, parents)
        writer.append(.subtreeEnds, subtreeEnds)
        writer.append(.levels, levels)
        writer.append(.populations, populations)
        writer.append(.vulnerabilities, vulnerabilities)
        writer.append(.accesses, accesses)
        writer.append(.anchors, anchors)
        writer.append(.shapes, shapes)
        writer.append(.neighbourStarts, neighbourStarts)
        writer.append(.neighbours, neighbours)
        writer.append(.frames, index.frames)
        writer.append(.bins, index.bins)
        writer.append(.crossings, index.crossings)
        writer.append(.areaStarts, areaStarts)
        writer.append(.cellAreas, cellAreas)
    }
}
