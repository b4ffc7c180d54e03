import ArgumentParser

/// `tocsin cells`: the grid by itself.
struct CellsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cells",
        abstract: "Generate, check and search the cells of a city.",
        subcommands: [Generate.self, Load.self, Find.self])
}
