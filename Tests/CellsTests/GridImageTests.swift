import Domain
import Foundation
import Testing

@testable import Cells

/// A file in the temporary directory that goes with its owner.
private final class ScratchFile {
    let path: String
    private let descriptor: Int32

    init(_ bytes: [UInt8]) throws {
        let directory = FileManager.default.temporaryDirectory
        path = directory.appendingPathComponent("tocsin-\(UUID().uuidString).cells").path
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        descriptor = unsafe open(path, O_RDWR)
    }

    deinit {
        close(descriptor)
        unsafe unlink(path)
    }

    func put(_ bytes: ArraySlice<UInt8>, at offset: Int) {
        _ = unsafe Array(bytes).withUnsafeBytes {
            unsafe pwrite(descriptor, $0.baseAddress, $0.count, offset)
        }
    }

    func cut(to length: Int) { ftruncate(descriptor, length) }
}

/// Seals a header again after its numbers were changed.
private func reseal(_ bytes: inout [UInt8]) {
    let header = Table(copying: Array(bytes[..<GridImage.pageBytes]))
    let sum = GridImage.sum(header, 0, GridImage.headerSumOffset)
    for byte in 0..<8 {
        bytes[GridImage.headerSumOffset + byte] = UInt8(truncatingIfNeeded: sum >> (byte * 8))
    }
}

private func fault(_ bytes: [UInt8]) throws -> GridImageFault? {
    let file = try ScratchFile(bytes)
    do throws(GridImageFault) {
        _ = try Grid.mapped(file.path)
        return nil
    } catch {
        return error
    }
}

@Suite struct GridImageTests {
    private static let size = 12

    @Test func `A mapped grid answers as the one it was made from`() throws {
        let made = try Lattice.grid(Self.size)
        let file = try ScratchFile(made.image())
        let grid = try Grid.mapped(file.path)
        #expect(grid.count == made.count)
        #expect(grid.levelNames == made.levelNames)
        #expect(grid.hierarchyNames == ["police"])
        for number in 0..<made.count {
            let cell = CellID(number)
            #expect(grid.path(of: cell) == made.path(of: cell))
            #expect(grid.name(of: cell) == made.name(of: cell))
            #expect(grid.find(made.code(of: cell)) == cell)
            #expect(grid.population(of: cell) == made.population(of: cell))
            #expect(grid.vulnerability(of: cell) == made.vulnerability(of: cell))
            #expect(grid.access(of: cell) == made.access(of: cell))
            #expect(grid.neighbourCount(cell) == made.neighbourCount(cell))
            #expect(grid.area(of: cell, hierarchy: 0) == made.area(of: cell, hierarchy: 0))
        }
        for step in 0..<500 {
            let (latitude, longitude) = (Double(step % 25) * 5e-4, Double(step / 25) * 6e-4)
            #expect(
                grid.locate(latitude: latitude, longitude: longitude)
                    == made.locate(latitude: latitude, longitude: longitude))
        }
        try GridImage.verify(file.path)
        #expect(GridImage.isImage(file.path))
    }

    @Test func `Each way in which a file is no image is named`() throws {
        let image = try Lattice.grid(4).image()
        #expect(try fault([]) == .foreign)
        #expect(try fault(Array("{}".utf8)) == .foreign)
        #expect(try fault(Array(repeating: 7, count: 9_000)) == .foreign)
        #expect(try fault(Array(image[..<5_000])) == .torn(bytes: 5_000, expected: image.count))
        let longer = image + [0]
        #expect(
            try fault(longer) == .torn(bytes: longer.count, expected: image.count))
        var changed = image
        for version in [1, 9] as [UInt8] {
            changed[8] = version
            let fault = try #require(try fault(changed))
            #expect(fault == .otherVersion(version: UInt32(version)))
            #expect(fault.description.hasSuffix("import the city again"))
        }
        changed = image
        changed[40] ^= 1
        #expect(try fault(changed) == .headerChecksum)
        #expect(throws: GridImageFault.unreadable(errno: ENOENT)) {
            _ = try Grid.mapped("/nowhere/city.cells")
        }
    }

    @Test func `A damaged body that opening does not see is seen by verifying`() throws {
        var image = try Lattice.grid(4).image()
        // The first byte of a name: any byte is as good as another.
        let names = image.firstRange(of: Array("Square".utf8))
        image[try #require(names).lowerBound] = UInt8(ascii: "s")
        #expect(try fault(image) == nil)
        let file = try ScratchFile(image)
        #expect(throws: GridImageFault.bodyChecksum) { try GridImage.verify(file.path) }
    }

    @Test func `Ten thousand damaged images are refused or answered, and none crashes`() throws {
        let image = try Lattice.grid(Self.size).image()
        let content = image.indices.filter { image[$0] != 0 && $0 >= GridImage.pageBytes }
        let file = try ScratchFile(image)
        var dice = ImageDice(state: 5)
        var opened = 0
        for variant in 0..<10_000 {
            if variant % 50 == 49 {
                file.cut(to: dice.next(image.count))
                _ = exercise(file.path, &dice)
                file.put(image[...], at: 0)
                continue
            }
            var changed = image
            let isHeader = variant % 5 == 0
            var touched: [Int] = []
            for _ in 0...dice.next(3) {
                let place =
                    isHeader
                    ? GridImage.sectionsOffset + dice.next(16 * GridImage.Section.allCases.count)
                    : content[dice.next(content.count)] + dice.next(2)
                guard place < changed.count else { continue }
                changed[place] = UInt8(truncatingIfNeeded: dice.next(256))
                touched.append(place)
            }
            if isHeader { reseal(&changed) }
            if isHeader { touched += GridImage.headerSumOffset..<GridImage.pageBytes }
            for place in touched { file.put(changed[place...place], at: place) }
            if exercise(file.path, &dice) { opened += 1 }
            for place in touched { file.put(image[place...place], at: place) }
        }
        #expect(opened > 500)
        #expect(exercise(file.path, &dice))
    }

    /// Asks a mapped grid everything; whether it opened.
    private func exercise(_ path: String, _ dice: inout ImageDice) -> Bool {
        do {
            let grid = try Grid.mapped(path)
            var shares = CellShares()
            var list = CellList(grid)
            for _ in 0..<20 {
                let latitude = Double(dice.next(160_000) - 20_000) / 1e7
                let longitude = Double(dice.next(160_000) - 20_000) / 1e7
                let cell = grid.locate(latitude: latitude, longitude: longitude)
                if cell != .none { _ = grid.path(of: cell) + grid.name(of: cell) }
                _ = grid.locateArea(latitude: latitude, longitude: longitude, hierarchy: 0)
                grid.locate(
                    latitude: latitude, longitude: longitude, accuracy: 200, into: &shares)
                if let circle = QueryShape(
                    latitude: latitude, longitude: longitude, radius: 200)
                {
                    grid.cells(within: circle, into: &list)
                }
            }
            for number in 0..<grid.count {
                let cell = CellID(number)
                _ = grid.find("r\(number)c1")
                _ = grid.commonAncestor(of: cell, CellID(grid.count - 1))
                _ = grid.code(of: cell) + grid.use(of: cell) + grid.levelName(of: cell)
                for index in 0..<grid.neighbourCount(cell) { _ = grid.neighbour(cell, index) }
                let area = grid.area(of: cell, hierarchy: 0)
                if area != .none { _ = grid.name(of: area) }
            }
            return true
        } catch {
            return false
        }
    }
}

private struct ImageDice {
    var state: UInt64
    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }
}
