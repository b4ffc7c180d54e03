import Domain

extension LocateIndex {
    /// The first candidate that still holds a point when some have been toggled.
    @_noAllocation @_noLocks
    func winner(_ record: BinRecord, _ toggled: UInt32) -> UInt32 {
        let head = crossings[record.place]
        let holding = (head >> 16 ^ toggled) & (1 << (head & 0xF) - 1)
        if holding == 0 { return 0xFFFF_FFFF }
        let points = Int(head >> 8 & 0xFF) * record.width
        return crossings[record.firstPoint + points + holding.trailingZeroBitCount]
    }

    /// The candidates that are toggled on a way whose coordinates are those of narrow points.
    @_noAllocation @_noLocks
    func toggled(_ record: BinRecord, _ way: BinWay) -> UInt32 {
        precondition(record.firstPoint &+ 4 &* record.blocks < crossings.capacity)
        var toggled: UInt32 = 0
        var from = way.sight(unsafe crossings[unchecked: record.firstPoint])
        var at = record.firstPoint
        var block = record.place &+ 1
        while block < record.firstPoint {
            var links = unsafe crossings[unchecked: block]
            var lane = 0
            while lane < 4 {
                at &+= 1
                let to = way.sight(unsafe crossings[unchecked: at])
                let crossed = BinWay.crossed(from, to)
                toggled ^= crossed &<< (links & 15) ^ crossed &<< (links &>> 4 & 15)
                links &>>= 8
                from = to
                lane &+= 1
            }
            block &+= 1
        }
        return toggled
    }

    /// The same with wide points.
    @_noAllocation @_noLocks
    func toggledWide(_ record: BinRecord, _ way: BinWay) -> UInt32 {
        let links = Int(crossings[record.place] >> 8 & 0xFF) - 1
        var toggled: UInt32 = 0
        var from = way.sight(widePoint(record.firstPoint))
        var link = 0
        while link < links {
            let to = way.sight(widePoint(record.firstPoint + 2 * link + 2))
            let crossed = BinWay.crossed(from, to)
            let owners = self.owners(record, link)
            toggled ^= crossed << (owners & 15) ^ crossed << (owners >> 4)
            from = to
            link += 1
        }
        return toggled
    }

    @_noAllocation @_noLocks
    private func widePoint(_ place: Int) -> FixedPoint {
        FixedPoint(
            x: Int32(bitPattern: crossings[place]), y: Int32(bitPattern: crossings[place + 1]))
    }

    /// The two candidates that a link parts, four bits each.
    @_noAllocation @_noLocks
    func owners(_ record: BinRecord, _ link: Int) -> UInt32 {
        crossings[record.place + 1 + link >> 2] >> (UInt32(link & 3) * 8) & 0xFF
    }

    /// A point of a bin's borders, where it lies on the globe.
    @_noAllocation @_noLocks
    func point(_ record: BinRecord, _ number: Int, _ square: BinSquare) -> (x: Int, y: Int) {
        let place = record.firstPoint + number * record.width
        if record.isWide {
            let point = widePoint(place)
            return (Int(point.x), Int(point.y))
        }
        let word = crossings[place]
        let shift = (1 << square.shift) >> 1 - 32_768
        return (
            square.left + shift + Int(word & 0xFFFF), square.low + shift + Int(word >> 16)
        )
    }
}
