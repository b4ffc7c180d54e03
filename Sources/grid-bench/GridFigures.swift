import Cells
import Domain
import Foundation
import GEOSOracle

/// What one city came to.
struct GridFigures: Encodable {
    let city: String
    var cells = 0
    var leaves = 0
    var sourceBytes = 0
    /// From bytes to grid, its neighbours included.
    var importSeconds = 0.0
    var imageBytes = 0
    /// From opening the image to the first cell located.
    var startMilliseconds = 0.0
    var indexBytes = 0
    var imageBytesPerCell = 0.0
    /// Medians over the rounds.
    var locateNanoseconds = 0.0
    /// Where each point waits for the answer before.
    var locateInTurnNanoseconds = 0.0
    var geosNanoseconds = 0.0
    /// The median of the rounds' ratios.
    var timesFaster = 0.0
    var points = 0
    var differences = 0

    init(_ city: BenchCity, points: Int) throws {
        self.city = city.name
        self.points = points
        let clock = ContinuousClock()
        let start = clock.now
        let made = try city.loader.load(city.files)
        importSeconds = (clock.now - start).seconds
        sourceBytes = city.files.reduce(0) { $0 + $1.bytes.count }
        let image = made.image()
        cells = made.count
        let file = FileManager.default.temporaryDirectory.appending(
            path: "grid-bench-\(ProcessInfo.processInfo.processIdentifier).cells")
        defer { unsafe unlink(file.path) }
        try Data(image).write(to: file)
        imageBytes = image.count
        imageBytesPerCell = Double(image.count) / Double(made.count)
        indexBytes = made.indexBytes
        let box = made.box()

        let opened = clock.now
        let grid = try Grid.mapped(file.path)
        _ = grid.locate(latitude: box.middle.latitude, longitude: box.middle.longitude)
        startMilliseconds = (clock.now - opened).seconds * 1000
        compare(grid, city, RandomPoints(box, count: points))
    }

    /// Asks both in turn, round by round, for the same points.
    private mutating func compare(
        _ grid: borrowing Grid, _ city: BenchCity, _ points: RandomPoints
    ) {
        let leaves = GridFigures.leaves(of: grid, city)
        self.leaves = leaves.count
        let oracle = GEOSOracle(leaves.map(\.rings))
        var (own, inTurn, others, ratios) = ([Double](), [Double](), [Double](), [Double]())
        var found = [CellID](repeating: .none, count: points.count)
        var holders = [[Int]](repeating: [], count: points.count)
        for _ in 0..<9 {
            let ours = points.time { found[$0] = grid.locate(latitude: $1, longitude: $2) }
            let theirs = points.timeUnits { holders[$0] = oracle.holders(x: $1, y: $2) }
            own.append(ours)
            inTurn.append(
                points.timeInTurn { grid.locate(latitude: $0, longitude: $1).index })
            others.append(theirs)
            ratios.append(theirs / ours)
        }
        locateNanoseconds = own.sorted()[4]
        locateInTurnNanoseconds = inTurn.sorted()[4]
        geosNanoseconds = others.sorted()[4]
        timesFaster = ratios.sorted()[4]
        for (cell, holders) in zip(found, holders) {
            let isLeaf = cell != .none && grid.isLeaf(cell)
            let codes = holders.map { leaves[$0].code }
            if isLeaf ? !codes.contains(grid.code(of: cell)) : !codes.isEmpty { differences += 1 }
        }
    }

    private static func leaves(of grid: borrowing Grid, _ city: BenchCity) -> [CellDraft] {
        var codes: Set<String> = []
        for cell in 0..<grid.count where grid.isLeaf(CellID(cell)) {
            codes.insert(grid.code(of: CellID(cell)))
        }
        return city.loader.drafts(city.files).cells.filter { codes.contains($0.code) }
    }
}

extension GridFigures {
    static func json(_ figures: [GridFigures]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(figures), as: UTF8.self)
    }

    static func text(_ figures: [GridFigures]) -> String {
        var text = figures.map(\.text).joined(separator: "\n\n")
        if let first = figures.first, let last = figures.last, figures.count > 1 {
            let growth = last.locateNanoseconds / first.locateNanoseconds
            text += "\n\nlocating takes \(rounded(growth)) times as long in the larger city"
        }
        return text
    }

    private var text: String {
        func megabytes(_ bytes: Int) -> String { "\(GridFigures.rounded(Double(bytes) / 1e6)) MB" }
        return """
            \(city): \(cells) cells, \(leaves) of them leaves, \(megabytes(sourceBytes)) of GeoJSON
              import            \(GridFigures.rounded(importSeconds)) s
              image             \(megabytes(imageBytes)), \(Int(imageBytesPerCell)) bytes a cell
              index             \(megabytes(indexBytes))
              start             \(GridFigures.rounded(startMilliseconds)) ms to the first cell
              locate            \(Int(locateNanoseconds)) ns a random point, \
            \(Int(locateInTurnNanoseconds)) where each waits for the answer before
              GEOS              \(Int(geosNanoseconds)) ns, \(GridFigures.rounded(timesFaster)) times as long
              differences       \(differences) of \(points) points
            """
    }

    private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}

extension Duration {
    var seconds: Double {
        let (whole, attoseconds) = components
        return Double(whole) + Double(attoseconds) / 1e18
    }
}
