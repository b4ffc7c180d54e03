import CGEOS

/// A rectangle along the axes. **Units**: metres.
struct Box: Sendable, Hashable {
    var west: Double
    var south: Double
    var east: Double
    var north: Double

    func meets(_ other: Box) -> Bool {
        west <= other.east && other.west <= east && south <= other.north && other.south <= north
    }

    func grown(by metres: Double) -> Box {
        Box(west: west - metres, south: south - metres, east: east + metres, north: north + metres)
    }

    func joined(_ other: Box) -> Box {
        Box(
            west: min(west, other.west), south: min(south, other.south),
            east: max(east, other.east), north: max(north, other.north))
    }

    var width: Double { east - west }
    var height: Double { north - south }
    var middle: Spot { Spot(x: (west + east) / 2, y: (south + north) / 2) }
}

extension Shape {
    /// **Units**: square metres.
    var area: Double {
        var value = 0.0
        _ = unsafe GEOSArea_r(context.handle, pointer, &value)
        return value
    }

    /// The length of all borders. **Units**: metres.
    var perimeter: Double {
        var value = 0.0
        _ = unsafe GEOSLength_r(context.handle, pointer, &value)
        return value
    }

    var isEmpty: Bool { unsafe GEOSisEmpty_r(context.handle, pointer) != 0 }

    /// nil when it is empty.
    var box: Box? {
        guard !isEmpty else { return nil }
        var box = Box(west: 0, south: 0, east: 0, north: 0)
        _ = unsafe GEOSGeom_getXMin_r(context.handle, pointer, &box.west)
        _ = unsafe GEOSGeom_getYMin_r(context.handle, pointer, &box.south)
        _ = unsafe GEOSGeom_getXMax_r(context.handle, pointer, &box.east)
        _ = unsafe GEOSGeom_getYMax_r(context.handle, pointer, &box.north)
        return box
    }

    /// A place inside, not too near the border; nil when it is empty.
    var insidePoint: Spot? {
        unsafe spot(GEOSPointOnSurface_r(context.handle, pointer))
    }

    /// The centre of gravity; nil when it is empty.
    var centroid: Spot? {
        unsafe spot(GEOSGetCentroid_r(context.handle, pointer))
    }

    /// Whether the two have at least a point in common.
    func touches(_ other: Shape) -> Bool {
        unsafe GEOSIntersects_r(context.handle, pointer, other.pointer) == 1
    }

    /// **Units**: metres.
    func distance(to other: Shape) -> Double {
        var value = 0.0
        _ = unsafe GEOSDistance_r(context.handle, pointer, other.pointer, &value)
        return value
    }

    /// Why the shape is not a sound one, and where; nil when it is.
    func fault() -> (reason: String, place: Spot?)? {
        var reason: UnsafeMutablePointer<CChar>?
        var location: OpaquePointer?
        guard unsafe GEOSisValidDetail_r(context.handle, pointer, 0, &reason, &location) == 0
        else { return nil }
        defer { unsafe GEOSFree_r(context.handle, reason) }
        let text = unsafe reason.map { unsafe String(cString: $0) } ?? "is not valid"
        return (text, unsafe spot(location))
    }

    /// The place of a point that libgeos made, which is given back.
    private func spot(_ point: OpaquePointer?) -> Spot? {
        guard let point = unsafe point else { return nil }
        defer { unsafe GEOSGeom_destroy_r(context.handle, point) }
        guard unsafe GEOSisEmpty_r(context.handle, point) == 0 else { return nil }
        var place = Spot(x: 0, y: 0)
        _ = unsafe GEOSGeomGetX_r(context.handle, point, &place.x)
        _ = unsafe GEOSGeomGetY_r(context.handle, point, &place.y)
        return place
    }
}
