/// What one repetition gave.
struct Measurement: Codable {
    var sent: Int
    /// Alerts of the load that an output answered.
    var answered: Int
    var p50Microseconds: Double
    var p99Microseconds: Double
    var p999Microseconds: Double
    var maxMicroseconds: Double
    /// From the first alert of the load to the answer to the first alert behind it.
    var seconds: Double
    var alertsPerSecond: Double
    var cpuMicrosecondsPerAlert: Double
    var residentMegabytes: Double
    /// From the start of the process to its first answer, up to 2 ms of knocking included.
    var startMilliseconds: Double

    init(
        _ samples: Samples, _ load: Load, seconds: Double, cpuMicroseconds: Double,
        residentMegabytes: Double, startMilliseconds: Double
    ) {
        let points = samples.microseconds(at: [0.5, 0.99, 0.999, 1])
        (p50Microseconds, p99Microseconds) = (points[0], points[1])
        (p999Microseconds, maxMicroseconds) = (points[2], points[3])
        sent = load.alerts
        answered = samples.count
        self.seconds = seconds
        alertsPerSecond = Double(load.alerts) / seconds
        cpuMicrosecondsPerAlert = cpuMicroseconds / Double(load.alerts)
        self.residentMegabytes = residentMegabytes
        self.startMilliseconds = startMilliseconds
    }

    /// The figures that are compared.
    static let figures: [Figure] = [
        Figure(name: "p50 µs", decimals: 0) { $0.p50Microseconds },
        Figure(name: "p99 µs", decimals: 0) { $0.p99Microseconds },
        Figure(name: "p99.9 µs", decimals: 0) { $0.p999Microseconds },
        Figure(name: "max µs", decimals: 0) { $0.maxMicroseconds },
        Figure(name: "alerts/s", decimals: 0) { $0.alertsPerSecond },
        Figure(name: "CPU µs/alert", decimals: 2) { $0.cpuMicrosecondsPerAlert },
        Figure(name: "RSS MB", decimals: 1) { $0.residentMegabytes },
        Figure(name: "start ms", decimals: 0) { $0.startMilliseconds },
    ]
}

/// One column of a comparison.
struct Figure: Sendable {
    var name: String
    var decimals: Int
    var value: @Sendable (Measurement) -> Double
}
