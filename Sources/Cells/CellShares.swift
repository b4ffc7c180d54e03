public import Domain

/// The cells that an inexact position may lie in, each with how likely it is.
///
/// **Owner**: whoever asks; it is filled anew by each question.
public struct CellShares: Sendable {
    public static let capacity = 16
    /// What all shares, `outside` and `dropped` together come to.
    public static let whole = 64

    private var cells: [16 of UInt32] = .init(repeating: 0)
    private var parts: [16 of UInt8] = .init(repeating: 0)
    public private(set) var count = 0
    /// The share that lies in no cell. **Range**: 0 to 64.
    public private(set) var outside = 0
    /// The share of cells for which there was no room. **Range**: 0 to 64.
    public private(set) var dropped = 0

    public init() {}

    /// The cells, the most likely first, among equals the lower number.
    ///
    /// **Range**: 0 ..< `count`.
    @_noAllocation @_noLocks
    public func cell(_ index: Int) -> CellID { CellID(Int(cells[index])) }

    /// **Range**: 1 to 64, in 64ths.
    @_noAllocation @_noLocks
    public func share(_ index: Int) -> Int { Int(parts[index]) }

    @_noAllocation @_noLocks
    mutating func clear() {
        count = 0
        outside = 0
        dropped = 0
    }

    /// Counts one more of the 64 points, which lies in `cell`.
    @_noAllocation @_noLocks
    mutating func add(_ cell: UInt32) {
        if cell == 0xFFFF_FFFF {
            outside += 1
            return
        }
        var at = 0
        while at < count {
            if cells[at] == cell {
                parts[at] += 1
                return
            }
            at += 1
        }
        if count == 16 {
            dropped += 1
            return
        }
        cells[count] = cell
        parts[count] = 1
        count += 1
    }

    @_noAllocation @_noLocks
    mutating func sort() {
        var next = 1
        while next < count {
            var at = next
            while at > 0 && isBefore(at, at - 1) {
                swap(at, at - 1)
                at -= 1
            }
            next += 1
        }
    }

    @_noAllocation @_noLocks
    private func isBefore(_ a: Int, _ b: Int) -> Bool {
        if parts[a] != parts[b] { return parts[a] > parts[b] }
        return cells[a] < cells[b]
    }

    @_noAllocation @_noLocks
    private mutating func swap(_ a: Int, _ b: Int) {
        let (cell, part) = (cells[a], parts[a])
        cells[a] = cells[b]
        parts[a] = parts[b]
        cells[b] = cell
        parts[b] = part
    }
}

extension Grid {
    /// The farthest that a position may be off. **Units**: metres.
    public static var accuracyMetresMax: Double { 50_000 }

    /// The cells that a position may lie in that is exact to `accuracy` metres only, with the shares
    /// of the circle around it that they have.
    ///
    /// The circle is asked at 64 points in a sunflower's pattern, each for as much of the ground.
    /// What is no position, and an accuracy that is no number or negative, gives no cell; a larger
    /// accuracy than 50 km counts as 50 km.
    ///
    /// **Cost**: 64 look-ups; one for an accuracy of 0.
    @_noAllocation @_noLocks
    public func locate(
        latitude: Double, longitude: Double, accuracy: Double, into shares: inout CellShares
    ) {
        shares.clear()
        if !(latitude >= -90 && latitude <= 90) { return }
        if !(longitude >= -180 && longitude <= 180) { return }
        if !(accuracy >= 0) { return }
        let reach = min(accuracy, 50_000)
        let ground = Ground(
            x: Int(FixedPoint.units(longitude)), y: Int(FixedPoint.units(latitude)))
        var seed = SunflowerSeed()
        while seed.number < 64 {
            let (east, north) = seed.place(within: reach, ground)
            shares.add(index.locate(ground.x + east, ground.y + north, frame: 0))
            seed.grow()
        }
        shares.sort()
    }
}

/// A place with the measure of the ground around it.
struct Ground: BitwiseCopyable {
    let x: Int
    let y: Int
    /// How many units of longitude are as long as one of latitude.
    let stretch: Double

    /// A degree of latitude, on a globe of 6,371 km.
    static var unitsPerMetre: Double { 1e7 / 111_195 }

    @_noAllocation @_noLocks
    init(x: Int, y: Int) {
        self.x = x
        self.y = y
        // Near a pole every circle is a cap; a tenth of a degree off it is as near as it gets.
        stretch = 1 / max(Ground.cosine(Double(y) / 1e7), 0.0017)
    }

    /// The cosine of an angle in degrees from -90 to 90, to a millionth: plain arithmetic gives the
    /// same bits on every machine, which the library's cosine does not.
    @_noAllocation @_noLocks
    static func cosine(_ degrees: Double) -> Double {
        let half = degrees * (0.017453292519943295 / 2)
        let square = half * half
        let sine =
            half * (1 - square / 6 * (1 - square / 20 * (1 - square / 42 * (1 - square / 72))))
        return 1 - 2 * sine * sine
    }
}

/// One of 64 points spread evenly over a circle: each is a golden angle further round than the one
/// before, and as far out as there is ground for it.
private struct SunflowerSeed {
    private(set) var number = 0
    /// How far out, of 1: the root of a half 64th.
    private var reach = 0.08838834764831845
    private var east = 1 << 30
    private var north = 0

    @_noAllocation @_noLocks
    init() {}

    @_noAllocation @_noLocks
    func place(within metres: Double, _ ground: Ground) -> (east: Int, north: Int) {
        let unit = reach * metres * Ground.unitsPerMetre / Double(1 << 30)
        return (Int(Double(east) * unit * ground.stretch), Int(Double(north) * unit))
    }

    /// Turns by 137.5 degrees, in whole numbers.
    @_noAllocation @_noLocks
    mutating func grow() {
        let (cosine, sine) = (-791_743_804, 725_302_181)
        let turned = (east * cosine - north * sine) >> 30
        north = (east * sine + north * cosine) >> 30
        east = turned
        number += 1
        // Newton's steps from one root to the next; the library's root is a call elsewhere.
        let square = (Double(number) + 0.5) / 64
        reach = (reach + square / reach) / 2
        reach = (reach + square / reach) / 2
        reach = (reach + square / reach) / 2
    }
}
