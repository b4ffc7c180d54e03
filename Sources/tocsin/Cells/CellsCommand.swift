import ArgumentParser

/// `tocsin cells`: the grid by itself.
struct CellsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cells",
        abstract: "Generate, check, compare and search the cells of a city.",
        subcommands: [
            Generate.self, Load.self, Find.self, Check.self, Show.self, Tree.self, Stats.self,
            Diff.self,
        ])
}
