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
        /// From 0 to 1: how much worse an event is here.
        public var vulnerability = "vulnerability"
        /// From 0 to 1: how hard the cell is to reach.
        public var access = "access"
        /// Ids of the cells of its level beside it; where it is absent, its shape tells.
        public var neighbours = "neighbours"

        public init() {}

        var all: Set<String> {
            [id, parent, level, name, population, use, vulnerability, access, neighbours]
        }
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
    public func load(
        _ files: [GridFile], hierarchies: [HierarchyFiles] = []
    ) throws(GridError) -> Grid {
        let (cells, problems) = drafts(files)
        var builder = GridBuilder(root: root, levelNames: levelNames)
        for problem in problems { builder.report(problem) }
        for cell in cells { builder.add(cell) }
        for hierarchy in hierarchies {
            let (areas, problems) = self.areas(hierarchy.files)
            for problem in problems { builder.report(problem) }
            builder.add(HierarchyDraft(name: hierarchy.name, areas: areas))
        }
        do throws(GridError) {
            return try builder.build()
        } catch {
            let order = (files + hierarchies.flatMap(\.files)).map(\.name)
            throw GridError(problems: GridLoader.sorted(error.problems, by: order))
        }
    }

    /// The problems as they lie in the files, whichever step found them.
    private static func sorted(_ problems: [GridProblem], by files: [String]) -> [GridProblem] {
        let keyed = problems.enumerated().map { number, problem in
            let file = files.firstIndex(of: problem.file) ?? files.count
            return (key: (file, problem.feature ?? -1, number), problem: problem)
        }
        return keyed.sorted { $0.key < $1.key }.map(\.problem)
    }

    /// The areas of a hierarchy's files as they are described, and what could not be read.
    func areas(_ files: [GridFile]) -> (areas: [AreaDraft], problems: [GridProblem]) {
        read(files) { feature, origin throws(GridFault) in
            guard let id = feature.text(properties.id) ?? feature.id else { throw .missingID }
            return AreaDraft(
                code: id, name: feature.text(properties.name) ?? id,
                rings: try rings(of: feature), origin: origin)
        }
    }

    /// The cells of all files as they are described, in the files' order, and what could not be
    /// read: for those who look at a city that need not hang together.
    public func drafts(_ files: [GridFile]) -> (cells: [CellDraft], problems: [GridProblem]) {
        // A cell with a bad shape is kept without one: its children need it.
        var shapeless: [GridProblem] = []
        let (cells, problems) = read(files) { feature, origin throws(GridFault) in
            var draft = try self.draft(of: feature, origin)
            do throws(GridFault) {
                draft.rings = try rings(of: feature)
                if case .rings(_, let counts) = feature.geometry { draft.ringCounts = counts }
            } catch {
                shapeless.append(GridProblem(origin, error))
            }
            return draft
        }
        return (cells, problems + shapeless)
    }

    /// Makes something of every feature of some files, and lists what could not be read.
    private func read<Draft: Outlined>(
        _ files: [GridFile], _ make: (GeoJSONFeature, DraftOrigin) throws(GridFault) -> Draft
    ) -> ([Draft], [GridProblem]) {
        var drafts: [Draft] = []
        var problems: [GridProblem] = []
        var room = (cells: GridLoader.cellsMax, points: GridLoader.pointsMax)
        for file in files {
            do throws(GridFault) {
                for (index, feature) in try features(of: file).enumerated() {
                    let origin = DraftOrigin(file: file.name, feature: index)
                    do throws(GridFault) {
                        let draft = try make(feature, origin)
                        try take(draft, from: &room)
                        drafts.append(draft)
                    } catch {
                        problems.append(GridProblem(origin, error))
                    }
                }
            } catch {
                problems.append(GridProblem(file: file.name, error))
            }
        }
        return (drafts, problems)
    }

    private func features(of file: GridFile) throws(GridFault) -> [GeoJSONFeature] {
        guard file.bytes.count <= GridLoader.fileBytesMax else {
            throw .tooLarge(what: "bytes", limit: GridLoader.fileBytesMax)
        }
        var reader = GeoJSONReader(file.bytes, wanted: properties.all)
        return try reader.features()
    }

    private func take(
        _ draft: some Outlined, from room: inout (cells: Int, points: Int)
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
        draft.vulnerability = try portion(of: feature, properties.vulnerability)
        draft.access = try portion(of: feature, properties.access)
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

    /// A number from 0 to 1, 0 where it is not given.
    private func portion(
        of feature: GeoJSONFeature, _ property: String
    ) throws(GridFault) -> Double {
        switch feature.properties[property] {
        case nil, .null: return 0
        case .number(let number) where number >= 0 && number <= 1: return number
        default: throw .badProperty(property)
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

    private func rings(of feature: GeoJSONFeature) throws(GridFault) -> [[FixedPoint]] {
        switch feature.geometry {
        case .missing: throw .missingGeometry
        case .malformed: throw .badCoordinates
        case .unsupported(let type): throw .wrongGeometry(type)
        case .rings(let rings, _):
            var closed: [[FixedPoint]] = []
            closed.reserveCapacity(rings.count)
            for ring in rings { closed.append(try self.ring(ring)) }
            return closed
        }
    }

    private func ring(_ positions: [GeoJSONPosition]) throws(GridFault) -> [FixedPoint] {
        guard positions.count >= 4 else { throw .ringTooShort(points: positions.count) }
        var points: [FixedPoint] = []
        points.reserveCapacity(positions.count)
        for position in positions {
            points.append(
                try point(longitude: position.longitude, latitude: position.latitude))
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
