import Cells
import Domain
import Glibc

/// Points spread evenly over a box, the same in every run.
struct RandomPoints {
    private let places: [(latitude: Double, longitude: Double)]

    init(_ box: GridBox, count: Int) {
        var state: UInt64 = 126_449
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) / Double(1 << 53)
        }
        places = (0..<count).map { _ in
            let latitude = box.south + (box.north - box.south) * next()
            let longitude = box.west + (box.east - box.west) * next()
            return ((latitude * 1e7).rounded() / 1e7, (longitude * 1e7).rounded() / 1e7)
        }
    }

    var count: Int { places.count }

    /// Nanoseconds that one point takes.
    func time(_ ask: (Int, Double, Double) -> Void) -> Double {
        let start = RandomPoints.ownTime()
        for index in places.indices {
            ask(index, places[index].latitude, places[index].longitude)
        }
        return (RandomPoints.ownTime() - start) / Double(places.count)
    }

    /// The same, where each point waits for the answer before: what a server sees that locates one
    /// point amid other work.
    func timeInTurn(_ ask: (Double, Double) -> UInt32) -> Double {
        // Never set, but the compiler does not know.
        let mask: UInt32 = CommandLine.argc == .max ? 1 : 0
        var late = 0
        let start = RandomPoints.ownTime()
        for index in places.indices {
            let place = places[index + late]
            late = Int(ask(place.latitude, place.longitude) & mask)
        }
        return (RandomPoints.ownTime() - start) / Double(places.count)
    }

    /// The same, with the point in whole units.
    func timeUnits(_ ask: (Int, Int, Int) -> Void) -> Double {
        let units = places.map {
            FixedPoint(latitude: $0.latitude, longitude: $0.longitude) ?? FixedPoint(x: 0, y: 0)
        }
        let start = RandomPoints.ownTime()
        for (index, point) in units.enumerated() { ask(index, Int(point.x), Int(point.y)) }
        return (RandomPoints.ownTime() - start) / Double(units.count)
    }

    /// This thread's time on a core, in nanoseconds: neighbours on the machine do not count.
    private static func ownTime() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
}

/// The box around all leaves' anchors.
struct GridBox {
    var west = 180.0
    var east = -180.0
    var south = 90.0
    var north = -90.0

    var middle: (latitude: Double, longitude: Double) { ((south + north) / 2, (west + east) / 2) }
}

extension Grid {
    func box() -> GridBox {
        var box = GridBox()
        for cell in 0..<count {
            guard let anchor = anchor(of: CellID(cell)) else { continue }
            box.west = min(box.west, anchor.longitude)
            box.east = max(box.east, anchor.longitude)
            box.south = min(box.south, anchor.latitude)
            box.north = max(box.north, anchor.latitude)
        }
        return box
    }
}
