import Foundation
import Testing

extension EndToEnd {
    /// What rule authors do with their files from the shell.
    @Suite("The tools of rule authors on the command line")
    struct AuthorToolTests {
        let directory: TemporaryDirectory

        init() throws {
            directory = try TemporaryDirectory()
            try directory.write(ReloadTests.catalog, to: "catalog.yaml")
            try directory.write(ReloadTests.rules(), to: "a.rules.yaml")
        }

        @Test("fmt names what it changes, once, and leaves the meaning alone")
        func format() throws {
            let text = ReloadTests.rules()
                .replacing(
                    "  title: Smoke\n  status: active\n",
                    with: "  status: active\n  title: \"Smoke\"\n")
            try #require(text != ReloadTests.rules())
            try directory.write(text, to: "a.rules.yaml")
            let check = try tocsin("fmt", "--check", "a.rules.yaml", in: directory)
            #expect(check.code == 1 && check.output == "a.rules.yaml\n", "\(check)")
            #expect(directory.read("a.rules.yaml") == text)
            #expect(try tocsin("fmt", "a.rules.yaml", in: directory).code == 0)
            let again = try tocsin("fmt", "--check", "a.rules.yaml", in: directory)
            #expect(again.code == 0 && again.output.isEmpty, "\(again)")
            #expect(try tocsin("test", ".", in: directory).code == 0)
            let missing = try tocsin("fmt", "b.rules.yaml", in: directory)
            #expect(missing.code == 2 && missing.log.contains("b.rules.yaml"), "\(missing)")
        }

        @Test("lock holds rules to their revisions until they get another")
        func lock() throws {
            let absent = try tocsin("lock", "--check", ".", in: directory)
            #expect(absent.code == 1 && absent.output.contains("tocsin lock"), "\(absent)")
            #expect(try tocsin("lock", ".", in: directory).code == 0)
            #expect(try tocsin("lock", "--check", ".", in: directory).code == 0)
            try directory.write(ReloadTests.rules(noise: "65.0"), to: "a.rules.yaml")
            let changed = try tocsin("check", ".", in: directory)
            #expect(changed.code == 1 && changed.output.contains("noise.loud"), "\(changed)")
            #expect(try tocsin("lock", ".", in: directory).code == 1)
        }

        @Test("diff names the rules that differ, in text and in JSON")
        func differences() throws {
            let old = try TemporaryDirectory()
            try old.write(ReloadTests.catalog, to: "catalog.yaml")
            try old.write(ReloadTests.rules(noise: "65.0"), to: "a.rules.yaml")
            let text = try tocsin("diff", old.path, ".", in: directory)
            #expect(text.code == 0 && text.output.contains("noise.loud"), "\(text)")
            #expect(!text.output.contains("smoke.thrice"))
            let json = try tocsin("diff", "--json", old.path, ".", in: directory)
            let entries = try JSONSerialization.jsonObject(with: Data(json.output.utf8))
            #expect((entries as? [[String: Any]])?.count == 1, "\(json)")
            let same = try tocsin("diff", "--json", ".", ".", in: directory)
            #expect(same.output.filter { !$0.isWhitespace } == "[]", "\(same)")
        }

        @Test(
            "schema prints JSON, and asks which",
            arguments: ["catalog", "rules", "tests", "silences"])
        func schemas(kind: String) throws {
            let schema = try tocsin("schema", kind, in: directory)
            let object = try JSONSerialization.jsonObject(with: Data(schema.output.utf8))
            let members = try #require(object as? [String: Any])
            #expect(schema.code == 0 && members["$schema"] != nil && members["properties"] != nil)
            #expect(try tocsin("schema", in: directory).code == 3)
        }
    }
}
