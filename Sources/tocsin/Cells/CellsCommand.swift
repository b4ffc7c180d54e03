import ArgumentParser

/// `tocsin cells`: the grid by itself.
struct CellsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cells",
        abstract: "Generate, import, check and search the cells of a city.",
        subcommands: [Generate.self, Import.self, Load.self, Find.self])
}
