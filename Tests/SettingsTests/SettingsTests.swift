import Domain
import Foundation
import Testing

@testable import Settings

@Suite("Settings")
struct SettingsTests {
    @Test("Without a word from anyone everything listens on loopback")
    func defaults() throws {
        let settings = try load().settings
        #expect(settings.broadcast.bind == "tcp://127.0.0.1:5550")
        #expect(settings.push.bind == "tcp://127.0.0.1:5551")
        #expect(settings.feed == "tcp://127.0.0.1:5560")
        #expect(settings.cells.files.isEmpty)
        #expect(settings.dispatch == "tcp://127.0.0.1:5561")
        #expect(settings.control == "tcp://127.0.0.1:5562")
        #expect(
            settings.rules
                == RulePaths(
                    catalog: "/rules/catalog.yaml", packs: ["/rules"],
                    silences: "var/silences.yaml", watch: .on))
        #expect(settings.journal.keep == .hours(720))
        #expect(settings.intakeLane == LaneSettings(idle: .balanced, cpu: nil))
    }

    @Test("A flag beats the environment, which beats the file, which beats the default")
    func precedence() throws {
        let file = "instance: from-file\njournal:\n  path: file.db\n  keep: 7d\n"
        let effective = try load(
            file,
            environment: ["TOCSIN_INSTANCE": "from-environment", "TOCSIN_JOURNAL_KEEP": "8d"],
            flags: [.init("--instance", key: "instance", value: "from-flag")])
        #expect(effective.settings.instance == "from-flag")
        #expect(effective.settings.journal.keep == .hours(24 * 8))
        #expect(effective.settings.journal.path == "file.db")
        #expect(effective.settings.feed == "tcp://127.0.0.1:5560")
    }

    @Test("Paths in a settings file are relative to the file")
    func relativePaths() throws {
        let file = "cells:\n  files: [a.json, /b.json]\njournal: {path: j.db}\n"
        let settings = try load(file, path: "/etc/tocsin/tocsin.yaml").settings
        #expect(settings.cells.files == ["/etc/tocsin/a.json", "/b.json"])
        #expect(settings.journal.path == "/etc/tocsin/j.db")
    }

    @Test("A registry of sources is named by its file, and refusing strangers needs one")
    func registry() throws {
        #expect(try load().settings.sources.registry == nil)
        let file = "sources: {registry: s.csv, unregistered: refuse}\n"
        let sources = try load(file, path: "/etc/tocsin/tocsin.yaml").settings.sources
        #expect(sources.registry == "/etc/tocsin/s.csv" && sources.unregistered == .refuse)
        #expect(throws: SettingsErrors.self) { try load("sources: {unregistered: refuse}\n") }
    }

    @Test("What is printed, read again, gives the same settings and names each origin")
    func printedSettingsRoundTrip() throws {
        let file = """
            ingest:
              broadcast: {connect: ["tcp://10.0.0.7:6000"], queue: 5}
            cells: {files: [a "b" c.json], root: NYC}
            lanes: {intake: {cpu: 1, idle: busy}}
            sources: {backfill: [nyc/311, houston]}
            """
        let effective = try load(file, environment: ["TOCSIN_FEED_QUEUE": "77"])
        let printed = effective.yaml()
        #expect(try load(printed).settings == effective.settings)
        #expect(printed.contains("  queue: 77  # TOCSIN_FEED_QUEUE"))
        #expect(printed.contains("root: NYC  # tocsin.yaml:3:38"))
        #expect(printed.contains("instance: tocsin  # default"))
    }

    @Test("Lists in the environment are separated by commas")
    func environmentLists() throws {
        let settings = try load(environment: ["TOCSIN_SOURCES_BACKFILL": "a,b/c"]).settings
        #expect(settings.sources.backfill == ["a", "b/c"])
    }

    @Test("All findings come at once, flags first")
    func allFindings() {
        let findings = findings(
            "feed: {bnd: x}\nlanes:\n  intake:\n    idle: bussy\n",
            environment: ["TOCSIN_FEED_QUEUE": "many", "TOCSIN_FED_BIND": "x"],
            flags: [.init("--set", key: "instanze", value: "x")])
        #expect(
            findings == [
                "--set: unknown key instanze; did you mean `instance`?",
                "TOCSIN_FED_BIND: there is no such setting; did you mean `TOCSIN_FEED_BIND`?",
                "tocsin.yaml:1:8: unknown key feed.bnd; did you mean `feed.bind`?",
                "TOCSIN_FEED_QUEUE: feed.queue: \"many\" is not a whole number from 1 to 10000000",
                "tocsin.yaml:4:11: lanes.intake.idle: \"bussy\" is not one of busy, balanced, "
                    + "thrifty; did you mean `busy`?",
            ])
    }

    @Test(
        "A file that is wrong is refused, with the place",
        arguments: [
            ("feed: [x]", "1:7", "feed holds keys"),
            ("- x", "1:1", "the file holds keys"),
            ("feed: {bind: [a]}", "1:14", "wants one value"),
            ("instance:", "1:10", "wants one value"),
            ("instance: \"\"", "1:11", "wants one value"),
            ("cells: {files: {a: b}}", "1:16", "wants a list"),
            ("cells: {files: [[a]]}", "1:17", "is one value"),
            ("instance: a\ninstance: b", "", "twice"),
            ("instance: 'a", "", "not YAML"),
            ("feed: {bind: tcp://0.0.0.0:1}", "1:14", "reached by anyone"),
            ("feed: {bind: tcp://*:5560}", "1:14", "reached by anyone"),
            ("feed: {bind: \"tcp://127.0.0.1\"}", "1:14", "has no port"),
            ("feed: {bind: tcp://127.0.0.1:70000}", "1:14", "is no port"),
            ("feed: {bind: udp://127.0.0.1:5560}", "1:14", "is no address"),
            ("feed: {bind: tcp://127.0.0.1:5550}", "1:14", "taken by ingest.broadcast.bind"),
            ("ingest: {push: {connect: [nowhere]}}", "1:26", "is no address"),
            ("journal: {keep: 30}", "1:17", "is no length of time"),
            ("journal: {keep: 30s}", "1:17", "is no length of time"),
            ("journal: {keep: 999999999999d}", "1:17", "is no length of time"),
            ("lanes: {intake: {cpu: -1}}", "1:23", "is not a whole number"),
            ("instance: Hello", "1:11", "is no name"),
            ("sources: {backfill: [/a]}", "1:21", "cannot begin"),
            ("sources: {allow: [A]}", "1:18", "cannot begin"),
            ("limits: {rate: -1}", "1:16", "is not a whole number"),
            ("cells: {levels: [city, city]}", "1:17", "different names"),
            ("lanes: {journal: {idle: busy}}", "1:9", "unknown key lanes.journal"),
            ("limits: {sources: 0}", "1:19", "is not a whole number"),
        ])
    func refusals(file: String, place: String, words: String) {
        let found = findings(file)
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("tocsin.yaml" + (place.isEmpty ? "" : ":\(place):")) == true)
        #expect(found.first?.contains(words) == true)
    }

    @Test(
        "Addresses on this machine are accepted",
        arguments: [
            "tcp://127.0.0.1:*", "tcp://127.9.9.9:1", "tcp://[::1]:65535", "ipc:///run/tocsin/feed",
        ])
    func localAddresses(address: String) throws {
        let flag = SettingsSources.Flag("--set", key: "feed.bind", value: address)
        #expect(try load(flags: [flag]).settings.feed == address)
    }

    @Test("An ipc path that no Unix socket can have is refused")
    func longPath() {
        let path = String(repeating: "x", count: 108)
        #expect(findings("feed: {bind: \"ipc://\(path)\"}").first?.contains("107") == true)
    }

    @Test("Without rules nothing starts, unless both are named")
    func missingRules() throws {
        let sources = SettingsSources()
        #expect(throws: SettingsErrors.self) {
            try Settings.load(from: sources, rulesDirectory: nil)
        }
        let named = SettingsSources(file: ("rules: {catalog: c.yaml, packs: [p]}", "tocsin.yaml"))
        let rules = try Settings.load(from: named, rulesDirectory: nil).settings.rules
        #expect(rules.catalog == "c.yaml" && rules.packs == ["p"])
    }
}

