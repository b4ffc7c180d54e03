import Cells

@testable import Survey

/// A small town of squares to break: a city of two districts of 2 by 2 grids of 400 m each, side by
/// side.
///
///     a: a-1 a-2     b: b-1 b-2      north is up; a-3 and a-4 stand above a-1 and a-2
struct Town {
    static let side: Int32 = 40_000
    static let west: Int32 = 1_215_000_000
    static let south: Int32 = 312_000_000

    var drafts: [CellDraft] = []
    var problems: [GridProblem] = []

    init() {
        add("X", "", 0, Town.ring(0, 0, 4, 2), file: "city")
        for (index, district) in ["a", "b"].enumerated() {
            let column = Double(index * 2)
            add(district, "X", 1, Town.ring(column, 0, column + 2, 2), file: "districts")
            for number in 0..<4 {
                let (x, y) = (column + Double(number % 2), Double(number / 2))
                add(
                    "\(district)-\(number + 1)", district, 2, Town.ring(x, y, x + 1, y + 1),
                    file: "grids")
            }
        }
    }

    private mutating func add(
        _ code: String, _ parent: String, _ level: Int, _ ring: [FixedPoint], file: String
    ) {
        let feature = drafts.count { $0.origin.file == file }
        var draft = CellDraft(
            code: code, parent: parent, level: level, name: code,
            origin: DraftOrigin(file: file, feature: feature))
        draft.rings = [ring]
        draft.ringCounts = [1]
        draft.population = 300
        drafts.append(draft)
    }

    /// A rectangle in sides of a grid, from the town's south-west corner.
    static func ring(_ west: Double, _ south: Double, _ east: Double, _ north: Double)
        -> [FixedPoint]
    {
        [(west, south), (east, south), (east, north), (west, north), (west, south)]
            .map { point($0.0, $0.1) }
    }

    static func point(_ x: Double, _ y: Double) -> FixedPoint {
        FixedPoint(
            x: west + Int32((x * Double(side)).rounded()),
            y: south + Int32((y * Double(side)).rounded()))
    }

    subscript(code: String) -> CellDraft {
        get { drafts.first { $0.code == code }! }
        set { drafts[drafts.firstIndex { $0.code == code }!] = newValue }
    }

    mutating func move(toLatitude latitude: Double, longitude: Double) {
        let corner = FixedPoint(latitude: latitude, longitude: longitude)!
        change(drafts.map(\.code)) { point in
            FixedPoint(x: point.x - Town.west + corner.x, y: point.y - Town.south + corner.y)
        }
    }

    mutating func swap(_ codes: [String]) {
        change(codes) { FixedPoint(x: $0.y, y: $0.x) }
    }

    mutating func change(_ codes: [String], _ turn: (FixedPoint) -> FixedPoint) {
        for code in codes { self[code].rings = self[code].rings.map { $0.map(turn) } }
    }

    var city: CityDraft {
        CityDraft(
            root: "X", levelNames: ["city", "district", "grid"], drafts: drafts,
            problems: problems)
    }

    /// What a check finds, each as its code and its cells.
    func findings(_ options: CheckOptions = CheckOptions()) -> [CellFinding] {
        CityCheck.run(city, options).findings
    }

    /// Code, first cell, and number of the feature of each finding.
    func told(_ options: CheckOptions = CheckOptions()) -> [String] {
        findings(options).map { finding in
            let feature = finding.origin.map { " \($0.file) \($0.feature)" } ?? ""
            return "\(finding.code.rawValue.dropFirst(6)) \(finding.cells.first ?? "-")\(feature)"
        }
    }
}
