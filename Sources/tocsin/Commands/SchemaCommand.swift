import ArgumentParser
import RuleBook

/// `tocsin schema`: JSON Schema of rule files, for editors.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of a kind of rule file.",
        discussion: """
            tocsin schema rules > rules.json
            tocsin schema --write Rules/schema

            Editors with a YAML language server use it by a first line such as
            # yaml-language-server: $schema=../schema/rules.json
            """)

    @Argument(help: "catalog, rules, tests or silences.")
    var kind: Kind?
    @Option(help: "Write all of them into this directory.")
    var write: String?

    enum Kind: String, ExpressibleByArgument, CaseIterable { case catalog, rules, tests, silences }

    func run() throws {
        if let write {
            for kind in JSONSchema.Kind.allCases {
                try TextFile.write(JSONSchema.text(kind), to: "\(write)/\(kind.rawValue).json")
            }
        } else if let kind = kind.flatMap({ JSONSchema.Kind(rawValue: $0.rawValue) }) {
            print(JSONSchema.text(kind), terminator: "")
        } else {
            throw CommandFailure.usage("which schema: catalog, rules, tests or silences?")
        }
    }
}
