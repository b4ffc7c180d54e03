import Domain

/// Positions to cells: the ground cut into square bins, each with what is left to ask in it.
///
///     a bin's word      00 | number                no border runs through it: the cell, or none
///                       01 | blocks:4 place:26     a few borders run through it
///                       11 | blocks:4 place:26     the same, with wide points
///                       10 | first bin             too many: it is cut into four
///
///     at that place     holding:16 points:8 candidates:8
///                       blocks: four links, a byte each
///                       points: the borders, drawn in one go
///                       candidates: the cells that can hold its points, those that win first
///
/// Of its south-western corner a bin says which candidates hold it: a bit each in `holding`. Those
/// of another point follow by walking there straight: every border on the way toggles the two
/// candidates that it parts. So each border is asked once for both, and the way stays in the bin.
///
/// The link between a point and the next names the candidates that the border between them parts,
/// four bits each; 15 is nobody, and twice nobody is where the pen is lifted. A last block's bytes
/// are filled up with it, so that a look-up may ask about four links at a time, also about points
/// that are none: how often is said by the bin's word, and nothing that the processor has to wait
/// for decides where it goes on.
///
/// Points are 16 bits a coordinate, counted from 32,768 west and south of the bin's middle; wide
/// ones 32, and absolute.
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
        let (fromLeft, fromLow) = (x &- frame.minX, y &- frame.minY)
        let (column, row) = (fromLeft &>> frame.shift, fromLow &>> frame.shift)
        if column < 0 || column >= frame.columns { return 0xFFFF_FFFF }
        if row < 0 || row >= frame.rows { return 0xFFFF_FFFF }
        var word = bins[frame.firstBin &+ row &* frame.columns &+ column]
        var shift = frame.shift
        while word &>> 30 == 2 {
            shift &-= 1
            let part = (fromLow &>> shift & 1) &<< 1 | (fromLeft &>> shift & 1)
            word = bins[Int(word & 0x3FFF_FFFF) + part]
        }
        if word &>> 30 == 0 { return word == 0x3FFF_FFFF ? 0xFFFF_FFFF : word }
        let inBin = (1 &<< shift) &- 1
        let record = BinRecord(word)
        let (east, north) = (fromLeft & inBin, fromLow & inBin)
        if record.isWide {
            let way = BinWay(to: x, y, east: east, north: north)
            return winner(record, toggledWide(record, way))
        }
        // The middle of a bin is where its narrow points are counted from.
        let bias = 32_768 &- (1 &<< shift) &>> 1
        let way = BinWay(to: east &+ bias, north &+ bias, east: east, north: north)
        return winner(record, toggled(record, way))
    }
}
