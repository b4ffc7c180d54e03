import Domain

extension Grid {
    /// Maps an image that `image()` made.
    ///
    /// **Cost**: one look at every number that look-ups trust: some 50 ms at 126,449 cells.
    /// **Fails**: without a crash, whatever the file says.
    public static func mapped(_ path: String) throws(GridImageFault) -> Grid {
        let grid = try mapped(MappedImage(path))
        if let part = grid.unsoundPart() { throw .damaged(part: part) }
        return grid
    }

    /// The tables as they stand, each as long as the cells are many.
    private static func mapped(_ image: borrowing MappedImage) throws(GridImageFault) -> Grid {
        let codes = try image.texts(.codeStarts, .codeBytes)
        let count = codes.count
        let aliases = try image.names(
            try image.texts(.aliasStarts, .aliasBytes), .aliasSlots, .aliasHashes)
        let aliasCells = try image.table(.aliasCells, of: UInt32.self, count: aliases.count)
        let hierarchies = strings(try image.texts(.hierarchyNameStarts, .hierarchyNameBytes))
        let areaCodes = try image.texts(.areaCodeStarts, .areaCodeBytes)
        let areaNames = try image.texts(.areaNameStarts, .areaNameBytes, count: areaCodes.count)
        return Grid(
            count: count,
            paths: try image.names(
                try image.texts(.pathStarts, .pathBytes, count: count), .pathSlots, .pathHashes),
            codes: codes,
            names: try image.texts(.nameStarts, .nameBytes, count: count),
            uses: try image.texts(.useStarts, .useBytes, count: count),
            levelNames: strings(try image.texts(.levelNameStarts, .levelNameBytes)),
            hierarchyNames: hierarchies,
            parents: try image.table(.parents, of: UInt32.self, count: count),
            subtreeEnds: try image.table(.subtreeEnds, of: UInt32.self, count: count),
            levels: try image.table(.levels, of: UInt8.self, count: count),
            populations: try image.table(.populations, of: UInt32.self, count: count),
            vulnerabilities: try image.table(.vulnerabilities, of: UInt16.self, count: count),
            accesses: try image.table(.accesses, of: UInt16.self, count: count),
            anchors: try image.table(.anchors, of: FixedPoint.self, count: count),
            shapes: try image.table(.shapes, of: UInt8.self, count: count),
            aliases: aliases, aliasCells: aliasCells,
            index: LocateIndex(
                frames: try image.table(.frames, of: BinFrame.self, count: hierarchies.count + 1),
                bins: try image.table(.bins, of: UInt32.self),
                crossings: try image.table(.crossings, of: UInt32.self)),
            neighbourStarts: try image.table(.neighbourStarts, of: UInt32.self, count: count + 1),
            neighbours: try image.table(.neighbours, of: UInt32.self),
            areaCodes: areaCodes, areaNames: areaNames,
            areaStarts: try image.table(
                .areaStarts, of: UInt32.self, count: hierarchies.count + 1),
            cellAreas: try image.table(
                .cellAreas, of: UInt32.self, count: hierarchies.count * count))
    }

    private static func strings(_ texts: borrowing TextList) -> [String] {
        var strings: [String] = []
        for index in 0..<texts.count { strings.append(texts.text(index)) }
        return strings
    }
}

extension Grid {
    /// What of the tables would lead a look-up astray; nil when nothing would.
    private func unsoundPart() -> String? {
        guard count >= 1, !levelNames.isEmpty, isTreeSound() else { return "tree" }
        guard arePathsSound() else { return "paths" }
        guard areCellsSound() else { return "cells" }
        guard areNeighboursSound() else { return "neighbours" }
        guard areAreasSound() else { return "areas" }
        var check = LocateIndexCheck()
        for frame in 0..<index.frames.capacity {
            let limit = frame == 0 ? count : areaCount(ofHierarchy: frame - 1)
            guard check.isSound(index, frame: frame, limit: UInt32(limit)) else { return "bins" }
        }
        return nil
    }

    private func isTreeSound() -> Bool {
        guard parents[0] == .max, levels[0] < levelNames.count else { return false }
        var ends = [UInt32](repeating: 0, count: count)
        for cell in (0..<count).reversed() {
            ends[cell] = max(ends[cell], UInt32(cell) + 1)
            guard subtreeEnds[cell] == ends[cell] else { return false }
            if cell == 0 { break }
            let parent = Int(parents[cell])
            guard parent < cell, levels[cell] > levels[parent], levels[cell] < levelNames.count
            else { return false }
            ends[parent] = max(ends[parent], ends[cell])
        }
        return true
    }

    private func arePathsSound() -> Bool {
        for cell in 0..<count {
            let length = paths.texts.length(cell)
            guard (2...Limits.cellPathBytesMax).contains(length), isCode(codes, cell) else {
                return false
            }
            guard paths.texts.byte(cell, length - 1) == 0x2F else { return false }
            for offset in 0..<length
            where !GridBuilder.isNameByte(paths.texts.byte(cell, offset))
                && paths.texts.byte(cell, offset) != 0x2F
            {
                return false
            }
        }
        for alias in 0..<aliases.count where aliasCells[alias] >= count { return false }
        return true
    }

    private func isCode(_ codes: borrowing TextList, _ index: Int) -> Bool {
        let length = codes.length(index)
        guard (1...GridBuilder.codeBytesMax).contains(length) else { return false }
        for offset in 0..<length where !GridBuilder.isNameByte(codes.byte(index, offset)) {
            return false
        }
        return true
    }

    private func areCellsSound() -> Bool {
        for cell in 0..<count {
            guard vulnerabilities[cell] <= 10_000, accesses[cell] <= 10_000,
                anchors[cell].x.magnitude <= 1_800_000_000, anchors[cell].y.magnitude <= 900_000_000
            else { return false }
        }
        return true
    }

    private func areNeighboursSound() -> Bool {
        for cell in 0..<count where neighbourStarts[cell] > neighbourStarts[cell + 1] {
            return false
        }
        let end = Int(neighbourStarts[count])
        guard end <= neighbours.capacity else { return false }
        for place in 0..<end where neighbours[place] >= count { return false }
        return true
    }

    private func areAreasSound() -> Bool {
        guard areaStarts[0] == 0,
            Int(areaStarts[hierarchyNames.count]) == areaCodes.count
        else { return false }
        for hierarchy in 0..<hierarchyNames.count {
            guard areaStarts[hierarchy] <= areaStarts[hierarchy + 1] else { return false }
        }
        for area in 0..<areaCodes.count where !isCode(areaCodes, area) { return false }
        for place in 0..<hierarchyNames.count * count
        where cellAreas[place] != .max && cellAreas[place] >= areaCodes.count {
            return false
        }
        return true
    }
}
