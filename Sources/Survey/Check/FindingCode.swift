/// What a check of a city's cells can find; the name stays the same for scripts.
package enum FindingCode: String, Sendable, Encodable, CaseIterable {
    case swapped = "cells/swapped"
    case shifted = "cells/shifted"
    case unreadable = "cells/unreadable"
    case badShape = "cells/bad-shape"
    case badProperty = "cells/bad-property"
    case badCode = "cells/bad-code"
    case duplicate = "cells/duplicate"
    case orphan = "cells/orphan"
    case circle = "cells/circle"
    case level = "cells/level"
    case pathTooLong = "cells/path-too-long"
    case neighbour = "cells/neighbour"
    case selfCrossing = "cells/self-crossing"
    case nesting = "cells/nesting"
    case empty = "cells/empty"
    case overlap = "cells/overlap"
    case gap = "cells/gap"
    case outside = "cells/outside-parent"
    case reachesOut = "cells/reaches-out"
    case spike = "cells/spike"
    case farParts = "cells/far-parts"
    case childless = "cells/no-children"
    case tooSmall = "cells/too-small"
    case tooLarge = "cells/too-large"
    case tooFewPeople = "cells/too-few-people"
    case tooManyPeople = "cells/too-many-people"
    case unchecked = "cells/not-checked"
    case repeatedPoint = "cells/repeated-point"
    case levelSkipped = "cells/level-skipped"
    case slivers = "cells/slivers"

    package var severity: FindingSeverity {
        switch self {
        case .reachesOut, .spike, .farParts, .childless, .tooSmall, .tooLarge, .tooFewPeople,
            .tooManyPeople, .unchecked:
            .warning
        case .repeatedPoint, .levelSkipped, .slivers: .note
        default: .error
        }
    }

    /// What the findings of this code have in common, for a heading.
    package var title: String {
        switch self {
        case .swapped: "latitude and longitude exchanged"
        case .shifted: "moved as a whole"
        case .unreadable: "files that cannot be read"
        case .badShape: "shapes that are none"
        case .badProperty: "properties with values that they cannot have"
        case .badCode: "cells without a proper code"
        case .duplicate: "codes given twice"
        case .orphan: "cells whose parent is not there"
        case .circle: "parents in a circle"
        case .level: "levels that do not fit"
        case .pathTooLong: "paths that are too long"
        case .neighbour: "neighbours that cannot be"
        case .selfCrossing: "borders that cross themselves"
        case .nesting: "rings that do not nest"
        case .empty: "cells without ground"
        case .overlap: "ground of two cells"
        case .gap: "ground of no cell"
        case .outside: "cells outside their parent"
        case .reachesOut: "cells that reach out of their parent"
        case .spike: "spikes"
        case .farParts: "cells in parts far from each other"
        case .childless: "cells that are not divided further"
        case .tooSmall: "cells that are too small"
        case .tooLarge: "cells that are too large"
        case .tooFewPeople: "cells with too few people"
        case .tooManyPeople: "cells with too many people"
        case .unchecked: "what could not be checked"
        case .repeatedPoint: "repeated points"
        case .levelSkipped: "levels left out"
        case .slivers: "slivers: too narrow to be meant"
        }
    }

    /// What to do about it.
    package var hint: String {
        switch self {
        case .swapped: "write longitude first, then latitude (RFC 7946)"
        case .shifted: "convert the file to WGS84, or take parents and children from one source"
        case .unreadable: "give a GeoJSON FeatureCollection"
        case .badShape: "draw the shape anew as a Polygon or MultiPolygon of closed rings"
        case .badProperty: "correct the value, or map another property with --map"
        case .badCode:
            "give 1 to 31 letters, digits, \".\", \"_\", \"-\", or map them with --map id=…"
        case .duplicate: "give one of the two another code, or delete it"
        case .orphan: "correct the parent's code, add the parent's file, or name the --root"
        case .circle: "give one of them a parent outside of the circle"
        case .level: "correct the level or the parent, or name the levels with --levels"
        case .pathTooLong: "shorten the codes on the way"
        case .neighbour: "name cells of the same level, or leave the neighbours out"
        case .selfCrossing: "put the points of the border in order"
        case .nesting: "draw holes inside their polygon and parts beside each other"
        case .empty: "delete the cell or draw its border"
        case .overlap: "give the ground to one of them"
        case .gap: "give the ground to a cell beside it, or take it out of the parent"
        case .outside: "correct the parent's code, or the border of either"
        case .reachesOut: "move the border back, or give the ground to the parent"
        case .spike: "take the point out"
        case .farParts: "give the far part to the cell it lies in or beside"
        case .childless: "divide it, or load it as it is: alerts are then scored here"
        case .tooSmall: "join it with a neighbour"
        case .tooLarge, .tooManyPeople: "divide it"
        case .tooFewPeople: "join it with a neighbour, or correct the number"
        case .unchecked: "repair the other findings first and check again"
        case .repeatedPoint: "nothing needs to be done"
        case .levelSkipped: "nothing needs to be done when it is meant"
        case .slivers: "take the borders of neighbours, parents and children from one source"
        }
    }
}

package enum FindingSeverity: String, Sendable, Encodable, Comparable, CaseIterable {
    case error, warning, note

    package static func < (a: FindingSeverity, b: FindingSeverity) -> Bool {
        a.rank < b.rank
    }

    /// The most severe first.
    private var rank: Int {
        switch self {
        case .error: 0
        case .warning: 1
        case .note: 2
        }
    }
}
