import Domain

/// The city on a quiet day: ordinary readings from all over, none of them worth a task.
struct EverydayReadings: Sendable {
    private struct Habit: Sendable {
        var family: DeviceFamily
        var kind: String
        var reading: String
        var range: ClosedRange<Double>
        var unit: String
        /// How often it speaks compared with the others.
        var weight: Int
    }

    /// The ranges are the normal ones of the shipped catalog, short of their upper ends.
    private static let habits = [
        Habit(
            family: .temperature, kind: "temperature", reading: "air", range: 16...27, unit: "Cel",
            weight: 16),
        Habit(
            family: .gas, kind: "gas.concentration", reading: "methane", range: 0...3, unit: "%",
            weight: 16),
        Habit(
            family: .smoke, kind: "smoke", reading: "obscuration", range: 0...0.06, unit: "1",
            weight: 12),
        Habit(
            family: .noise, kind: "noise.level", reading: "level", range: 42...68, unit: "dB",
            weight: 14),
        Habit(
            family: .camera, kind: "crowd.density", reading: "density", range: 0...1.6, unit: "/m2",
            weight: 14),
        Habit(
            family: .camera, kind: "crowd.flow", reading: "counterflow", range: 0...0.18, unit: "1",
            weight: 6),
        Habit(
            family: .water, kind: "water.level", reading: "depth", range: 0...2, unit: "cm",
            weight: 6),
        Habit(
            family: .tilt, kind: "structure.tilt", reading: "tilt", range: 0...0.15, unit: "deg",
            weight: 4),
        Habit(
            family: .road, kind: "road.obstruction", reading: "queue", range: 0...40, unit: "m",
            weight: 4),
        Habit(
            family: .login, kind: "auth.failures", reading: "failures", range: 0...8, unit: "/min",
            weight: 4),
        Habit(
            family: .service, kind: "service.outage", reading: "unavailable", range: 0...0.8,
            unit: "%", weight: 2),
        Habit(
            family: .counter, kind: "service.refusal", reading: "queue", range: 0...14, unit: "1",
            weight: 2),
    ]
    private static let wheel = habits.indices.flatMap {
        Array(repeating: $0, count: habits[$0].weight)
    }

    /// A cell hears of itself at most three times in ten minutes: five would be a wave of
    /// complaints.
    private static let complaintPauseSeconds = 200.0

    private let placeCount: Int
    /// nil: any place may have any sensor.
    private var fleet: Fleet?
    private let secondsBetween: Double
    private var dice: SeededGenerator
    /// **Units**: seconds from the start.
    private(set) var next: Double
    private var nextComplaint: Double
    private var complaints = 0

    /// - Parameters:
    ///   - rate: readings a second; 0 for silence.
    ///   - sensors: how many there are; nil where it does not matter.
    init(_ town: Town, rate: Double, seed: UInt64, sensors: Int?) {
        placeCount = town.places.count
        fleet = sensors.map { Fleet(of: $0, in: town, seed: seed) }
        secondsBetween = 1 / rate
        dice = SeededGenerator(seed: seed, purpose: 3)
        next = rate > 0 ? secondsBetween * dice.unit() : .infinity
        nextComplaint = EverydayReadings.complaintPauseSeconds * dice.unit()
    }

    /// The reading due now; devices that are busy in an incident don't speak of an ordinary day.
    mutating func take(unless isBusy: (Device) -> Bool) -> Report {
        defer { next += secondsBetween * dice.between(0.5, 1.5) }
        if next >= nextComplaint { return complaint() }
        let sensor = sensor(unless: isBusy)
        let habit = EverydayReadings.habits[sensor.habit]
        let value = dice.between(habit.range.lowerBound, habit.range.upperBound)
        return Report(
            device: sensor.device, kind: habit.kind, severity: .minor,
            reading: Report.Reading(name: habit.reading, value: value, unit: habit.unit))
    }

    /// Who speaks now; after some tries even one that is busy.
    private mutating func sensor(unless isBusy: (Device) -> Bool) -> Fleet.Sensor {
        if var sensor = fleet?.next() {
            var tries = 0
            while isBusy(sensor.device), tries < 16, let next = fleet?.next() {
                sensor = next
                tries += 1
            }
            return sensor
        }
        let (habit, family) = EverydayReadings.anyHabit(&dice)
        var device = Device(family: family, place: dice.below(placeCount))
        device.unit = dice.below(Town.unitsPerPlace)
        var tries = 0
        while isBusy(device), tries < 16 {
            device.place = dice.below(placeCount)
            tries += 1
        }
        return Fleet.Sensor(device: device, habit: habit)
    }

    static func anyHabit(
        _ dice: inout SeededGenerator
    ) -> (habit: Int, family: DeviceFamily) {
        let habit = wheel[dice.below(wheel.count)]
        return (habit, habits[habit].family)
    }

    static let familyCount = Set(habits.map(\.family)).count

    /// Round and round the city, so that no place hears too many.
    private mutating func complaint() -> Report {
        nextComplaint =
            next
            + max(
                10, EverydayReadings.complaintPauseSeconds / Double(placeCount) * dice.between(1, 3)
            )
        complaints += 1
        let place = complaints * 7919 % placeCount
        return Report(
            device: Device(family: .hotline, place: place), kind: "hotline.complaint",
            severity: .minor)
    }
}