private func load(
    _ file: String? = nil, path: String = "tocsin.yaml", environment: [String: String] = [:],
    flags: [SettingsSources.Flag] = []
) throws -> EffectiveSettings {
    let sources = SettingsSources(
        flags: flags, environment: environment, file: file.map { ($0, path) })
    return try Settings.load(from: sources, rulesDirectory: "/rules")
}

private func findings(
    _ file: String, environment: [String: String] = [:], flags: [SettingsSources.Flag] = []
) -> [String] {
    do {
        _ = try load(file, environment: environment, flags: flags)
        return []
    } catch {
        return (error as? SettingsErrors)?.findings.map(\.description) ?? ["\(error)"]
    }
}

@Suite("The files to deploy")
struct DeployTests {
    @Test("The example settings load")
    func exampleLoads() throws {
        let path = root + "deploy/tocsin.yaml"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let settings = try load(text, path: "/etc/tocsin/tocsin.yaml").settings
        #expect(settings.instance == "city")
        #expect(settings.journal.path == "/var/lib/tocsin/tocsin.sqlite")
    }

    @Test("Every setting is in the operators' document")
    func documented() throws {
        let page = try String(contentsOfFile: root + "docs/operations.md", encoding: .utf8)
        for key in SettingKey.allCases {
            let last = key.rawValue.split(separator: ".").last ?? ""
            let isThere =
                page.contains("`\(key.rawValue)`")
                || key.rawValue.hasPrefix("cells.properties.") && page.contains("`.\(last)`")
            #expect(isThere, "\(key.rawValue)")
        }
    }

    private let root = #filePath.split(separator: "/").dropLast(3).reduce("/") { $0 + $1 + "/" }
}
