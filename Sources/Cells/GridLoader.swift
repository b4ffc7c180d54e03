/// One file of areas, as bytes in memory.
public struct GridFile: Sendable {
    public var name: String
    public var bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// Loads a grid from GeoJSON files (RFC 7946: longitude first), all of it or nothing.
public struct GridLoader: Sendable {
    /// Which feature property holds what.
    public struct Properties: Sendable {
        public var id = "id"
        public var parent = "parent"
        /// A number, 0 for the root, or one of the level names; may be absent.
        public var level = "level"
        public var name = "name"
        public var population = "population"
        public var use = "use"
        /// Ids of the cells of its level beside it; where it is absent, its shape tells.
        public var neighbours = "neighbours"

        public init() {}
    }

    /// Four times the size of a file with 126,449 micro-grids of 30 points each.
    public static let fileBytesMax = 512 * 1024 * 1024
    /// Eight times the largest grid that a city has published.
    public static let cellsMax = 1 << 20
    /// Half a gigabyte of edges in memory.
    public static let pointsMax = 1 << 25

    public var root: String
    public var levelNames: [String]
    public var properties = Properties()

    /// - Parameters:
    ///   - root: code of the cell above all others, `NYC`; a feature with this id may describe it.
    ///   - levelNames: the levels from the root down.
    public init(
        root: String,
        levelNames: [String] = ["city", "district", "street", "community", "grid", "micro"]
    ) {
        self.root = root
        self.levelNames = levelNames
    }

    /// The grid of all files together; a parent may stand in another file than its children.
    public func load(_ files: [GridFile]) throws(GridError) -> Grid {
        let (cells, problems) = drafts(files)
        var builder = GridBuilder(root: root, levelNames: levelNames)
        for problem in problems { builder.report(problem) }
        for cell in cells { builder.add(cell) }
        return try builder.build()
    }

    /// The cells of all files as they are described, in the files' order, and what could not be
    /// read: for those who look at a city that need not hang together.
    public func drafts(_ files: [GridFile]) -> (cells: [CellDraft], problems: [GridProblem]) {
        var cells: [CellDraft] = []
        var problems: [GridProblem] = []
        var room = (cells: GridLoader.cellsMax, points: GridLoader.pointsMax)
        for file in files {
            do throws(GridFault) {
                for (index, feature) in try features(of: file).enumerated() {
                    let origin = DraftOrigin(file: file.name, feature: index)
                    do throws(GridFault) {
                        var draft = try self.draft(of: feature, origin)
                        // A cell with a bad shape is kept without one: its children need it.
                        do throws(GridFault) {
                            try shape(&draft, feature)
                            try take(draft, from: &room)
                        } catch {
                            problems.append(GridProblem(origin, error))
                        }
                        cells.append(draft)
                    } catch {
                        problems.append(GridProblem(origin, error))
                    }
                }
            } catch {
                problems.append(GridProblem(file: file.name, error))
            }
        }
        return (cells, problems)
    }

    private func features(of file: GridFile) throws(GridFault) -> [GeoJSONFeature] {
        guard file.bytes.count <= GridLoader.fileBytesMax else {
            throw .tooLarge(what: "bytes", limit: GridLoader.fileBytesMax)
        }
        return try GeoJSONFeature.all(in: file.bytes)
    }

    private func take(
        _ draft: CellDraft, from room: inout (cells: Int, points: Int)
    ) throws(GridFault) {
        room.cells -= 1
        room.points -= draft.rings.reduce(0) { $0 + $1.count }
        if room.cells < 0 { throw .tooLarge(what: "cells", limit: GridLoader.cellsMax) }
        if room.points < 0 { throw .tooLarge(what: "points", limit: GridLoader.pointsMax) }
    }
}

extension GridLoader {
    /// A feature as a draft; the first thing wrong with it is thrown.
    private func draft(
        of feature: GeoJSONFeature, _ origin: DraftOrigin
    ) throws(GridFault) -> CellDraft {
        guard let id = feature.text(properties.id) ?? feature.id else { throw .missingID }
        var draft = CellDraft(
            code: id, parent: feature.text(properties.parent) ?? "",
            level: try level(of: feature), name: feature.text(properties.name) ?? id, origin: origin
        )
        draft.use = feature.text(properties.use) ?? ""
        draft.population = try population(of: feature)
        draft.neighbours = try neighbours(of: feature)
        return draft
    }

    private func neighbours(of feature: GeoJSONFeature) throws(GridFault) -> [String]? {
        switch feature.properties[properties.neighbours] {
        case nil, .null: nil
        case .list(let codes): codes
        default: throw .badProperty(properties.neighbours)
        }
    }

    private func level(of feature: GeoJSONFeature) throws(GridFault) -> Int? {
        switch feature.properties[properties.level] {
        case nil, .null: nil
        case .number(let number): try whole(number, properties.level, max: 255)
        case .text(let name): try level(named: name)
        case .list, .other: throw .badProperty(properties.level)
        }
    }

    private func level(named name: String) throws(GridFault) -> Int {
        if let level = levelNames.firstIndex(of: name) ?? Int(name) { return level }
        throw .unknownLevel(name)
    }

    private func population(of feature: GeoJSONFeature) throws(GridFault) -> Int {
        switch feature.properties[properties.population] {
        case nil, .null: 0
        case .number(let number): try whole(number, properties.population, max: 4e9)
        default: throw .badProperty(properties.population)
        }
    }

    private func whole(
        _ number: Double, _ property: String, max: Double
    ) throws(GridFault) -> Int {
        guard number >= 0, number <= max, number == number.rounded() else {
            throw .badProperty(property)
        }
        return Int(number)
    }

    private func shape(_ draft: inout CellDraft, _ feature: GeoJSONFeature) throws(GridFault) {
        switch feature.geometry {
        case .missing: throw .missingGeometry
        case .malformed: throw .badCoordinates
        case .unsupported(let type): throw .wrongGeometry(type)
        case .polygons(let polygons):
            var rings: [[FixedPoint]] = []
            for ring in polygons.joined() { rings.append(try self.ring(ring)) }
            draft.rings = rings
            draft.ringCounts = polygons.map(\.count)
        }
    }

    private func ring(_ positions: [[Double]]) throws(GridFault) -> [FixedPoint] {
        guard positions.count >= 4 else { throw .ringTooShort(points: positions.count) }
        var points: [FixedPoint] = []
        points.reserveCapacity(positions.count)
        for position in positions {
            guard position.count >= 2 else { throw .badCoordinates }
            points.append(try point(longitude: position[0], latitude: position[1]))
        }
        guard points.first == points.last else { throw .ringNotClosed }
        return points
    }

    private func point(longitude: Double, latitude: Double) throws(GridFault) -> FixedPoint {
        if let point = FixedPoint(latitude: latitude, longitude: longitude) { return point }
        let swapped = FixedPoint(latitude: longitude, longitude: latitude) != nil
        throw .outOfRange(longitude: longitude, latitude: latitude, swapped: swapped)
    }
}
