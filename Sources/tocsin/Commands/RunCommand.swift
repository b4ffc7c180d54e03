import ArgumentParser
import Settings

/// `tocsin run`: the server.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run the server.",
        discussion: """
            With defaults, on this machine only:      tocsin run
            With a settings file:                     tocsin run --config /etc/tocsin/tocsin.yaml
            One setting on top:                       tocsin run --set feed.bind=tcp://127.0.0.1:7000
            What holds, and where each value is from: tocsin run --print-settings

            Settings are looked for among the flags, then in the environment (TOCSIN_FEED_BIND for \
            feed.bind), then in the file, then among the defaults. Without --config, $TOCSIN_CONFIG \
            names the file; without that ./tocsin.yaml and /etc/tocsin/tocsin.yaml are tried. Without \
            cells it serves a small generated city.

            SIGTERM and SIGINT end it once what was received is scored and in the journal.

            Exit codes: 0 ended by a signal; 2 rules, cells, journal or address cannot be used; 3 \
            wrong settings.
            """)

    @OptionGroup(title: "Settings")
    var options: SettingsOptions
    @Flag(help: "Print the settings that hold, with where each came from, and end.")
    var printSettings = false

    func run() throws {
        let effective = try options.load(.needed)
        if printSettings {
            print(effective.yaml(), terminator: "")
        } else {
            try Assemble.run(effective.settings)
        }
    }
}
