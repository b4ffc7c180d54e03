import Domain

/// What a city and its course are drawn by: the same numbers from the same seed, everywhere.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var generator: SplitMix64

    public init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    /// A generator for one purpose of a seed: what one purpose draws does not shift another's
    /// numbers.
    public init(seed: UInt64, purpose: UInt64) {
        var mixer = SplitMix64(seed: seed ^ purpose &* 0xD6E8_FEB8_6659_FD93)
        generator = SplitMix64(seed: mixer.next())
    }

    public mutating func next() -> UInt64 { generator.next() }

    /// A whole number below `bound`, which is at least 1.
    public mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// A number from 0 up to, not including, 1.
    public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    public mutating func between(_ low: Double, _ high: Double) -> Double {
        low + (high - low) * unit()
    }

    /// The elements in another order (Fisher and Yates).
    public mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var elements = elements
        for index in elements.indices.dropFirst() { elements.swapAt(index, below(index + 1)) }
        return elements
    }
}
