/// Random numbers that are the same for the same seed on every machine (SplitMix64).
struct Dice {
    private var state: UInt64

    /// The dice of one input of a campaign.
    init(seed: UInt64, input: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 &+ input &* 0xD1B5_4A32_D192_ED03
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// **Range** 0..<count
    mutating func below(_ count: Int) -> Int {
        Int(next() % UInt64(count))
    }

    /// True once in so many throws.
    mutating func oneIn(_ count: Int) -> Bool { below(count) == 0 }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }
}
