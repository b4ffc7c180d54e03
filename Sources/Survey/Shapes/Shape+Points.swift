import CGEOS

/// A place on the plane. **Units**: metres east and north of the city's middle.
struct Spot: Hashable, Sendable {
    var x: Double
    var y: Double
}

extension Shape {
    /// Polygons of closed rings, each with its outer ring first.
    ///
    /// **Fails**: when a ring has fewer than four points.
    convenience init(_ context: GEOSContext, polygons: [[[Spot]]]) throws(ShapeFailure) {
        let polygons = polygons.filter { !$0.isEmpty }
        guard polygons.allSatisfy({ $0.allSatisfy { $0.count >= 4 } }) else {
            throw ShapeFailure(operation: "polygon", reason: "a ring has fewer than 4 points")
        }
        var parts = unsafe polygons.map { unsafe Shape.polygon($0, context) }
        if polygons.count == 1 {
            try unsafe self.init(context, taking: parts[0], "polygon")
        } else {
            let kind = Int32(GEOS_MULTIPOLYGON.rawValue)
            let whole = unsafe GEOSGeom_createCollection_r(
                context.handle, kind, &parts, UInt32(polygons.count))
            try unsafe self.init(context, taking: whole, "polygons")
        }
    }

    private static func polygon(_ rings: [[Spot]], _ context: GEOSContext) -> OpaquePointer? {
        var holes = unsafe rings.dropFirst().map { unsafe ring($0, context) }
        return unsafe GEOSGeom_createPolygon_r(
            context.handle, ring(rings[0], context), &holes, UInt32(rings.count - 1))
    }

    private static func ring(_ spots: [Spot], _ context: GEOSContext) -> OpaquePointer? {
        let numbers = spots.flatMap { [$0.x, $0.y] }
        let points = unsafe GEOSCoordSeq_copyFromBuffer_r(
            context.handle, numbers, UInt32(spots.count), 0, 0)
        guard let points = unsafe points else { return nil }
        return unsafe GEOSGeom_createLinearRing_r(context.handle, points)
    }

    /// The polygons' rings, the outer one first; lines and points among the shape are left out.
    func polygons() -> [[[Spot]]] {
        var found: [[[Spot]]] = []
        unsafe Shape.collect(pointer, context, &found)
        return found
    }

    private static func collect(
        _ part: OpaquePointer, _ context: GEOSContext, _ found: inout [[[Spot]]]
    ) {
        let handle = unsafe context.handle
        let kind = unsafe GEOSGeomTypeId_r(handle, part)
        if kind == Int32(GEOS_POLYGON.rawValue) {
            guard let shell = unsafe GEOSGetExteriorRing_r(handle, part) else { return }
            var rings = [unsafe spots(of: shell, context)]
            for hole in 0..<max(0, unsafe GEOSGetNumInteriorRings_r(handle, part)) {
                guard let ring = unsafe GEOSGetInteriorRingN_r(handle, part, hole) else { continue }
                rings.append(unsafe spots(of: ring, context))
            }
            if !rings[0].isEmpty { found.append(rings) }
        } else if kind >= Int32(GEOS_MULTIPOINT.rawValue) {
            for index in 0..<max(0, unsafe GEOSGetNumGeometries_r(handle, part)) {
                guard let inner = unsafe GEOSGetGeometryN_r(handle, part, index) else { continue }
                unsafe collect(inner, context, &found)
            }
        }
    }

    private static func spots(of line: OpaquePointer, _ context: GEOSContext) -> [Spot] {
        let handle = unsafe context.handle
        guard let points = unsafe GEOSGeom_getCoordSeq_r(handle, line) else { return [] }
        var count: UInt32 = 0
        guard unsafe GEOSCoordSeq_getSize_r(handle, points, &count) == 1 else { return [] }
        var numbers = [Double](repeating: 0, count: Int(count) * 2)
        guard unsafe GEOSCoordSeq_copyToBuffer_r(handle, points, &numbers, 0, 0) == 1 else {
            return []
        }
        return (0..<Int(count)).map { Spot(x: numbers[$0 * 2], y: numbers[$0 * 2 + 1]) }
    }

    /// Each polygon by itself.
    func parts() throws(ShapeFailure) -> [Shape] {
        let polygons = polygons()
        var shapes: [Shape] = []
        for polygon in polygons { shapes.append(try Shape(context, polygons: [polygon])) }
        return shapes
    }
}
