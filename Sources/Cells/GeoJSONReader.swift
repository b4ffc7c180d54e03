/// Reads the features of a collection in one pass over the bytes.
///
/// It is strict about the JSON (RFC 8259) and builds nothing of what a grid does not ask for: a
/// city of 126,449 cells is some hundred megabytes of coordinates. A member that is there twice
/// counts as its last one.
///
/// **Fails**: with what is wrong with the file as a whole; a feature that lacks a member lacks that
/// member only.
struct GeoJSONReader {
    private var scanner: JSONScanner
    /// How many rings each part of the shape being read has.
    private var ringCounts: [Int] = []
    private let wanted: Set<String>

    /// - Parameter wanted: the properties that are kept.
    init(_ bytes: [UInt8], wanted: Set<String>) {
        scanner = JSONScanner(bytes)
        self.wanted = wanted
    }

    /// The features in file order.
    mutating func features() throws(GridFault) -> [GeoJSONFeature] {
        var features: [GeoJSONFeature]?
        var type: String?
        scanner.skipMark()
        guard try scanner.peek() == .object else {
            try scanner.skipDocument()
            throw .notFeatureCollection
        }
        try scanner.open()
        while let name = try scanner.nextMember() {
            switch (name, try scanner.peek()) {
            case ("type", .text): type = try scanner.text()
            case ("features", .array): features = try list()
            default: try scanner.skip()
            }
        }
        try scanner.end()
        guard type == "FeatureCollection", let features else { throw .notFeatureCollection }
        return features
    }

    private mutating func list() throws(GridFault) -> [GeoJSONFeature] {
        var features: [GeoJSONFeature] = []
        var isWhole = true
        try scanner.open()
        while try scanner.nextElement() {
            if try scanner.peek() == .object {
                features.append(try feature())
            } else {
                isWhole = false
                try scanner.skip()
            }
        }
        guard isWhole else { throw .notFeatureCollection }
        return features
    }

    private mutating func feature() throws(GridFault) -> GeoJSONFeature {
        var feature = GeoJSONFeature()
        try scanner.open()
        while let name = try scanner.nextMember() {
            switch (name, try scanner.peek()) {
            case ("id", _): feature.id = try value().text
            case ("properties", .object): feature.properties = try properties()
            case ("geometry", .object): feature.geometry = try geometry()
            case ("geometry", let kind) where kind != .null:
                feature.geometry = .malformed
                try scanner.skip()
            default: try scanner.skip()
            }
        }
        return feature
    }

    private mutating func properties() throws(GridFault) -> [String: GeoJSONValue] {
        var properties: [String: GeoJSONValue] = [:]
        try scanner.open()
        while let name = try scanner.nextMember() {
            if wanted.contains(name) {
                properties[name] = try value()
            } else {
                try scanner.skip()
            }
        }
        return properties
    }

    private mutating func value() throws(GridFault) -> GeoJSONValue {
        switch try scanner.peek() {
        case .text: return .text(try scanner.text())
        case .number: return .number(try scanner.number())
        case .array: return try texts()
        case .null:
            try scanner.skip()
            return .null
        case .object, .truth:
            try scanner.skip()
            return .other
        }
    }

    private mutating func texts() throws(GridFault) -> GeoJSONValue {
        var texts: [String] = []
        var isSound = true
        try scanner.open()
        while try scanner.nextElement() {
            switch try scanner.peek() {
            case .text: texts.append(try scanner.text())
            case .number:
                let text = GeoJSONValue.number(try scanner.number()).text
                if let text { texts.append(text) } else { isSound = false }
            default:
                isSound = false
                try scanner.skip()
            }
        }
        return isSound ? .list(texts) : .other
    }
}

extension GeoJSONReader {
    /// The type may come after the coordinates, so that these are read by how deep they lie.
    private mutating func geometry() throws(GridFault) -> GeoJSONGeometry {
        var type: String?
        var shape: (rings: [[GeoJSONPosition]], depth: Int)?
        try scanner.open()
        while let name = try scanner.nextMember() {
            switch (name, try scanner.peek()) {
            case ("type", .text): type = try scanner.text()
            case ("coordinates", .array): shape = try coordinates()
            default: try scanner.skip()
            }
        }
        switch type {
        case nil: return .malformed
        case "Polygon": return rings(shape, depth: 3)
        case "MultiPolygon": return rings(shape, depth: 4)
        case let type?: return .unsupported(type)
        }
    }

    private func rings(
        _ shape: (rings: [[GeoJSONPosition]], depth: Int)?, depth: Int
    ) -> GeoJSONGeometry {
        guard let shape, shape.depth == depth || shape.depth == 0 else { return .malformed }
        return .rings(shape.rings, counts: depth == 3 ? [shape.rings.count] : ringCounts)
    }

    /// The positions, and how deep their numbers lie: 3 in a Polygon, 4 in a MultiPolygon, -1 where
    /// they are something else; 0 where there are none.
    private mutating func coordinates() throws(GridFault) -> ([[GeoJSONPosition]], Int) {
        var rings: [[GeoJSONPosition]] = []
        var depth = 0
        ringCounts = []
        try readRings(1, &rings, &depth)
        return (rings, depth)
    }

    /// Reads an array at a level; the positions are the arrays whose first element is a number.
    private mutating func readRings(
        _ level: Int, _ rings: inout [[GeoJSONPosition]], _ depth: inout Int
    ) throws(GridFault) {
        try scanner.open()
        var ring: [GeoJSONPosition] = []
        while try scanner.nextElement() {
            guard try scanner.peek() == .array, level < 4 else {
                depth = -1
                try scanner.skip()
                continue
            }
            if try scanner.peekInside() != .number {
                let before = rings.count
                try readRings(level + 1, &rings, &depth)
                if level == 1 { ringCounts.append(rings.count - before) }
                continue
            }
            let position = try self.position()
            depth = position != nil && (depth == 0 || depth == level + 1) ? level + 1 : -1
            if let position { ring.append(position) }
        }
        if !ring.isEmpty { rings.append(ring) }
    }

    /// nil when it is not at least two numbers.
    private mutating func position() throws(GridFault) -> GeoJSONPosition? {
        var position = GeoJSONPosition(longitude: 0, latitude: 0)
        var count = 0
        var isSound = true
        try scanner.open()
        while try scanner.nextElement() {
            guard try scanner.peek() == .number else {
                isSound = false
                try scanner.skip()
                continue
            }
            let number = try scanner.number()
            if count == 0 { position.longitude = number }
            if count == 1 { position.latitude = number }
            count += 1
        }
        return isSound && count >= 2 ? position : nil
    }
}
