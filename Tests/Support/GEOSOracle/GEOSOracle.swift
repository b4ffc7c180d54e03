import CGEOS
package import Cells

/// GEOS's answer to "which shapes hold this point": its STRtree over prepared polygons.
///
/// Coordinates are the shapes' own whole units, which doubles hold exactly.
@safe package final class GEOSOracle {
    private let context: GEOSContextHandle_t
    private let tree: OpaquePointer
    private var shapes: [OpaquePointer] = unsafe []
    private var prepared: [OpaquePointer] = unsafe []
    private let numbers: UnsafeMutablePointer<Int>
    private var found: [Int] = []

    /// Rings of one shape count even-odd: what lies in two of them is a hole.
    package init(_ rings: [[[FixedPoint]]]) {
        unsafe context = GEOS_init_r()
        unsafe tree = GEOSSTRtree_create_r(context, 10)
        unsafe numbers = UnsafeMutablePointer.allocate(capacity: max(1, rings.count))
        for (number, shape) in rings.enumerated() {
            unsafe numbers[number] = number
            let geometry = unsafe area(of: shape)
            unsafe shapes.append(geometry)
            unsafe prepared.append(GEOSPrepare_r(context, geometry))
            unsafe GEOSSTRtree_insert_r(context, tree, geometry, numbers + number)
        }
    }

    deinit {
        unsafe GEOSSTRtree_destroy_r(context, tree)
        for index in unsafe shapes.indices {
            unsafe GEOSPreparedGeom_destroy_r(context, prepared[index])
            unsafe GEOSGeom_destroy_r(context, shapes[index])
        }
        unsafe GEOS_finish_r(context)
        unsafe numbers.deallocate()
    }

    /// The numbers of the shapes that hold the point or have it on their border.
    package func holders(x: Int, y: Int) -> [Int] {
        let point = unsafe GEOSGeom_createPointFromXY_r(context, Double(x), Double(y))
        defer { unsafe GEOSGeom_destroy_r(context, point) }
        found.removeAll(keepingCapacity: true)
        let me = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe GEOSSTRtree_query_r(
            context, tree, point,
            { item, me in
                guard let item = unsafe item, let me = unsafe me else { return }
                let oracle = unsafe Unmanaged<GEOSOracle>.fromOpaque(me).takeUnretainedValue()
                oracle.found.append(unsafe item.load(as: Int.self))
            }, me)
        return found.filter { unsafe GEOSPreparedIntersects_r(context, prepared[$0], point) == 1 }
    }

    private func area(of rings: [[FixedPoint]]) -> OpaquePointer {
        if rings.count == 1 {
            return unsafe GEOSGeom_createPolygon_r(context, ring(rings[0]), nil, 0)
        }
        var lines: [OpaquePointer?] = unsafe rings.map { unsafe ring($0) }
        let all = unsafe GEOSGeom_createCollection_r(
            context, Int32(GEOS_MULTILINESTRING.rawValue), &lines, UInt32(lines.count))
        defer { unsafe GEOSGeom_destroy_r(context, all) }
        return unsafe GEOSBuildArea_r(context, all)
    }

    private func ring(_ points: [FixedPoint]) -> OpaquePointer {
        let sequence = unsafe GEOSCoordSeq_create_r(context, UInt32(points.count), 2)
        for (index, point) in points.enumerated() {
            unsafe GEOSCoordSeq_setXY_r(
                context, sequence, UInt32(index), Double(point.x), Double(point.y))
        }
        return unsafe GEOSGeom_createLinearRing_r(context, sequence)
    }
}
