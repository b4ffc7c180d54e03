import Domain

/// Whether a mapped index leads nowhere but to numbers that are there.
///
/// Bins and crossings stand in the order in which a walk through the frames comes to them, so that
/// one walk sees each once, however they are damaged.
struct LocateIndexCheck {
    private var nextBin = 0
    private var nextCrossing = 0

    /// Walks through a frame, whose numbers must be below `limit`; frames come in their order.
    mutating func isSound(_ index: borrowing LocateIndex, frame number: Int, limit: UInt32) -> Bool
    {
        let frame = index.frames[number]
        guard isPlaced(frame), frame.firstBin == nextBin,
            frame.columns <= index.bins.capacity, frame.rows <= index.bins.capacity,
            frame.binCount <= index.bins.capacity - nextBin
        else { return false }
        nextBin += frame.binCount
        for bin in frame.firstBin..<frame.firstBin + frame.binCount {
            guard isSound(index, index.bins[bin], frame.shift, limit) else { return false }
        }
        return true
    }

    private func isPlaced(_ frame: BinFrame) -> Bool {
        Int32(exactly: frame.minX) != nil && Int32(exactly: frame.minY) != nil
            && (0...32).contains(frame.shift) && frame.columns >= 0 && frame.rows >= 0
    }

    private mutating func isSound(
        _ index: borrowing LocateIndex, _ word: UInt32, _ shift: Int, _ limit: UInt32
    ) -> Bool {
        let number = word & 0x3FFF_FFFF
        switch word >> 30 {
        case 0: return number == 0x3FFF_FFFF || number < limit
        case 1, 3: return isRecordSound(index, BinRecord(word), limit)
        case 2:
            guard shift > 0, Int(number) == nextBin, 4 <= index.bins.capacity - nextBin else {
                return false
            }
            nextBin += 4
            for bin in Int(number)..<Int(number) + 4 {
                guard isSound(index, index.bins[bin], shift - 1, limit) else { return false }
            }
            return true
        default: return false
        }
    }

    private mutating func isRecordSound(
        _ index: borrowing LocateIndex, _ record: BinRecord, _ limit: UInt32
    ) -> Bool {
        let end = index.crossings.capacity
        guard record.place == nextCrossing, record.blocks > 0,
            record.firstPoint + 4 * record.blocks < end
        else { return false }
        let head = index.crossings[record.place]
        let (points, candidates) = (Int(head >> 8 & 0xFF), Int(head & 0xFF))
        guard (2...4 * record.blocks + 1).contains(points),
            (1...BinRecord.candidatesMax).contains(candidates)
        else { return false }
        let firstCandidate = record.firstPoint + points * record.width
        nextCrossing = firstCandidate + candidates
        guard nextCrossing <= end else { return false }
        for place in firstCandidate..<nextCrossing where index.crossings[place] >= limit {
            return false
        }
        return true
    }
}
