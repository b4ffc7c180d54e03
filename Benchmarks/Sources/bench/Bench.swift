// bench: what the parts cost, and what the whole costs beside a relay that does nothing.
//
// Absolute figures move with the machine's neighbours; only ratios inside one run count. So every
// comparison starts the relay and the subject in turn, repetition by repetition, in processes of
// their own, and reports medians and the median of the ratios.
//
// In: flags. Out: a table, or JSON with `--json`.
import ArgumentParser

@main
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measures Tocsin and its parts.",
        subcommands: [
            LatencyCommand.self, SaturationCommand.self, JournalCommand.self, RingCommand.self,
        ])
}
