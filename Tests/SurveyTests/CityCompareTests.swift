import Cells
import Testing

@testable import Survey

/// What a change of the town is told as.
private func told(_ change: (inout Town) -> Void) throws -> [String] {
    let before = Town()
    var after = before
    change(&after)
    let old = before.city
    let new = CityDraft(
        root: "X", levelNames: old.levelNames, drafts: after.drafts, beside: old)
    return try CityComparison(from: old, to: new).differences.map { difference in
        ([difference.kind.rawValue, difference.code] + difference.others).joined(separator: " ")
    }
}

@Suite("A comparison of two versions of a city")
struct CityCompareTests {
    @Test("finds no difference in the same, wherever a border begins")
    func same() throws {
        #expect(try told { _ in } == [])
        let turned = try told { town in
            var ring = town["a-1"].rings[0]
            ring.removeLast()
            town["a-1"].rings = [Array(ring[2...]) + ring[...2]]
        }
        #expect(turned == [])
    }

    @Test("tells what became of a cell")
    func changes() throws {
        #expect(try told { $0["a-1"].name = "Quay" } == ["renamed a-1"])
        #expect(try told { $0["a-1"].population = 9 } == ["changed a-1"])
        #expect(try told { $0["a-1"].parent = "b" } == ["moved a-1"])
        #expect(try told { town in town.drafts.removeAll { $0.code == "a-1" } } == ["removed a-1"])
        #expect(try told { $0["a-1"].rings = [Town.ring(0, 0, 1, 0.9)] } == ["reshaped a-1"])
        #expect(try told { $0["a-1"].code = "a-9" } == ["recoded a-1 a-9"])
    }

    @Test("follows ground that is split and merged")
    func ground() throws {
        let split = try told { town in
            var part = town["a-1"]
            town["a-1"].code = "a-1n"
            town["a-1n"].rings = [Town.ring(0, 0.5, 1, 1)]
            part.code = "a-1s"
            part.rings = [Town.ring(0, 0, 1, 0.5)]
            town.drafts.append(part)
        }
        #expect(split == ["split a-1 a-1n a-1s"])
        let merged = try told { town in
            town.drafts.removeAll { $0.code == "a-2" }
            town["a-1"].code = "a-12"
            town["a-12"].rings = [Town.ring(0, 0, 2, 1)]
        }
        #expect(merged == ["merged a-12 a-1 a-2"])
    }
}
