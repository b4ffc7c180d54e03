import Cells
import Domain
import Testing

private func faults(_ hierarchies: [HierarchyFiles]) -> [GridFault] {
    do throws(GridError) {
        _ = try GridLoader(root: "X").load([Lattice.city(2)], hierarchies: hierarchies)
        return []
    } catch {
        return error.problems.map(\.fault)
    }
}

@Suite struct HierarchyTests {
    @Test func `A cell lies in the area of its anchor, a position in its own`() throws {
        let grid = try Lattice.grid(6)
        #expect(grid.hierarchyNames == ["police"])
        #expect(grid.areaCount(ofHierarchy: 0) == 2)
        let west = grid.area(of: grid.find("r0c2"), hierarchy: 0)
        #expect(grid.code(of: west) == "W")
        #expect(grid.name(of: west) == "West")
        let east = grid.locateArea(latitude: 0.001, longitude: 0.0031, hierarchy: 0)
        #expect(grid.code(of: east) == "E")
        let outside = grid.locateArea(latitude: 1, longitude: 1, hierarchy: 0)
        #expect(outside == .none)
        // The root has no shape, and so no anchor.
        #expect(grid.area(of: CellID(0), hierarchy: 0) == .none)
    }

    @Test func `Each fault of a hierarchy is named`() {
        let halves = Lattice.halves(2)
        #expect(faults([halves, halves]) == [.duplicateHierarchy("police")])
        #expect(
            faults([HierarchyFiles(name: "a b", files: halves.files)])
                == [.badHierarchyName("a b")])
        #expect(faults([HierarchyFiles(name: "fire", files: [])]) == [.emptyHierarchy("fire")])
        let many = (0...8).map { HierarchyFiles(name: "h\($0)", files: halves.files) }
        #expect(faults(many) == [.tooManyHierarchies(limit: 8)])
        let twice = HierarchyFiles(name: "fire", files: halves.files + halves.files)
        #expect(faults([twice]).count == 2)
        let nameless = Lattice.file([Lattice.feature(#""name":"x""#, Lattice.square(0, 0))])
        #expect(
            faults([HierarchyFiles(name: "fire", files: [nameless])])
                == [.missingID, .emptyHierarchy("fire")])
    }
}
