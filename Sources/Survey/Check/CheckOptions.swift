/// What a city is held to.
package struct CheckOptions: Sendable {
    /// Ground that no circle this wide fits into is a sliver. **Units**: metres.
    ///
    /// Half the width of a street: what is wider is a strip that somebody walks on.
    package var sliverMetres = 10.0
    /// By level. **Units**: square metres.
    package var areas: [Int: ClosedRange<Double>] = [:]
    /// By level. **Units**: people.
    package var populations: [Int: ClosedRange<Double>] = [:]

    package init() {}

    /// Ground narrower than this on average is what rounding leaves: a coordinate of five decimals
    /// is right to 0.6 m, of six to 6 cm. **Units**: metres.
    static let roundingMetres = 0.05
    /// What of a cell must lie outside of its parent for the whole cell to be misplaced.
    static let outsideShare = 0.5
}

/// How far a check has come, for those who wait.
package struct CheckProgress: Sendable {
    package var step: String
    package var done: Int
    package var count: Int
}
