import Domain

/// A family of sources; the word stands in their names.
enum DeviceFamily: String, Sendable {
    case gas, smoke, temperature, water, tilt, power, camera, noise, glass, road, hotline, patrol
    case counter, perimeter, airspace, login, network, service, cabinet
}

/// A source at a place.
struct Device: Sendable, Hashable {
    var family: DeviceFamily
    var place: Int
    /// **Range**: 0 to `Town.unitsPerPlace - 1`.
    var unit = 0

    /// `sim/gas/g-0131`; hotline and patrols report from many places under one name.
    var source: String {
        let word = family.rawValue
        let number = isCityWide ? unit + 1 : place * Town.unitsPerPlace + unit + 1
        let digits = String(number)
        let zeros = String(repeating: "0", count: max(0, 4 - digits.count))
        return "sim/\(word)/\(word.prefix(1))-\(zeros)\(digits)"
    }

    /// Whether it tells the cell instead of its own position.
    var isCityWide: Bool { family == .hotline || family == .patrol }
}

/// What a device says, before it has a time, an id and a sequence.
struct Report: Sendable {
    struct Reading: Sendable {
        var name: String
        /// **Units**: as `unit` says; written with at most three decimals.
        var value: Double
        var unit: String
    }

    var device: Device
    var kind: String
    var severity: Severity
    var state = AlertState.pulse
    var confidence: Double?
    var reading: Reading?
}
