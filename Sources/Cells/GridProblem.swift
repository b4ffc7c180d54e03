/// What is wrong with a grid's sources.
public enum GridFault: Error, Sendable, Hashable {
    case unreadable(reason: String)
    case tooLarge(what: String, limit: Int)
    case notJSON
    case notFeatureCollection
    case missingID
    case badCode(String)
    case duplicateCode(String, first: DraftOrigin)
    case missingParent
    case unknownParent(String)
    /// The parents lead round in a circle.
    case cyclicParent(String)
    case unknownLevel(String)
    /// A cell's level must be below its parent's.
    case levelOrder(level: Int, parent: Int)
    case badProperty(String)
    case pathTooLong(bytes: Int)
    case unknownNeighbour(String)
    /// Neighbours are cells of one level.
    case neighbourLevel(String)
    case missingGeometry
    case wrongGeometry(String)
    case ringTooShort(points: Int)
    case ringNotClosed
    case badCoordinates
    /// `swapped`: they would fit with latitude and longitude exchanged.
    case outOfRange(longitude: Double, latitude: Double, swapped: Bool)
    case noCells
    /// So many cells or areas overlap around a place that it cannot be told whose it is.
    case crowded(latitude: Double, longitude: Double)
    case badHierarchyName(String)
    case duplicateHierarchy(String)
    case tooManyHierarchies(limit: Int)
    case emptyHierarchy(String)
}

/// One problem of one feature, or of a whole file.
public struct GridProblem: Error, Sendable, Hashable {
    public var file: String
    /// Index in the file's `features`, from 0; nil when it is about the file.
    public var feature: Int?
    public var fault: GridFault

    public init(_ origin: DraftOrigin, _ fault: GridFault) {
        self.init(file: origin.file, feature: origin.feature, fault)
    }

    public init(file: String, feature: Int? = nil, _ fault: GridFault) {
        self.file = file
        self.feature = feature
        self.fault = fault
    }
}

/// Every problem found; a grid is loaded whole or not at all.
public struct GridError: Error, Sendable {
    public var problems: [GridProblem]
}

extension GridProblem: CustomStringConvertible {
    public var description: String {
        let place = feature.map { "\(file): feature \($0)" } ?? file
        return "\(place): \(fault)"
    }
}

extension GridFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreadable(let reason): "cannot be read: \(reason)"
        case .tooLarge(let what, let limit): "more than \(limit) \(what)"
        case .notJSON: "is not JSON"
        case .notFeatureCollection: "is not a GeoJSON FeatureCollection"
        case .missingID: "has no id"
        case .badCode(let code):
            "the id \"\(code)\" is not 1 to 31 ASCII letters, digits, \".\", \"_\" and \"-\""
        case .duplicateCode(let code, let first):
            "the id \"\(code)\" is taken by feature \(first.feature) of \(first.file)"
        case .missingParent: "has no parent"
        case .unknownParent(let parent): "its parent \"\(parent)\" is in none of the files"
        case .cyclicParent(let parent): "its parent \"\(parent)\" lies below it"
        case .unknownLevel(let level): "the level \"\(level)\" is not one of the level names"
        case .levelOrder(let level, let parent):
            "its level \(level) is not below its parent's level \(parent)"
        case .badProperty(let name): "the property \"\(name)\" has a value that it cannot have"
        case .pathTooLong(let bytes): "its path is \(bytes) bytes long"
        case .unknownNeighbour(let code): "its neighbour \"\(code)\" is in none of the files"
        case .neighbourLevel(let code): "its neighbour \"\(code)\" is of another level"
        case .missingGeometry: "has no geometry"
        case .wrongGeometry(let type): "the geometry \"\(type)\" is not a Polygon or MultiPolygon"
        case .ringTooShort(let points): "a ring has \(points) points; the least is 4"
        case .ringNotClosed: "a ring does not end where it starts"
        case .badCoordinates: "its coordinates are not arrays of longitude and latitude"
        case .outOfRange(let longitude, let latitude, let swapped):
            "longitude \(longitude), latitude \(latitude) is not on the globe"
                + (swapped ? "; are they swapped? GeoJSON puts the longitude first" : "")
        case .noCells: "there are no cells"
        case .crowded(let latitude, let longitude):
            "too many cells lie over each other near \(latitude),\(longitude)"
        case .badHierarchyName(let name):
            "the hierarchy \"\(name)\" is not named by 1 to 31 letters, digits, \".\", \"_\", \"-\""
        case .duplicateHierarchy(let name): "the hierarchy \"\(name)\" is there twice"
        case .tooManyHierarchies(let limit): "there are more than \(limit) hierarchies"
        case .emptyHierarchy(let name): "the hierarchy \"\(name)\" has no areas"
        }
    }
}
