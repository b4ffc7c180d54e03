import CClock
import Foundation

/// The reference workload: 20,000 sensors in 14,000 cells, 8 kinds, some alerts anomalous and half
/// of those in 64 hot cells that rotate. The time of an alert is that of its sending.
///
/// The cells are squares of 0.005° on a grid of 140 × 100 from 31.0 N 121.0 E. The alerts are
/// written once, as templates that are used in turn, so that sending costs no formatting: only the
/// id and the time are set in place. The id is `b-` and the moment of sending, which is how an
/// output is paired with its cause.
struct ReferenceLoad {
    private var bytes: [UInt8] = []
    private var templates: [Template] = []
    private let kinds: [String]
    /// From the monotonic clock to nanoseconds since 1970.
    private let clockOffset: Int64
    private var state: UInt64 = 1
    private var sent = 0

    static let templateCount = 65_536
    private static let sensors = 20_000
    static let columns = 140
    static let cells = 14_000

    /// Where a template's parts lie in `bytes`.
    struct Template {
        var topic: Int
        var body: Int
        var end: Int
        var id: Int
        var time: Int
    }

    /// - Parameter kinds: dotted names that the subject's catalog knows, given to the sensors in
    ///   turn.
    /// - Parameter anomalyEvery: one alert in so many is anomalous.
    init(kinds: [String], anomalyEvery: Int) {
        self.kinds = kinds
        let now = Int64(Date().timeIntervalSince1970 * 1e9)
        clockOffset = now - monotonic_now()
        for number in 0..<Self.templateCount {
            let isAnomalous = random(below: anomalyEvery) == 0
            let isHot = isAnomalous && random(below: 2) == 0
            let sensor = isHot ? hotSensor(number) : random(below: Self.sensors)
            let value = isAnomalous ? 91 + random(below: 9) : 20 + random(below: 40)
            add(sensor: sensor, value: value, severity: isAnomalous ? "severe" : "minor")
        }
        add(sensor: 211, value: 99, severity: "extreme")
    }

    /// The next alert of the load, marked with `stamp`.
    mutating func next(stamp: Int64) -> Template {
        sent += 1
        return mark(sent % Self.templateCount, stamp)
    }

    /// An alert that every threshold rule answers.
    mutating func anomaly(stamp: Int64) -> Template {
        sent += 1
        return mark(Self.templateCount, stamp)
    }

    /// Runs `body` with topic and body of a template.
    func withFrames<Failure: Error>(
        of template: Template, _ body: (Span<UInt8>, Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        let all = bytes.span
        try body(
            all.extracting(template.topic..<template.body),
            all.extracting(template.body..<template.end))
    }

    private mutating func mark(_ index: Int, _ stamp: Int64) -> Template {
        let template = templates[index]
        write(stamp, digits: Self.stampDigits, at: template.id)
        let moment = clockOffset + stamp
        let (seconds, milliseconds) = (moment / 1_000_000_000, moment / 1_000_000 % 1000)
        // The date is the template's: a load does not run past midnight by more than its own
        // length.
        write(seconds / 3600 % 24, digits: 2, at: template.time + 11)
        write(seconds / 60 % 60, digits: 2, at: template.time + 14)
        write(seconds % 60, digits: 2, at: template.time + 17)
        write(milliseconds, digits: 3, at: template.time + 20)
        return template
    }

    private static let stampDigits = 19

    private mutating func write(_ number: Int64, digits: Int, at place: Int) {
        var rest = number
        for index in stride(from: place + digits - 1, through: place, by: -1) {
            bytes[index] = UInt8(48 + rest % 10)
            rest /= 10
        }
    }

    private mutating func add(sensor: Int, value: Int, severity: String) {
        let cell = sensor % Self.cells
        let latitude = Self.latitude(Double(cell / Self.columns) + 0.5)
        let longitude = Self.longitude(Double(cell % Self.columns) + 0.5)
        let source = "bench/c\(cell)/s\(sensor)"
        let topic = bytes.count
        bytes += Array("alert/v1/json/\(source)/".utf8)
        let body = bytes.count
        bytes += Array(#"{"specversion":"1.0","type":"tocsin.alert.v1","id":"b-"#.utf8)
        let id = bytes.count
        bytes += Array(repeating: 48, count: Self.stampDigits)
        bytes += Array(#"","source":"\#(source)","time":""#.utf8)
        let time = bytes.count
        bytes += Array(
            """
            \(date(clockOffset + monotonic_now()))T00:00:00.000Z","data":{"kind":"\(kinds[sensor % kinds.count])",\
            "severity":"\(severity)","confidence":0.92,\
            "position":{"lat":\(fixed(latitude)),"lon":\(fixed(longitude)),"accuracy_m":15},\
            "measures":[{"name":"value","value":\(value),"unit":"1"}]}}
            """.utf8)
        templates.append(
            Template(topic: topic, body: body, end: bytes.count, id: id, time: time))
    }

    /// A sensor of one of 64 cells that change every 8,192 alerts.
    private mutating func hotSensor(_ number: Int) -> Int {
        (random(below: 64) * 211 + number / 8192 * 977) % Self.cells
    }

    /// xorshift64*: the same alerts in every run.
    private mutating func random(below bound: Int) -> Int {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return Int((state &* 0x2545_F491_4F6C_DD1D) >> 33) % bound
    }
}

extension ReferenceLoad {
    /// **Units**: degrees; rows and columns are 0.005° wide.
    static func latitude(_ row: Double) -> Double { 31.0 + row * 0.005 }
    static func longitude(_ column: Double) -> Double { 121.0 + column * 0.005 }

    /// The code of the cell above all others.
    static let root = "BENCH"

    /// The cells as a GeoJSON FeatureCollection.
    static func geoJSON() -> String {
        let features = (0..<cells).map { cell in
            let (row, column) = (Double(cell / columns), Double(cell % columns))
            let corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)].map { east, north in
                "[\(fixed(longitude(column + east))),\(fixed(latitude(row + north)))]"
            }
            return """
                {"type":"Feature","properties":{"id":"c\(cell)","parent":"\(root)",\
                "level":"grid","name":"Cell \(cell)","population":1000},"geometry":\
                {"type":"Polygon","coordinates":[[\(corners.joined(separator: ","))]]}}
                """
        }
        return "{\"type\":\"FeatureCollection\",\"features\":[\n"
            + features.joined(separator: ",\n") + "\n]}\n"
    }
}

/// Four decimals.
private func fixed(_ degrees: Double) -> String {
    let tenThousandths = Int((degrees * 10_000).rounded())
    let fraction = String(tenThousandths % 10_000)
    let zeros = String(repeating: "0", count: 4 - fraction.count)
    return "\(tenThousandths / 10_000).\(zeros)\(fraction)"
}

/// `2026-05-25` in UTC. **Source**: Howard Hinnant's `civil_from_days`.
private func date(_ nanoseconds: Int64) -> String {
    let days = nanoseconds / 86_400_000_000_000 + 719_468
    let dayOfEra = days % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let year = yearOfEra + days / 146_097 * 400 + (month <= 2 ? 1 : 0)
    return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
}
