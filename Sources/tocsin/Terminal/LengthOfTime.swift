import ArgumentParser

/// A length of time on the command line: `500ms`, `10s`, `5m`, `2h`, `3d`.
struct LengthOfTime: ExpressibleByArgument, CustomStringConvertible {
    let duration: Duration

    init(seconds: Int) { duration = .seconds(seconds) }
    init(milliseconds: Int) { duration = .milliseconds(milliseconds) }

    init?(argument: String) {
        let units: [(suffix: String, milliseconds: Double)] = [
            ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
        ]
        for unit in units where argument.hasSuffix(unit.suffix) {
            let number = Double(argument.dropLast(unit.suffix.count))
            guard let number, (0...1e9).contains(number) else { continue }
            duration = .milliseconds(number * unit.milliseconds)
            return
        }
        return nil
    }

    var description: String { "\(oneDecimal(duration.seconds)) s" }
    var defaultValueDescription: String { "\(Int(duration.seconds))s" }
    var milliseconds: Int { Int(duration.seconds * 1000) }
}
