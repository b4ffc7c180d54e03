import Cells
import Domain
import Registry
import Testing

@Suite("Reading a registry of sources")
struct RegistryTests {
    @Test("Every column is read, quoted or not, and the place is found")
    func everyColumn() throws {
        let grid = try Reading.grid()
        let registry = try Reading.registry(
            "\u{FEFF}source,latitude,longitude,accuracy_m,cell,kinds,period,name\r\n"
                + "acme/a,31.2,121.5,15,,gas.*; smoke,1h30m,\"Gate 4, \"\"north\"\"\"\r\n"
                + "\r\n"
                + "acme/site/b,,,,\(grid.code(of: CellID(9))),,,\n"
                + "other/c,,,,,noise.level,5m,巷口", grid)
        let (first, second, third) = (
            registry.sources[0], registry.sources[1], registry.sources[2]
        )
        #expect(first.name == "acme/a" && first.tenant == "acme")
        #expect(
            first.position == Position(latitude: 31.2, longitude: 121.5, accuracyMetres: 15))
        let cell = grid.locate(latitude: 31.2, longitude: 121.5)
        #expect(first.cellID == cell && first.cell == grid.path(of: cell))
        #expect(first.kindList == "gas.*;smoke" && first.period == .minutes(90))
        #expect(first.title == "Gate 4, \"north\"")
        #expect(second.position == nil && second.cellID == CellID(9) && second.kinds == [])
        #expect(third.cellID == .none && third.title == "巷口" && third.period == .minutes(5))
    }

    /// A line under `source,latitude,longitude,accuracy_m,cell,kinds,period,name`, and the problem
    /// that it has.
    static let bad: [(String, String)] = [
        (",31.2,121.5,,,,,", "2:1 source/name"),
        ("Acme/a,31.2,121.5,,,,,", "2:1 source/name"),
        ("acme//a,31.2,121.5,,,,,", "2:1 source/name"),
        ("a/b/c/d/e/f/g,31.2,121.5,,,,,", "2:1 source/name"),
        ("acme/a,91,181,,,,,", "2:8 source/position"),
        ("acme/a,north,121.5,,,,,", "2:8 source/position"),
        ("acme/a,31.2,,,,,,", "2:13 source/position"),
        ("acme/a,0x1F,121.5,,,,,", "2:8 source/position"),
        ("acme/a,nan,121.5,,,,,", "2:8 source/position"),
        ("acme/a,121.5,31.2,,,,,", "2:8 source/swapped"),
        ("acme/a,40.7,-74.0,,,,,", "2:8 source/outside"),
        ("acme/a,31.2,121.5,-1,,,,", "2:19 source/accuracy"),
        ("acme/a,,,10,,,,", "2:10 source/accuracy"),
        ("acme/a,,,,nowhere,,,", "2:11 source/cell"),
        ("acme/a,,,,,gas,,", "2:12 source/kind"),
        ("acme/a,,,,,gas.*;Smoke,,", "2:12 source/kind"),
        ("acme/a,,,,,water.*,,", "2:12 source/kind"),
        ("acme/a,,,,,,5,", "2:13 source/period"),
        ("acme/a,,,,,,5 minutes,", "2:13 source/period"),
        ("acme/a,,,,,,0s,", "2:13 source/period"),
        ("acme/a,,,,,,,a\tb", "2:14 source/title"),
        ("acme/a,,,,,,", "2:1 registry/fields"),
        ("acme/a,,,,,,,a,b", "2:1 registry/fields"),
        ("acme/a,,,,,,,a\"b", "2:15 registry/quote"),
        ("acme/a,,,,,,,\"a\"b", "2:17 registry/quote"),
        ("acme/a,,,,,,,\"a", "2:14 registry/quote"),
    ]

    @Test("Each mistake has its code, line and column", arguments: bad)
    func mistakes(line: String, problem: String) throws {
        let head = "source,latitude,longitude,accuracy_m,cell,kinds,period,name\n"
        let found = Reading.problems(Array((head + line).utf8), try Reading.grid())
        #expect(found == [problem])
    }

    @Test(
        "A header that is none is refused, and says which columns there are",
        arguments: [
            ("", "1:1 registry/header"), ("id\na", "1:1 registry/header"),
            ("source,phone\na,1", "1:8 registry/header"),
            ("source,source\na,a", "1:8 registry/header"),
        ])
    func headers(text: String, problem: String) throws {
        #expect(Reading.problems(Array(text.utf8), try Reading.grid()).contains(problem))
    }

    @Test("All problems of a file are told at once, in the order of its lines")
    func allAtOnce() throws {
        let text = """
            source,latitude,longitude,cell,kinds
            acme/a,31.2,121.5,,
            acme/a,121.5,31.2,,
            acme/b,31.2,121.5,,plate
            """
        let found = Reading.problems(Array(text.utf8), try Reading.grid())
        #expect(
            found == ["3:1 source/duplicate", "3:8 source/swapped", "4:20 source/kind"])
    }

    @Test("A position in another cell than the one named is told, in a cell above it is not")
    func disagreement() throws {
        let grid = try Reading.grid()
        let cell = grid.locate(latitude: 31.2, longitude: 121.5)
        let above = grid.path(of: grid.parent(of: cell))
        let other = (0..<grid.count).map { CellID($0) }.first {
            grid.level(of: $0) == grid.level(of: cell) && $0 != cell
        }
        let head = "source,latitude,longitude,cell\nacme/a,31.2,121.5,"
        #expect(Reading.problems(Array((head + above).utf8), grid) == [])
        let elsewhere = grid.path(of: try #require(other))
        let found = Reading.problems(Array((head + elsewhere).utf8), grid)
        #expect(found == ["2:19 source/disagreement"])
    }

    @Test("What is not UTF-8, too large, or has too many problems is told in bounds")
    func bounds() throws {
        let grid = try Reading.grid()
        let latin = Array("source,name\nacme/a,".utf8) + [0xE9]
        #expect(Reading.problems(latin, grid) == ["1:1 registry/encoding"])
        let large = Array(repeating: UInt8(ascii: "a"), count: RegistryDraft.bytesMax + 1)
        #expect(Reading.problems(large, grid) == ["1:1 registry/too-large"])
        let many = "source\n" + String(repeating: "A\n", count: 1500)
        #expect(Reading.problems(Array(many.utf8), grid).count == 1000)
        do {
            _ = try Reading.registry(many, grid)
        } catch let errors as RegistryErrors {
            #expect(errors.more == 500 && errors.summary == "1000 problems and 500 more")
        }
    }

    @Test("A problem shows its line with a caret and a hint")
    func text() throws {
        do {
            _ = try Reading.registry("source,kinds\nacme/a,smoek\n", Reading.grid())
            Issue.record("nothing is wrong")
        } catch let errors as RegistryErrors {
            #expect(
                errors.problems[0].text == """
                    s.csv:2:8: error: the catalog has no kind `smoek` [source/kind]
                      2 | acme/a,smoek
                        |        ^
                      hint: did you mean `smoke`?
                    """)
        }
    }

    @Test("What another registry changes is counted by name")
    func changes() throws {
        let grid = try Reading.grid()
        let old = try Reading.registry("source,period\na,5m\nb,5m\nc,5m", grid)
        let new = try Reading.registry("period,source\n5m,d\n5m,a\n6m,b", grid)
        let changes = new.changes(from: old)
        #expect(changes.summary == "3 sources: 1 added, 1 removed, 1 changed")
        #expect(new.changes(from: new).isNothing)
    }

    @Test("Whatever is done to a file, reading it ends with a registry or with problems")
    func mutations() throws {
        let grid = try Reading.grid()
        let good = Array(
            """
            source,latitude,longitude,accuracy_m,cell,kinds,period,name
            acme/a,31.2,121.5,15,,gas.*;smoke,5m,"Gate 4, ""n"" "
            acme/b,,,,,,1h,巷口

            """.utf8)
        var random = SplitMix64(seed: 20_261_121)
        var refused = 0
        for _ in 0..<5000 {
            let bytes = random.mutation(of: good)
            if !Reading.problems(bytes, grid).isEmpty { refused += 1 }
        }
        #expect(refused > 2000)
    }
}

extension SplitMix64 {
    /// The bytes with one to four of them changed, taken out, put in or repeated.
    mutating func mutation(of bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        let telling = Array("\",;\n\r/.-9aZ\u{0}\t ".utf8) + [0xC3, 0xFF, 0xEF]
        for _ in 0..<Int.random(in: 1...4, using: &self) {
            let at = Int.random(in: 0..<bytes.count, using: &self)
            let byte = telling[Int.random(in: 0..<telling.count, using: &self)]
            switch Int.random(in: 0..<4, using: &self) {
            case 0: bytes[at] = byte
            case 1: bytes.remove(at: at)
            case 2: bytes.insert(byte, at: at)
            default: bytes += bytes[at...]
            }
        }
        return bytes
    }
}
