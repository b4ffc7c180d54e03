import ArgumentParser
import Cells
import Domain
import Registry
import RuleBook
import Settings

/// `tocsin sources list`: who is registered, and with `--live` who is heard.
extension SourcesCommand {
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List registered sources, or those that a running server hears.",
            discussion: """
                All of a file:              tocsin sources list sources.csv
                Those of a part:            tocsin sources list --cell CITY/north/ --kind gas.concentration
                What a server hears:        tocsin sources list --live
                For a script:               tocsin sources list --json

                With --live: when each was last heard, how many alerts came, how many were late or \
                lost. Sources that are not registered are listed too, and marked with *.

                Exit codes: 0 listed; 2 the registry does not load, or no server answers; 3 wrong usage.
                """)

        @Argument(help: "The registry (default: the settings' sources.registry).")
        var file: String?
        @Option(help: "Only those in this cell or below it: a path or a code.")
        var cell: String?
        @Option(help: "Only those that may send this kind.")
        var kind: String?
        @Flag(help: "Print them as a JSON list.")
        var json = false
        @Flag(help: "Ask a running server what it hears of them.")
        var live = false
        @Option(help: "The server's control address, for --live.")
        var at = ServerAddress.control
        @Option(help: "How long to wait for the server's answer.")
        var patience = LengthOfTime(seconds: 10)
        @OptionGroup(title: "Settings")
        var settings: SettingsOptions

        func run() throws {
            let sources = try registered()
            let heard = live ? try heard() : nil
            let rows = SourceRow.join(sources, heard, isFiltered: cell != nil || kind != nil)
            if json { return print(try prettyJSON(rows)) }
            for line in SourceRow.table(rows, isLive: live) { print(line) }
        }

        /// The registry's sources that are asked for.
        private func registered() throws -> [RegisteredSource] {
            if live, file == nil, try settings.load().settings.sources.registry == nil {
                guard cell == nil, kind == nil else {
                    throw CommandFailure.usage("--cell and --kind need the registry's file")
                }
                return []
            }
            let place = try RegistryPlace(file, settings)
            let grid = try place.grid()
            var sources = try RegistryFile.finish(try place.located(in: grid)).sources
            if let cell {
                let area = grid.find(cell)
                guard area != .none else { throw CommandFailure.usage("there is no cell \(cell)") }
                let path = grid.path(of: area)
                sources = sources.filter { $0.cell.hasPrefix(path) }
            }
            if let kind { sources = sources.filter { $0.maySend(kind) } }
            return sources
        }

        /// Every source that the server knows, asked for part by part.
        private func heard() throws -> [LiveSource] {
            let client = ControlClient(address: at, patience: patience)
            var (request, heard) = (ControlRequest(.sources), [LiveSource]())
            repeat {
                let reply = try client.ask(request)
                heard += reply.sources ?? []
                request.first = reply.next
            } while request.first != nil
            return heard
        }
    }
}

extension RegisteredSource {
    fileprivate func maySend(_ kind: String) -> Bool {
        kinds.isEmpty || kinds.contains { $0.covers(kind) }
    }
}
