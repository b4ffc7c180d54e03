import Domain

/// What the word of a bin with borders says.
struct BinRecord: BitwiseCopyable {
    let isWide: Bool
    /// How many words of links there are.
    let blocks: Int
    let place: Int
    let firstPoint: Int
    /// How many words a point takes.
    let width: Int

    /// A larger bin has no room around it for narrow points.
    static var narrowShiftMax: Int { 15 }
    static var linksMax: Int { 60 }
    static var candidatesMax: Int { 15 }
    static var placeLimit: Int { 1 << 26 }

    @inline(__always) @_noAllocation @_noLocks
    init(_ word: UInt32) {
        isWide = word &>> 30 == 3
        blocks = Int(word &>> 26 & 0xF)
        place = Int(word & 0x03FF_FFFF)
        firstPoint = place &+ 1 &+ blocks
        width = isWide ? 2 : 1
    }
}
