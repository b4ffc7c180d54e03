import Domain

/// Positions to cells: the ground cut into square bins, each with what is left to ask in it.
///
///     a bin's word      00 | number                no border runs through it: the cell, or none
///                       01 | place in `crossings`  a few borders run through it
///                       10 | first bin             too many: it is cut into 4 × 4 bins of its own
///
///     at that place     wide:1 0:2 events:8 candidates:5 chains:16
///                       which candidates hold the south-western corner, a bit each
///                       the candidates, those that win first
///                       events: candidates to toggle | at which height of the western side
///                       chains: candidates to toggle | edges, then their points
///
/// A point's candidates follow from the corner's by walking up the western side and then east to
/// the point: every border that is crossed toggles those whose border it is. So each border is
/// asked once for all the cells that it parts, and the cost does not grow with theirs.
///
/// Heights and points are 16 bits each, relative to the corner; in a wide bin 32, and absolute.
///
/// The test is exact: a point on a border belongs to the cell east of it, on a horizontal border to
/// the cell north of it. Where cells overlap, those earlier in the precedence win.
struct LocateIndex: ~Copyable, Sendable {
    /// The cells' own frame, then that of each hierarchy.
    let frames: Table<BinFrame>
    let bins: Table<UInt32>
    let crossings: Table<UInt32>

    /// The number of the cell or area that (x, y) belongs to in a frame, or 0xFFFF_FFFF.
    @_noAllocation @_noLocks
    func locate(_ x: Int, _ y: Int, frame number: Int) -> UInt32 {
        let frame = frames[number]
        let (column, row) = (frame.column(x), frame.row(y))
        if column < 0 || column >= frame.columns { return 0xFFFF_FFFF }
        if row < 0 || row >= frame.rows { return 0xFFFF_FFFF }
        let word = bins[frame.firstBin + row * frame.columns + column]
        return answer(word, x, y, x - frame.left(column), y - frame.low(row), frame.shift)
    }

    /// What a bin's word answers for the point (east, north) of its corner.
    @_noAllocation @_noLocks
    private func answer(
        _ word: UInt32, _ x: Int, _ y: Int, _ east: Int, _ north: Int, _ shift: Int
    ) -> UInt32 {
        var (word, east, north, shift) = (word, east, north, shift)
        while word >> 30 == 2 {
            let step = shift < 2 ? shift : 2
            shift -= step
            let place = (north >> shift) << step + (east >> shift)
            word = bins[Int(word & 0x3FFF_FFFF) + place]
            east &= (1 << shift) - 1
            north &= (1 << shift) - 1
        }
        let number = word & 0x3FFF_FFFF
        if word >> 30 == 0 { return number == 0x3FFF_FFFF ? 0xFFFF_FFFF : number }
        return crossing(Int(number), x, y, east, north)
    }

    @_noAllocation @_noLocks
    private func crossing(_ place: Int, _ x: Int, _ y: Int, _ east: Int, _ north: Int) -> UInt32 {
        let head = crossings[place]
        let candidates = Int(head >> 16 & 0x1F)
        let isWide = head >> 31 == 1
        var holding = crossings[place + 1]
        var at = place + 2 + candidates
        if isWide {
            toggleWide(&holding, head, &at, east, north, x - east, y - north)
        } else {
            toggle(&holding, head, &at, east, north)
        }
        holding &= (1 << UInt32(candidates)) - 1
        if holding == 0 { return 0xFFFF_FFFF }
        return crossings[place + 2 + holding.trailingZeroBitCount]
    }

    /// Walks from the corner to the point (east, north) of it.
    @_noAllocation @_noLocks
    private func toggle(
        _ holding: inout UInt32, _ head: UInt32, _ at: inout Int, _ east: Int, _ north: Int
    ) {
        let events = Int(head >> 21 & 0xFF)
        let afterEvents = at + events
        while at < afterEvents {
            let event = crossings[at]
            if north >= Int(event & 0xFFFF) { holding ^= event >> 16 }
            at += 1
        }
        var chains = Int(head & 0xFFFF)
        while chains > 0 {
            let chain = crossings[at]
            let end = at + 2 + Int(chain & 0xFFFF)
            var odd = false
            var from = LocateIndex.point(crossings[at + 1])
            at += 2
            while at < end {
                let to = LocateIndex.point(crossings[at])
                if LocateIndex.isCrossed(from, to, east, north) { odd.toggle() }
                from = to
                at += 1
            }
            if odd { holding ^= chain >> 16 }
            chains -= 1
        }
    }

    /// The same in a bin whose points do not fit in 16 bits; its corner is (left, low).
    @_noAllocation @_noLocks
    private func toggleWide(
        _ holding: inout UInt32, _ head: UInt32, _ at: inout Int, _ east: Int, _ north: Int,
        _ left: Int, _ low: Int
    ) {
        let afterEvents = at + Int(head >> 21 & 0xFF) * 2
        while at < afterEvents {
            if north >= Int(crossings[at + 1]) { holding ^= crossings[at] >> 16 }
            at += 2
        }
        var chains = Int(head & 0xFFFF)
        while chains > 0 {
            let chain = crossings[at]
            let end = at + 3 + Int(chain & 0xFFFF) * 2
            var odd = false
            var from = widePoint(at + 1, left, low)
            at += 3
            while at < end {
                let to = widePoint(at, left, low)
                if LocateIndex.isCrossed(from, to, east, north) { odd.toggle() }
                from = to
                at += 2
            }
            if odd { holding ^= chain >> 16 }
            chains -= 1
        }
    }

    @_noAllocation @_noLocks
    static func point(_ word: UInt32) -> (x: Int, y: Int) {
        (
            Int(Int16(truncatingIfNeeded: word)),
            Int(Int16(truncatingIfNeeded: word >> 16))
        )
    }

    @_noAllocation @_noLocks
    func widePoint(_ place: Int, _ left: Int, _ low: Int) -> (x: Int, y: Int) {
        (
            Int(Int32(bitPattern: crossings[place])) - left,
            Int(Int32(bitPattern: crossings[place + 1])) - low
        )
    }

    /// Whether the edge is crossed on the way from (0, north) to (east, north), a hair to the
    /// north-east of both: its southern end belongs to it, its northern end does not, and a point
    /// on it lies already east of it.
    @_noAllocation @_noLocks
    static func isCrossed(
        _ a: (x: Int, y: Int), _ b: (x: Int, y: Int), _ east: Int, _ north: Int
    ) -> Bool {
        let isUp = a.y <= north
        if isUp == (b.y <= north) { return false }
        // What a broken image says may overflow; a sound one does not.
        let rise = b.y &- a.y
        let reach = (north &- a.y) &* (b.x &- a.x)
        let fromPoint = (east &- a.x) &* rise
        let fromSide = (0 &- a.x) &* rise
        return isUp
            ? fromPoint >= reach && fromSide < reach : fromPoint <= reach && fromSide > reach
    }
}
