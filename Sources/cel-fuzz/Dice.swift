import Domain

/// Random numbers that are the same for the same seed on every machine.
struct Dice {
    private var generator: SplitMix64

    /// The dice of one input of a campaign.
    init(seed: UInt64, input: UInt64) {
        generator = SplitMix64(
            seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ input &* 0xD1B5_4A32_D192_ED03)
        _ = next()
    }

    mutating func next() -> UInt64 { generator.next() }

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
