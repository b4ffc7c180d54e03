// grid-bench [--json] [--tracts DIRECTORY] [--points N] [--micro N | FILE.geojson …]: what the grid
// costs.
//
// In: New York's tracts, where their directory is there, and a drawn city of 134,815 leaves; or,
// instead of that, the city that `tocsin cells generate --micro N` draws, or the files named.
// Out: import, start and memory, and what it takes to locate a random point, beside GEOS's STRtree
// over prepared polygons in the same run; and at how many of the points the two disagree, which
// must be none.
//
// Exit 0; 1 when the two disagree; 2 when a city does not load.

import Cells
import Foundation

do {
    let options = try BenchOptions(Array(CommandLine.arguments.dropFirst()))
    var figures: [GridFigures] = []
    if let tracts = try BenchCity.tracts(options.tracts) {
        figures.append(try GridFigures(tracts, points: options.points))
    } else {
        FileHandle.standardError.write(Data("skipped: there are no \(options.tracts)\n".utf8))
    }
    let large = try BenchCity.large(options)
    figures.append(try GridFigures(large, points: options.points))
    print(options.isJSON ? try GridFigures.json(figures) : GridFigures.text(figures))
    exit(figures.allSatisfy { $0.differences == 0 } ? 0 : 1)
} catch {
    print("grid-bench: \(error)")
    exit(2)
}
