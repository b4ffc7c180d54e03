extension FunctionLibrary {
    /// The parts of timestamps and durations.
    static let timeFunctions: [Function] = [
        part("getFullYear", "year") { $0.year },
        part("getMonth", "month") { $0.month - 1 },
        part("getDate", "day_of_month_1_based") { $0.day },
        part("getDayOfMonth", "day_of_month") { $0.day - 1 },
        part("getDayOfWeek", "day_of_week") { $0.weekday },
        part("getDayOfYear", "day_of_year") { $0.dayOfYear },
        part("getHours", "hours", nanoseconds: 3_600_000_000_000) { $0.secondOfDay / 3600 },
        part("getMinutes", "minutes", nanoseconds: 60_000_000_000) {
            $0.secondOfDay / 60 % 60
        },
        part("getSeconds", "seconds", nanoseconds: 1_000_000_000) { $0.secondOfDay % 60 },
        milliseconds,
    ]

    /// A part of the date or clock, in UTC or in the zone named by an argument; `nanoseconds` is
    /// the part's length where durations have it too.
    private static func part(
        _ name: String, _ id: String, nanoseconds: Int64? = nil,
        _ read: @escaping @Sendable (CivilTime) -> Int64
    ) -> Function {
        var overloads = [
            Overload("timestamp_to_\(id)", [.timestamp], .int, isMember: true) {
                (arguments) throws(EvaluationError) in .int(read(try civilTime(arguments)))
            },
            Overload("timestamp_to_\(id)_with_tz", [.timestamp, .string], .int, isMember: true) {
                (arguments) throws(EvaluationError) in .int(read(try civilTime(arguments)))
            },
        ]
        if let nanoseconds { overloads.append(spanPart(id) { $0 / nanoseconds }) }
        return Function(name, all: overloads)
    }

    private static func spanPart(
        _ id: String, _ read: @escaping @Sendable (Int64) -> Int64
    ) -> Overload {
        Overload("duration_to_\(id)", [.duration], .int, isMember: true) {
            (arguments) throws(EvaluationError) in
            guard case .duration(let span) = arguments[0] else { throw noTime }
            return .int(read(span.nanoseconds))
        }
    }

    private static let milliseconds: Function = {
        let body: Overload.Body = { (arguments) throws(EvaluationError) in
            guard case .timestamp(let moment) = arguments[0] else { throw noTime }
            return .int(Int64(moment.nanoseconds / 1_000_000))
        }
        return Function(
            "getMilliseconds",
            Overload("timestamp_to_milliseconds", [.timestamp], .int, isMember: true, body: body),
            Overload(
                "timestamp_to_milliseconds_with_tz", [.timestamp, .string], .int, isMember: true,
                body: body),
            spanPart("milliseconds") { $0 / 1_000_000 % 1000 })
    }()

    private static let noTime = EvaluationError(.noSuchOverload, "no time")

    private static func civilTime(_ arguments: [Value]) throws(EvaluationError) -> CivilTime {
        guard case .timestamp(let moment) = arguments[0] else { throw noTime }
        guard arguments.count > 1 else { return CivilTime(secondsSince1970: moment.seconds) }
        guard case .string(let name) = arguments[1], let zone = TimeZone(name) else {
            throw EvaluationError(.invalidArgument, "no time zone \(arguments[1])")
        }
        return CivilTime(secondsSince1970: moment.seconds + zone.offset(at: moment.seconds))
    }
}
