import Foundation
import Testing

extension EndToEnd {
    @Suite("What is said when something is wrong")
    struct FailureTests {
        let directory: TemporaryDirectory

        init() throws { directory = try TemporaryDirectory() }

        @Test("An address that is taken")
        func addressInUse() throws {
            try withServer { server in
                let second = try run("--set", "ingest.push.bind=\(server.push)")
                #expect(second.code == 2)
                #expect(second.log.contains("ingest.push: \(server.push) is taken"))
                #expect(second.log.contains("--set ingest.push.bind="))
            }
        }

        @Test(
            "An address of another machine's",
            arguments: [
                "tcp://0.0.0.0:5551", "tcp://192.0.2.1:5551", "tcp://*:5551", "tcp://[::]:5551",
            ])
        func strangers(address: String) throws {
            let outcome = try run("--set", "ingest.push.bind=\(address)")
            #expect(outcome.code == 3)
            #expect(outcome.log.contains("ingest.push.bind"), "\(outcome.log)")
            #expect(outcome.log.contains("loopback") || outcome.log.contains("this machine"))
        }

        @Test("A journal that cannot be written or is none")
        func journal() throws {
            try directory.write("this is no database, and longer than a header of one", to: "text")
            for path in ["/proc/nowhere/journal.sqlite", directory.path, directory.path + "/text"] {
                let outcome = try run("--journal", path)
                #expect(outcome.code == 2, "\(path)")
                #expect(outcome.log.contains(path), "\(outcome.log)")
                #expect(outcome.log.contains("cannot use the journal"), "\(outcome.log)")
            }
        }

        @Test("A broken rule file is named with line and column")
        func rules() throws {
            let catalog = Places.package + "Rules/catalog.yaml"
            let file = try directory.write(
                """
                kind: rules
                version: 1
                set: {name: broken, owner: nobody}
                rules:
                - id: broken.rule
                  title: Broken
                  why: To be refused.
                  status: active
                  revision: 1
                  match: {kind: no.such.kind}
                  by: [alert.cell]
                  windows:
                    seen: {fn: count, over: 2m}
                  raise: {when: w.sean >= 2}
                """, to: "broken.rules.yaml")
            let outcome = try run("--rules", file, "--catalog", catalog)
            #expect(outcome.code == 2)
            #expect(outcome.log.contains("\(file):10:"), "\(outcome.log)")
            #expect(outcome.log.contains("\(file):14:"), "\(outcome.log)")
            #expect(outcome.log.contains("no.such.kind") && outcome.log.contains("sean"))
            let checked = try tocsin("check", file, catalog, in: directory)
            #expect(checked.code == 1, "\(checked.output)\(checked.log)")
        }

        @Test("Wrong settings are all named at once, with line and column")
        func settings() throws {
            let file = try directory.write(
                """
                instance: city
                feeed: {bind: "tcp://127.0.0.1:*"}
                journal:
                  keep: a while
                """, to: "wrong.yaml")
            let outcome = try run("--config", file, "--set", "limits.rate=-1")
            #expect(outcome.code == 3)
            for part in ["\(file):2:1", "feeed", "\(file):4:9", "journal.keep", "limits.rate"] {
                #expect(outcome.log.contains(part), "\(part) in \(outcome.log)")
            }
            let missing = try run("--config", directory.path + "/none.yaml")
            #expect(missing.code == 2)
            #expect(missing.log.contains("none.yaml"))
        }

        @Test("Cells that are not there, or are none")
        func cells() throws {
            let file = try directory.write("{}", to: "cells.geojson")
            for path in [directory.path + "/none.geojson", file] {
                let outcome = try run("--cells", path, "--root", "X")
                #expect(outcome.code == 2)
                #expect(outcome.log.contains(path), "\(outcome.log)")
            }
        }

        @Test(
            "Wrong usage",
            arguments: [
                ["run", "--flag"], ["nothing"], ["publish"], ["publish", "--rate", "0", "-"],
                ["tail", "--priority", "P9"], ["status", "--patience", "soon"],
            ])
        func usage(words: [String]) throws {
            let program = try Program(Places.program, words, in: directory, as: "usage")
            let code = try program.exitCode()
            #expect(code == 3, "\(program.log)")
            #expect(program.log.contains("Usage: tocsin"), "\(program.log)")
        }

        @Test("Nobody is there")
        func nobody() throws {
            let nowhere = "ipc://\(directory.path)/nobody"
            let form = [
                "--source", "a", "--kind", "smoke", "--severity", "minor", "--cell", "HB",
                "--patience", "100ms", "--to", nowhere,
            ]
            for words in [
                ["status", "--from", nowhere, "--patience", "100ms"],
                ["tail", "--from", nowhere, "--for", "100ms"],
                ["publish"] + form, ["publish", "--broadcast"] + form,
            ] {
                let program = try Program(Places.program, words, in: directory, as: "nobody")
                let code = try program.exitCode()
                #expect(code == 2, "\(words)")
                #expect(program.log.contains(nowhere), "\(program.log)")
                #expect(program.log.contains("tocsin run"), "\(program.log)")
            }
        }

        /// `tocsin run` that must not come to run.
        private func run(_ words: String...) throws -> Outcome {
            let free = ["ingest.push", "ingest.broadcast", "feed", "control"].flatMap {
                ["--set", "\($0).bind=tcp://127.0.0.1:*"]
            }
            let program = try Program(
                Places.program, ["run"] + free + words, in: directory, as: "refused")
            return Outcome(
                code: try program.exitCode(within: 20), output: program.output,
                log: program.log)
        }
    }
}
