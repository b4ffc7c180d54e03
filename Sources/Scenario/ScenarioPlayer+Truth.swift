import Domain

extension ScenarioPlayer {
    /// The truth list as a JSON array, an incident a line.
    public func truthJSON() -> String {
        let lines = truth.map { incident in
            "{\"incident\":\"\(incident.id)\",\"kind\":\"\(incident.kind.rawValue)\","
                + "\"category\":\"\(incident.category.word)\",\"cell\":\"\(incident.cell)\","
                + "\"start\":\"\(TimeText.rfc3339(incident.start))\","
                + "\"end\":\"\(TimeText.rfc3339(incident.end))\"}"
        }
        return "[\n" + lines.joined(separator: ",\n") + "\n]\n"
    }
}
