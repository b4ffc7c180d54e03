import ArgumentParser

/// `tocsin cells`: the grid by itself.
struct CellsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cells",
        abstract: "Generate, import, check, compare and search the cells of a city.",
        subcommands: [
            Generate.self, Import.self, Load.self, Find.self, Check.self, Show.self, Tree.self,
            Stats.self, Diff.self,
        ])
}
