import Cells
import Domain
import Testing

/// A rectangle in whole degrees.
private func block(
    _ code: String, _ west: Int32, _ south: Int32, _ east: Int32, _ north: Int32
) -> CellDraft {
    var draft = CellDraft(
        code: code, parent: "X", name: "Block \(code)",
        origin: DraftOrigin(file: "test", feature: 0))
    draft.rings = [ring(west, south, east, north)]
    return draft
}

private func ring(_ west: Int32, _ south: Int32, _ east: Int32, _ north: Int32) -> [FixedPoint] {
    [(west, south), (east, south), (east, north), (west, north), (west, south)]
        .map { FixedPoint(x: $0.0 * 10_000_000, y: $0.1 * 10_000_000) }
}

/// `a` in two pieces, `b` east of its first with a hole that `c` fills and a small cell in its
/// corner.
private func town() throws -> Grid {
    var builder = GridBuilder(root: "X", levelNames: ["city", "district", "grid"])
    var a = block("a", 0, 0, 1, 1)
    a.rings.append(ring(10, 0, 11, 1))
    var b = block("b", 1, 0, 4, 4)
    b.rings.append(ring(2, 2, 3, 3))
    builder.add(a)
    builder.add(b)
    builder.add(block("c", 2, 2, 3, 3))
    var leaf = block("b-1", 1, 0, 2, 1)
    leaf.parent = "b"
    builder.add(leaf)
    return try builder.build()
}

@Suite struct GridTests {
    @Test func `A parent comes before its children and a subtree is one range`() throws {
        let grid = try town()
        #expect(
            (0..<grid.count).map { grid.path(of: CellID($0)) } == [
                "X/", "X/a/", "X/b/", "X/b/b-1/", "X/c/",
            ])
        #expect(grid.parent(of: CellID(0)) == .none)
        #expect(grid.parent(of: CellID(3)) == CellID(2))
        #expect(grid.subtreeEnd(of: CellID(0)) == 5)
        #expect(grid.subtreeEnd(of: CellID(2)) == 4)
        #expect(grid.isLeaf(CellID(2)) == false)
        #expect(grid.isLeaf(CellID(3)) == true)
        #expect(grid.isWithin(CellID(3), CellID(2)) == true)
        #expect(grid.isWithin(CellID(4), CellID(2)) == false)
        #expect(grid.levelName(of: CellID(3)) == "grid")
    }

    @Test(arguments: [
        ("X/b/b-1/", 3), ("X/b/b-1", 3), ("b-1", 3), ("X", 0), ("X/", 0), ("b", 2),
        ("X/b-1/", -1), ("", -1), ("/", -1), ("x", -1), ("b-", -1), ("X/b/b-1//", -1),
    ])
    func `A path or a code names its cell`(text: String, number: Int) throws {
        let grid = try town()
        #expect(grid.find(text) == (number < 0 ? .none : CellID(number)))
    }

    @Test func `A name inside a longer text is found by its bounds`() throws {
        let grid = try town()
        let text = Array("..X/a/..".utf8)
        #expect(grid.find(text.span, 2, 6) == grid.find("a"))
    }

    /// (latitude, longitude, code): insides, borders, corners, a hole, a second polygon, outsides.
    @Test(arguments: [
        (0.5, 0.5, "a"), (0.5, 1.5, "b-1"), (1.5, 1.5, "b"), (2.5, 2.5, "c"), (0.5, 10.5, "a"),
        (0.5, 1.0, "b-1"), (0.5, 0.0, "a"), (0.0, 0.5, "a"), (0.0, 0.0, "a"), (0.0, 1.0, "b-1"),
        (1.0, 1.5, "b"), (2.0, 2.5, "c"), (2.0, 2.0, "c"), (3.0, 2.5, "b"), (2.5, 3.0, "b"),
        (1.0, 0.5, ""), (0.5, 4.0, ""), (4.0, 2.0, ""), (0.5, 5.0, ""), (0.5, 11.0, ""),
        (-0.1, 0.5, ""), (89, 179, ""), (-91, 0, ""), (0, 181, ""), (.nan, 0, ""), (0, .nan, ""),
        (.infinity, 0, ""),
    ])
    func `A position lies in one cell, on a border in the eastern or northern one`(
        latitude: Double, longitude: Double, code: String
    ) throws {
        let grid = try town()
        let expected = code.isEmpty ? CellID.none : grid.find(code)
        #expect(grid.locate(latitude: latitude, longitude: longitude) == expected)
    }

    @Test func `Where leaves overlap the first one wins, and a shallow leaf before a deep parent`()
        throws
    {
        var builder = GridBuilder(root: "X", levelNames: ["city", "district", "street", "grid"])
        builder.add(block("first", 0, 0, 2, 2))
        builder.add(block("second", 1, 1, 3, 3))
        var parent = block("street", 1, 1, 4, 4)
        parent.parent = "second"
        builder.add(parent)
        var deep = block("deep", 3, 3, 4, 4)
        deep.parent = "street"
        builder.add(deep)
        let grid = try builder.build()
        #expect(grid.locate(latitude: 1.5, longitude: 1.5) == grid.find("first"))
        #expect(grid.locate(latitude: 2.5, longitude: 2.5) == grid.find("street"))
        #expect(grid.locate(latitude: 3.5, longitude: 3.5) == grid.find("deep"))
    }

    @Test func `A grid without shapes locates nothing and finds names`() throws {
        var builder = GridBuilder(root: "X", levelNames: ["city", "grid"])
        builder.add(
            CellDraft(
                code: "a", parent: "X", name: "A", origin: DraftOrigin(file: "test", feature: 0)))
        let grid = try builder.build()
        #expect(grid.locate(latitude: 0, longitude: 0) == .none)
        #expect(grid.find("a") == CellID(1))
        #expect(grid.anchor(of: CellID(1)) == nil)
    }
}
