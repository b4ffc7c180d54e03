/// Durations of one repetition, kept whole: percentiles are exact.
struct Samples {
    private var nanoseconds: [Int64] = []

    init(capacity: Int) { nanoseconds.reserveCapacity(capacity) }

    var count: Int { nanoseconds.count }

    mutating func add(_ duration: Int64) { nanoseconds.append(duration) }

    /// Microseconds at each of `shares` (0 to 1), nearest rank; 0 where there is no sample.
    func microseconds(at shares: [Double]) -> [Double] {
        let sorted = nanoseconds.sorted()
        return shares.map { share in
            guard !sorted.isEmpty else { return 0 }
            let rank = Int((share * Double(sorted.count)).rounded(.up)) - 1
            return Double(sorted[min(max(rank, 0), sorted.count - 1)]) / 1000
        }
    }
}

/// The middle value; the mean of the two middle ones. **Range**: not empty.
func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
