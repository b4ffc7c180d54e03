import Foundation
import Testing

extension EndToEnd {
    /// A district of two grids, its police, and two other ways to draw it, from the shell.
    @Suite("The cells of a city on the command line")
    struct CellsTests {
        let directory: TemporaryDirectory
        private static let city = ["--root", "T", "--levels", "city,district,grid"]
        private static let drawn = ["--cells", "d.geojson", "--cells", "g.geojson"] + city

        init() throws {
            directory = try TemporaryDirectory()
            try write("d.geojson", [("d1", "T", 0, 0.02, #","name":"Harbour""#)])
            let quay = ("g1", "d1", 0.0, 0.01, #","name":"Quay","population":300"#)
            try write("g.geojson", [quay, ("g2", "d1", 0.01, 0.02, #","use":"station""#)])
            try write("gap.geojson", [quay, ("g2", "d1", 0.012, 0.02, "")])
            try write(
                "split.geojson",
                [quay, ("g3", "d1", 0.01, 0.015, ""), ("g4", "d1", 0.015, 0.02, "")])
            try write("police.geojson", [("p1", "", 0, 0.02, "")])
        }

        /// Writes rectangles beside each other: code, parent, west, east, more properties.
        private func write(
            _ name: String, _ cells: [(String, String, Double, Double, String)]
        ) throws {
            let features = cells.map { code, parent, west, east, more in
                """
                {"type":"Feature","properties":{"id":"\(code)","parent":"\(parent)"\(more)},\
                "geometry":{"type":"Polygon","coordinates":[[[\(west),0],[\(east),0],\
                [\(east),0.01],[\(west),0.01],[\(west),0]]]}}
                """
            }
            try directory.write(
                #"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"#,
                to: name)
        }

        private func cells(_ arguments: [String]) throws -> Outcome {
            let name = "cells-\(UUID().uuidString.prefix(8))"
            let program = try Program(
                Places.program, ["cells"] + arguments, in: directory, as: name)
            let code = try program.exitCode()
            return Outcome(code: code, output: program.output, log: program.log)
        }

        private func json(_ arguments: [String], code: Int32 = 0) throws -> Any {
            let outcome = try cells(arguments + ["--json"])
            #expect(outcome.code == code, "\(outcome)")
            return try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
        }

        private func members(_ arguments: [String], code: Int32 = 0) throws -> [String: Any] {
            try #require(try json(arguments, code: code) as? [String: Any])
        }

        @Test("check finds nothing in a sound city, and a gap with its place and size")
        func check() throws {
            let sound = try cells(["check", "d.geojson", "g.geojson"] + Self.city)
            #expect(sound.code == 0 && sound.output.hasPrefix("3 cells, 0 errors"), "\(sound)")
            let gap = ["check", "d.geojson", "gap.geojson"] + Self.city
            let found = try cells(gap + ["--svg", "gap.svg"])
            #expect(found.code == 1, "\(found)")
            for text in ["error cells/gap", "24.6 ha", "at 0.00500,0.01100", "1 error,"] {
                #expect(found.output.contains(text), "\(found)")
            }
            let picture = directory.read("gap.svg")
            #expect(picture.contains(">T: 1 error, 0 warnings, 0 notes<"), "\(picture)")
            #expect(picture.contains("prefers-color-scheme: dark"))
            let report = try members(gap, code: 1)
            let first = (report["findings"] as? [[String: Any]])?.first
            #expect(report["errors"] as? Int == 1 && first?["code"] as? String == "cells/gap")
        }

        @Test("show tells and sketches one cell, and says when there is none")
        func show() throws {
            let shown = try cells(["show", "g1", "--svg", "g1.svg"] + Self.drawn)
            #expect(shown.code == 0, "\(shown)")
            for text in ["path        T/d1/g1/", "neighbours  1: g2", "####", "# g1  a g2"] {
                #expect(shown.output.contains(text), "\(shown)")
            }
            let picture = directory.read("g1.svg")
            for text in [">Quay<", ">g1<", ">g2<", "T/d1/g1/"] {
                #expect(picture.contains(text), "\(picture)")
            }
            let card = try members(["show", "T/d1/g2"] + Self.drawn)
            #expect(card["use"] as? String == "station" && card["parent"] as? String == "d1")
            let missing = try cells(["show", "gx"] + Self.drawn)
            #expect(missing.code == 1 && missing.log.contains("code or path gx"), "\(missing)")
        }

        @Test("tree shows who is below whom, from the root or a cell, as deep as is wished")
        func tree() throws {
            let tree = try cells(["tree"] + Self.drawn)
            #expect(tree.code == 0 && tree.output.split(separator: "\n").count == 4, "\(tree)")
            #expect(tree.output.contains("\n  d1  Harbour  (district, 2 cells below"), "\(tree)")
            let branch = try members(["tree", "d1", "--depth", "0"] + Self.drawn)
            #expect(branch["cellsBelow"] as? Int == 2 && branch["code"] as? String == "d1")
            #expect((branch["children"] as? [Any])?.isEmpty == true)
            #expect(try cells(["tree", "gx"] + Self.drawn).code == 1)
            let negative = try cells(["tree", "--depth=-1"] + Self.drawn)
            #expect(negative.code == 3 && negative.log.contains("--depth is 0 or more"))
        }

        @Test("stats counts and measures level by level")
        func stats() throws {
            let files = ["d.geojson", "g.geojson"] + Self.city
            let stats = try cells(["stats"] + files)
            #expect(stats.code == 0, "\(stats)")
            #expect(stats.output.contains("grid: 2 cells, 1 dedicated"), "\(stats)")
            let levels = try json(["stats"] + files) as? [[String: Any]]
            #expect(levels?.map { $0["level"] as? String } == ["city", "district", "grid"])
            #expect(levels?.last?["populationTotal"] as? Int == 300)
            let missing = try cells(["stats", "none.geojson"])
            #expect(missing.code == 2 && missing.log.contains("none.geojson"), "\(missing)")
        }

        @Test("diff tells a split from what stays")
        func diff() throws {
            let (old, new) = ("d.geojson,g.geojson", "d.geojson,split.geojson")
            let same = try cells(["diff", old, old] + Self.city)
            #expect(same.code == 0 && same.output == "no difference\n", "\(same)")
            let split = try cells(["diff", old, new] + Self.city)
            #expect(split.code == 1 && split.output.contains("g2 → g3 + g4"), "\(split)")
            let report = try members(["diff", old, new] + Self.city, code: 1)
            let first = (report["differences"] as? [[String: Any]])?.first
            #expect(report["isSame"] as? Bool == false && first?["kind"] as? String == "split")
            let missing = try cells(["diff", old, "none.geojson"] + Self.city)
            #expect(missing.code == 2 && missing.log.contains("none.geojson"), "\(missing)")
        }

        @Test("import makes an image that is sound, finds cells and knows the police")
        func imports() throws {
            let files = ["import", "d.geojson", "g.geojson"] + Self.city
            let police = ["--hierarchy", "police=police.geojson", "--out", "t.cells"]
            let image = try members(files + police)
            #expect(image["cells"] as? Int == 4)
            #expect(image["hierarchies"] as? [String] == ["police"])
            let text = try cells(files + police)
            #expect(text.code == 0 && text.output.hasPrefix("t.cells: 4 cells, "), "\(text)")
            let sound = try cells(["import", "--verify", "t.cells"])
            #expect(sound.code == 0 && sound.output == "t.cells is sound\n", "\(sound)")
            let found = try cells(["find", "0.005,0.005", "--cells", "t.cells"])
            #expect(found.code == 0 && found.output.contains("p1"), "\(found)")
        }

        /// Arguments, exit code, and what is said.
        static let mistakenUses: [([String], Int32, String)] = [
            (["import", "d.geojson"], 3, "--out"),
            (["import", "--verify", "d.geojson"], 2, "d.geojson"),
            (["import", "none.geojson", "--out", "x.cells"], 2, "none.geojson"),
            (["import", "g.geojson", "--out", "x.cells"] + city, 2, "d1"),
            (
                ["import", "d.geojson", "--out", "x.cells", "--map", "nme=x"], 3,
                "it has id, parent"
            ),
            (["check", "d.geojson", "--map", "nme=x"], 3, "it has id, parent"),
            (["check", "d.geojson", "--map", "id"], 3, "--map"),
            (["check", "d.geojson", "--sliver", "0"], 3, "0.1 to 1000 metres"),
            (["check"], 3, "name the files"),
        ]

        @Test("Mistakes are said with what to do", arguments: mistakenUses)
        func mistakes(arguments: [String], code: Int32, words: String) throws {
            let outcome = try cells(arguments)
            #expect(outcome.code == code && outcome.log.contains(words), "\(outcome)")
        }

        @Test("A grid image is neither imported nor checked: the files behind it are")
        func images() throws {
            let made = try cells(
                ["import", "d.geojson", "g.geojson", "--out", "t.cells"] + Self.city)
            #expect(made.code == 0, "\(made)")
            let again = try cells(["import", "t.cells", "--out", "x.cells"])
            #expect(again.code == 3 && again.log.contains("is a grid image already"), "\(again)")
            let check = try cells(["check", "t.cells"])
            #expect(check.code == 3 && check.log.contains("name the GeoJSON files"), "\(check)")
        }
    }
}
