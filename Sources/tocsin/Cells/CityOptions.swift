import ArgumentParser
import Cells
import Settings
import Survey

/// The flags that a city comes from, for commands that read cells as they are drawn.
struct CityOptions: ParsableArguments {
    @Option(help: "The levels' names from the root down, separated by commas (cells.levels).")
    var levels: String?
    @Option(help: "A property: WHAT=NAME, as in parent=district (cells.properties.WHAT).")
    var map: [SettingsOptions.Assignment] = []
    @OptionGroup(title: "Settings")
    var settings: SettingsOptions

    /// The cells of some files; of none, those of the settings.
    ///
    /// - Parameter other: a city to put it on the same plane with.
    ///
    /// **Fails**: with exit code 2 when a file cannot be read.
    func city(
        _ files: [String], beside other: CityDraft? = nil
    ) throws(CommandFailure) -> CityDraft {
        let cells = try cellFiles(files)
        guard !cells.files.isEmpty else {
            throw .usage("name the files of the city, or its settings with --config")
        }
        if let image = cells.files.first(where: GridImage.isImage) {
            throw .usage("\(image) is a grid image; name the GeoJSON files that it was made from")
        }
        StandardError.progress("reading \(cells.files.joined(separator: ", ")) …")
        defer { StandardError.progress("") }
        return CityDraft(GridLoader(cells), try CitySource.files(cells), beside: other)
    }

    /// The settings' cells, with what the command line says for this command only.
    func cellFiles(_ files: [String]) throws(CommandFailure) -> CellFiles {
        var settings = settings
        if !files.isEmpty { settings.cells = files }
        if let levels { settings.add(.cellsLevels, levels) }
        for assignment in map {
            guard let key = SettingKey(rawValue: "cells.properties.\(assignment.key)") else {
                throw .usage(
                    "--map \(assignment.key)=…: a cell has no such property; it has "
                        + Self.properties.joined(separator: ", "))
            }
            settings.add(key, assignment.value)
        }
        return try settings.load().settings.cells
    }

    private static let properties = SettingKey.allCases.map(\.rawValue)
        .filter { $0.hasPrefix("cells.properties.") }.map { String($0.dropFirst(17)) }
}

extension CityDraft {
    /// The cell that somebody named.
    func named(_ text: String) throws(CommandFailure) -> Int {
        if let cell = find(text) { return cell }
        throw .findings("no cell has the code or path \(text)")
    }
}
