import Cells
import Foundation
import Scenario

/// What the bench was told.
struct BenchOptions {
    var isJSON = false
    var tracts = "../shared/data/nyc-boundaries"
    var points = 200_000
    /// Of how many micro-grids the large city is; nil for the drawn city of always.
    var micro: Int?
    var files: [String] = []

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--json": isJSON = true
            case "--tracts": tracts = rest.popFirst() ?? tracts
            case "--points": points = Int(rest.popFirst() ?? "").map { max(1_000, $0) } ?? points
            case "--micro": micro = try BenchOptions.micro(rest.popFirst())
            case let option where option.hasPrefix("-"): throw BenchProblem("no option \(option)")
            default: files.append(argument)
            }
        }
    }

    private static func micro(_ text: String?) throws -> Int {
        guard let text, let micro = Int(text), MetropolisPlan.microGridsRange.contains(micro) else {
            throw BenchProblem("--micro takes 200 to 200000, not \(text ?? "nothing")")
        }
        return micro
    }
}

/// Why there is nothing to measure.
struct BenchProblem: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// The files of a city, in memory.
struct BenchCity {
    var name: String
    var loader: GridLoader
    var files: [GridFile]

    /// New York; nil when it is not there.
    static func tracts(_ directory: String) throws -> BenchCity? {
        guard FileManager.default.fileExists(atPath: directory) else { return nil }
        let files = try ["l1_borough", "l2_community_district", "l3_grid"].map {
            try GridFile(path: "\(directory)/\($0).geojson")
        }
        let levels = ["city", "borough", "district", "tract"]
        let loader = GridLoader(root: "NYC", levelNames: levels)
        return BenchCity(name: "New York's tracts", loader: loader, files: files)
    }

    /// The one that was asked for.
    static func large(_ options: BenchOptions) throws -> BenchCity {
        if let micro = options.micro { return try metropolis(micro) }
        return options.files.isEmpty ? drawn() : try read(options.files)
    }

    /// As many leaves as the largest city has published, to a hundredth.
    static func drawn() -> BenchCity {
        var plan = CityPlan(seed: 126_449)
        plan.splits = [.init(6, 5), .init(3, 3), .init(3, 3), .init(8, 7)]
        let file = GridFile(name: "the drawn city", bytes: Array(plan.geoJSON().utf8))
        return BenchCity(
            name: "a drawn city", loader: GridLoader(root: plan.root), files: [file])
    }

    /// The city that `tocsin cells generate --micro` draws.
    static func metropolis(_ microGrids: Int) throws -> BenchCity {
        guard let plan = MetropolisPlan(seed: 7, microGrids: microGrids) else {
            throw BenchProblem("no city has \(microGrids) micro-grids")
        }
        var bytes: [UInt8] = []
        try plan.draw { _ in }.writeGeoJSON { (piece) throws(BenchProblem) in bytes += piece }
        return BenchCity(
            name: "a metropolis", loader: GridLoader(root: plan.root),
            files: [GridFile(name: "the metropolis", bytes: bytes)])
    }

    static func read(_ paths: [String]) throws -> BenchCity {
        var files: [GridFile] = []
        for path in paths { files.append(try GridFile(path: path)) }
        return BenchCity(name: paths[0], loader: GridLoader(root: "HB"), files: files)
    }
}
