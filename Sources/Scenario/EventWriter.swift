import Domain

/// Reports to messages: CloudEvents 1.0 in JSON, as the wire protocol has them.
struct EventWriter: Sendable {
    let start: Timestamp
    /// Begins every id, so that another run does not repeat this one's.
    private let run: String

    init(start: Timestamp) {
        self.start = start
        run = "r" + String(start.nanoseconds / 1_000_000, radix: 36)
    }

    /// **Units**: `offset` from the start; the alert's time is that moment.
    func alert(
        _ offset: Interval, _ source: String, _ sequence: UInt64, _ report: Report,
        at place: Town.Place
    ) -> ScenarioEvent {
        var data = ["\"kind\":\"\(report.kind)\"", "\"severity\":\"\(report.severity.word)\""]
        if report.state != .pulse { data.append("\"state\":\"\(report.state.word)\"") }
        if let confidence = report.confidence {
            data.append("\"confidence\":\(EventWriter.decimal(confidence))")
        }
        data.append(EventWriter.place(report.device, place))
        if let reading = report.reading { data.append(EventWriter.measures(reading)) }
        let body =
            attributes("tocsin.alert.v1", "\(run)-\(sequence)", source, offset, sequence)
            + ",\"data\":{" + data.joined(separator: ",") + "}}"
        return ScenarioEvent(
            offset: offset, content: .alert, source: source, sequence: sequence,
            topic: Array("alert/v1/json/\(source)/".utf8), body: Array(body.utf8))
    }

    func heartbeat(_ offset: Interval, _ source: String, _ sequence: UInt64) -> ScenarioEvent {
        let id = "\(run)-beat-\(String(offset.nanoseconds / 1_000_000, radix: 36))"
        let body = attributes("tocsin.heartbeat.v1", id, source, offset, sequence) + "}"
        return ScenarioEvent(
            offset: offset, content: .heartbeat, source: source, sequence: sequence,
            topic: Array("heartbeat/v1/json/\(source)/".utf8), body: Array(body.utf8))
    }

    /// Opens the event; whoever calls closes it.
    private func attributes(
        _ type: String, _ id: String, _ source: String, _ offset: Interval, _ sequence: UInt64
    ) -> String {
        "{\"specversion\":\"1.0\",\"type\":\"\(type)\",\"id\":\"\(id)\",\"source\":\"\(source)\","
            + "\"time\":\"\(TimeText.rfc3339(start + offset))\",\"sequence\":\"\(sequence)\""
    }

    private static func measures(_ reading: Report.Reading) -> String {
        "\"measures\":[{\"name\":\"\(reading.name)\",\"value\":\(decimal(reading.value)),"
            + "\"unit\":\"\(reading.unit)\"}]"
    }

    private static func place(_ device: Device, _ place: Town.Place) -> String {
        if device.isCityWide { return "\"cell\":\"\(place.cell.dropLast())\"" }
        let spot = place.spots[device.unit]
        return "\"position\":{\"lat\":\(degrees(spot.latitude)),\"lon\":\(degrees(spot.longitude)),"
            + "\"accuracy_m\":5}"
    }

    /// At most three decimals, never an exponent.
    private static func decimal(_ value: Double) -> String {
        "\((value * 1000).rounded() / 1000)"
    }

    /// Seven decimals: an exponent would come only within a metre of 0.
    private static func degrees(_ degrees: Double) -> String {
        CityPlan.degrees(Int32((degrees * 1e7).rounded()))
    }
}
