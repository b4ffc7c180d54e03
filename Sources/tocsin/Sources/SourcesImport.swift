import ArgumentParser
import Foundation
import Registry

/// `tocsin sources import`: another table as a registry.
extension SourcesCommand {
    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a registry of a CSV with other columns, or of GeoJSON points.",
            discussion: """
                tocsin sources import cameras.csv --tenant city --map source=camera_id \\
                  --map name=location --fix kinds='crowd.*;camera.sight' --out sources.csv
                tocsin sources import air.geojson --tenant city/air --map source=station \\
                  --fix period=1h --out air-sources.csv

                --map COLUMN=THEIRS reads a column of the registry from theirs; --fix COLUMN=TEXT \
                gives every row the same. Columns that have the registry's name, or a usual one (id, \
                lat, lon, lng), need no --map. --tenant is put before each name, which is then written \
                in lower case, with - for what a name may not have. Points of GeoJSON give latitude \
                and longitude. Everything else in the file is left behind.

                Exit codes: 0 written; 1 problems, and nothing is written; 2 a file cannot be read or \
                written; 3 wrong usage.
                """)

        @Argument(help: "A CSV with a header (.csv), or GeoJSON (.geojson, .json).")
        var file: String
        @Option(help: "COLUMN=THEIRS; may be repeated.")
        var map: [ColumnText] = []
        @Option(help: "COLUMN=TEXT; may be repeated.")
        var fix: [ColumnText] = []
        @Option(help: "What each name begins with.")
        var tenant: String?
        @Option(help: "The file to write (default: standard output).")
        var out: String?

        /// `column=text`.
        struct ColumnText: ExpressibleByArgument {
            let column: RegistryColumn
            let text: String

            init?(argument: String) {
                guard let equals = argument.firstIndex(of: "="),
                    let column = RegistryColumn(rawValue: String(argument[..<equals]))
                else { return nil }
                self.column = column
                text = String(argument[argument.index(after: equals)...])
            }
        }

        func run() throws {
            let registry: SourceRegistry
            do {
                registry = try draft().finish()
            } catch let errors as RegistryErrors {
                throw CommandFailure.findings("nothing was written\n\(errors)")
            }
            guard let out else { return print(registry.csv(), terminator: "") }
            do {
                try Data(registry.csv().utf8).write(to: URL(filePath: out), options: .atomic)
            } catch {
                throw CommandFailure.unavailable(
                    "cannot write \(out): \(error.localizedDescription)")
            }
            print(
                """
                \(grouped(registry.sources.count)) sources written to \(out); see whether they fit \
                the city: tocsin sources check \(out)
                """)
        }

        private func draft() throws(CommandFailure) -> RegistryDraft {
            var plan = ImportPlan()
            for entry in map { plan.columns[entry.column] = entry.text }
            for entry in fix { plan.fixed[entry.column] = entry.text }
            plan.tenant = tenant
            let bytes = try RegistryFile.bytes(file)
            if file.hasSuffix(".csv") {
                return RegistryDraft(path: file, bytes: bytes, as: plan)
            }
            do {
                let table = try PointCollection.csv(bytes)
                return RegistryDraft(path: "\(file), as CSV", bytes: table, as: plan)
            } catch {
                throw .unavailable("\(file) \(error.reason); a CSV's name ends in .csv")
            }
        }
    }
}
