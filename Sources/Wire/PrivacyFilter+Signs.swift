// What a text must hold at least to be looked at closer, counted eight bytes at a time: first few
// things of every text, then, where those don't settle it, each mark by itself.

extension PrivacyFilter {
    /// The first look: most names end here.
    struct Glance {
        var digits = 0
        /// No `@`, `:` or `+`, nothing but ASCII, and fewer than three dots and dashes together.
        var isPlain = true

        @inline(__always)
        static func of(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Glance {
            var at = start
            var (special, wide, digits, marks) = (UInt64(0), UInt64(0), UInt64(0), UInt64(0))
            while at < end {
                let word = Word.load(bytes, at, min(8, end &- at))
                let low = word & Lanes.low
                wide |= word
                special |= Lanes.equal(low, 0x40) | Lanes.equal(low, 0x3A) | Lanes.equal(low, 0x2B)
                digits &+= Lanes.within(low, 0x30, 0x39) &>> 7
                marks &+= Lanes.within(low, 0x2D, 0x2E) &>> 7
                at &+= 8
            }
            let isPlain = (special | wide) & ~Lanes.low == 0 && Lanes.sum(marks) < 3
            return Glance(digits: Lanes.sum(digits), isPlain: isPlain)
        }
    }

    /// The second look: how many there are of each.
    struct Signs {
        var dots = 0
        var colons = 0
        var dashes = 0
        var hasAt = false
        var hasPlus = false
        var isWide = false

        @inline(__always)
        static func of(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Signs {
            var signs = Signs()
            var at = start
            while at < end {
                let byte = unsafe bytes[unchecked: at]
                switch byte {
                case ASCII.dot: signs.dots &+= 1
                case ASCII.colon: signs.colons &+= 1
                case ASCII.dash: signs.dashes &+= 1
                case ASCII.plus: signs.hasPlus = true
                case 0x40: signs.hasAt = true
                default: if byte >= 0x80 { signs.isWide = true }
                }
                at &+= 1
            }
            return signs
        }
    }

    /// Eight 7-bit lanes of a word; the top bit of each is the answer for that lane, and none
    /// carries into the next.
    private enum Lanes {
        @inline(__always) static var low: UInt64 { 0x7F7F_7F7F_7F7F_7F7F }
        @inline(__always) private static var ones: UInt64 { 0x0101_0101_0101_0101 }

        @inline(__always)
        static func equal(_ lanes: UInt64, _ byte: UInt64) -> UInt64 {
            ~((lanes ^ (ones &* byte)) &+ low)
        }

        @inline(__always)
        static func within(_ lanes: UInt64, _ first: UInt64, _ last: UInt64) -> UInt64 {
            let reached = lanes &+ ones &* (0x80 &- first)
            let passed = lanes &+ ones &* (0x7F &- last)
            return reached & ~passed & ~low
        }

        /// The sum of eight lanes; none is over 64, for no text has more than 512 bytes.
        @inline(__always)
        static func sum(_ lanes: UInt64) -> Int {
            let even: UInt64 = 0x00FF_00FF_00FF_00FF
            let pairs = (lanes & even) &+ (lanes &>> 8 & even)
            return Int((pairs &* 0x0001_0001_0001_0001) &>> 48)
        }
    }
}
