import Domain

/// The sensors of a city when their number is given: which stand where, and what each measures.
///
/// More people, more sensors. Each speaks in its turn, so that all have spoken after as many
/// readings as there are sensors.
struct Fleet: Sendable {
    struct Sensor: Sendable {
        var device: Device
        /// What it measures: an index of everyday habits.
        var habit: Int
    }

    private let sensors: [Sensor]
    private var turn = 0

    /// Two of each family at every place, and half of those left out: looking for a free one then
    /// takes two tries on average.
    static func most(in town: Town) -> Int {
        town.places.count * Town.unitsPerPlace * EverydayReadings.familyCount / 2
    }

    /// - Parameter count: at most `most(in: town)`.
    init(of count: Int, in town: Town, seed: UInt64) {
        var dice = SeededGenerator(seed: seed, purpose: 4)
        let crowds = Crowds(town)
        var taken: Set<Device> = []
        var sensors: [Sensor] = []
        sensors.reserveCapacity(count)
        while sensors.count < count {
            let (habit, family) = EverydayReadings.anyHabit(&dice)
            // A tenth stand anywhere: a crowded place does not take more than its share.
            let place = dice.below(10) == 0 ? dice.below(town.places.count) : crowds.place(&dice)
            var device = Device(family: family, place: place)
            device.unit = dice.below(Town.unitsPerPlace)
            if taken.insert(device).inserted {
                sensors.append(Sensor(device: device, habit: habit))
            }
        }
        self.sensors = sensors
    }

    mutating func next() -> Sensor {
        defer { turn = turn + 1 == sensors.count ? 0 : turn + 1 }
        return sensors[turn]
    }
}

/// Draws places by how many people are there.
private struct Crowds {
    /// By place: the people there and at all places before.
    private var sums: [Int] = []

    init(_ town: Town) {
        var sum = 0
        for place in town.places {
            sum += max(1, place.population)
            sums.append(sum)
        }
    }

    func place(_ dice: inout SeededGenerator) -> Int {
        let person = dice.below(sums[sums.count - 1])
        var (low, high) = (0, sums.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] > person { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
