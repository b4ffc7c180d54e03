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
        case 1: return isCrossingSound(index, Int(number), limit)
        case 2:
            let step = min(2, shift)
            let count = 1 << (2 * step)
            guard step > 0, Int(number) == nextBin, count <= index.bins.capacity - nextBin else {
                return false
            }
            nextBin += count
            for bin in Int(number)..<Int(number) + count {
                guard isSound(index, index.bins[bin], shift - step, limit) else { return false }
            }
            return true
        default: return false
        }
    }

    private mutating func isCrossingSound(
        _ index: borrowing LocateIndex, _ place: Int, _ limit: UInt32
    ) -> Bool {
        let end = index.crossings.capacity
        guard place == nextCrossing, place + 2 <= end else { return false }
        let head = index.crossings[place]
        let width = head >> 31 == 1 ? 2 : 1
        let candidates = Int(head >> 16 & 0x1F)
        var at = place + 2 + candidates
        guard (1...LocateIndexBuilder.candidatesMax).contains(candidates), at <= end else {
            return false
        }
        for candidate in place + 2..<at where index.crossings[candidate] >= limit { return false }
        at += Int(head >> 21 & 0xFF) * width
        for _ in 0..<head & 0xFFFF {
            guard at < end else { return false }
            at += 1 + (1 + Int(index.crossings[at] & 0xFFFF)) * width
        }
        nextCrossing = at
        return at <= end
    }
}
