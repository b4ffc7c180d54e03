import CGEOS

/// Some ground, in metres around the city's middle, as libgeos holds it; never changed.
///
/// A class and not a noncopyable value: shapes stand in arrays, which take only copyable elements,
/// and the piece that a finding shows is the same as the one that was measured.
///
/// **Owner**: whoever holds it; it is given back to libgeos with the last.
@safe final class Shape {
    let context: GEOSContext
    let pointer: OpaquePointer

    /// Takes what an operation returned.
    init(
        _ context: GEOSContext, taking pointer: OpaquePointer?, _ operation: String
    ) throws(ShapeFailure) {
        guard let pointer = unsafe pointer else { throw context.failure(operation) }
        self.context = context
        unsafe self.pointer = pointer
        context.shapesAlive += 1
    }

    deinit {
        unsafe GEOSGeom_destroy_r(context.handle, pointer)
        context.shapesAlive -= 1
    }
}

extension Shape {
    /// The ground that both have.
    ///
    /// In floating point, as all overlays here: what rounding leaves is told apart by its width,
    /// and a fixed grid costs a random device an operation (libgeos 3.11). Where lines nearly meet
    /// and floating point fails, libgeos snaps them by itself.
    func intersection(_ other: Shape) throws(ShapeFailure) -> Shape {
        let result = unsafe GEOSIntersection_r(context.handle, pointer, other.pointer)
        return try unsafe Shape(context, taking: result, "intersection")
    }

    func subtracting(_ other: Shape) throws(ShapeFailure) -> Shape {
        let result = unsafe GEOSDifference_r(context.handle, pointer, other.pointer)
        return try unsafe Shape(context, taking: result, "difference")
    }

    /// All shapes as one; nil of none.
    static func union(_ shapes: [Shape]) throws(ShapeFailure) -> Shape? {
        guard let first = shapes.first else { return nil }
        if shapes.count == 1 { return first }
        let context = first.context
        let bag = try collection(shapes, context)
        let result = unsafe GEOSUnaryUnion_r(context.handle, bag.pointer)
        return try unsafe Shape(context, taking: result, "union")
    }

    /// The ground within `metres` of the shape, or with a negative distance what is left of it;
    /// corners are cut to eight sides.
    func grown(by metres: Double) throws(ShapeFailure) -> Shape {
        let result = unsafe GEOSBuffer_r(context.handle, pointer, metres, 2)
        return try unsafe Shape(context, taking: result, "buffer")
    }

    /// What is left when everything is cut off that a circle of `metres` across does not fit into.
    func opened(by metres: Double) throws(ShapeFailure) -> Shape {
        try grown(by: -metres / 2).grown(by: metres / 2).intersection(self)
    }

    /// A valid shape of the same ground, inside and outside told by counting borders.
    func repaired() throws(ShapeFailure) -> Shape {
        let result = unsafe GEOSMakeValid_r(context.handle, pointer)
        return try unsafe Shape(context, taking: result, "repair")
    }

    func moved(east: Double, north: Double) throws(ShapeFailure) -> Shape {
        try Shape(
            context,
            polygons: polygons().map { rings in
                rings.map { ring in ring.map { Spot(x: $0.x + east, y: $0.y + north) } }
            })
    }

    /// Copies of the shapes in one collection.
    private static func collection(
        _ shapes: [Shape], _ context: GEOSContext
    ) throws(ShapeFailure) -> Shape {
        var copies = unsafe shapes.map { unsafe GEOSGeom_clone_r(context.handle, $0.pointer) }
        let kind = Int32(GEOS_GEOMETRYCOLLECTION.rawValue)
        let result = unsafe GEOSGeom_createCollection_r(
            context.handle, kind, &copies, UInt32(shapes.count))
        return try unsafe Shape(context, taking: result, "collection")
    }
}
