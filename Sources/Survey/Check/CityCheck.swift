import Cells

/// A check of a city: goes over everything once and gathers what it finds.
///
/// **Cost**: near-linear in cells and points: only what lies near is compared.
package struct CityCheck {
    let city: CityDraft
    let options: CheckOptions
    var findings: [CellFinding] = []
    /// Cells that stand, with their siblings, beside their parents: no use to compare them.
    var shifted: Set<Int> = []
    /// Slivers by the parent whose ground they are on.
    var slivers: [Int: SliverSum] = [:]
    private let progress: (CheckProgress) -> Void

    private init(
        _ city: CityDraft, _ options: CheckOptions, _ progress: @escaping (CheckProgress) -> Void
    ) {
        self.city = city
        self.options = options
        self.progress = progress
    }

    /// Everything that is wrong with a city, the most severe first.
    package static func run(
        _ city: CityDraft, _ options: CheckOptions = CheckOptions(),
        progress: @escaping (CheckProgress) -> Void = { _ in }
    ) -> CheckReport {
        var check = CityCheck(city, options, progress)
        check.findReadingProblems()
        check.findTreeProblems()
        check.findShapeProblems()
        check.findSwaps()
        check.findMisfits()
        check.findOverlaps()
        check.findSizes()
        check.tellSlivers()
        return CheckReport(check.findings, of: city, sliverMetres: options.sliverMetres)
    }

    mutating func report(
        _ code: FindingCode, _ cell: Int, and others: [Int] = [], _ words: String,
        place: Place? = nil, pieces: [Shape] = []
    ) {
        let cells = ([cell] + others).map { city.cells[$0].code }
        var finding = CellFinding(code, cells, words)
        let origin = city.cells[cell].draft.origin
        finding.origin = origin.file.isEmpty ? nil : origin
        let pieces = pieces.sorted { $0.area > $1.area }
        finding.spots = pieces.prefix(FindingSpot.most).compactMap { piece in
            piece.insidePoint.map {
                FindingSpot(place: city.ground.place($0), squareMetres: piece.area.rounded())
            }
        }
        finding.place = place ?? finding.spots.first?.place ?? self.place(of: cell)
        if !pieces.isEmpty {
            finding.squareMetres = pieces.reduce(0) { $0 + $1.area }
            finding.pieces = pieces.count
            finding.ground = pieces.flatMap { $0.polygons() }
        }
        findings.append(finding)
    }

    /// libgeos gave up on something.
    mutating func report(_ failure: ShapeFailure, _ cell: Int) {
        report(.unchecked, cell, "not compared with its neighbours: \(failure)")
    }

    func place(of cell: Int) -> Place? {
        let cell = city.cells[cell]
        return cell.shape?.insidePoint.map(city.ground.place)
            ?? cell.draft.rings.first?.first.map(Place.init)
    }

    func tell(_ step: String, _ done: Int, of count: Int) {
        if done.isMultiple(of: 512) {
            progress(CheckProgress(step: step, done: done, count: count))
        }
    }
}
