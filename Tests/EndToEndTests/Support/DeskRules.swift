import Foundation

/// Rules under which one alert is one task: smoke of the first priority, noise of the third. An
/// alert whose value is 0 ends it.
enum DeskRules {
    /// Writes them into `directory` and gives the settings that name them.
    static func settings(in directory: TemporaryDirectory) throws -> String {
        try directory.write(catalog, to: "catalog.yaml")
        try directory.write(
            "kind: rules\nversion: 1\nrules:\n"
                + rule("smoke", "public-safety", "fire", "P1")
                + rule("noise.level", "public-order", "noise", "P3"),
            to: "desks.rules.yaml")
        return """
            rules: {catalog: \(directory.path)/catalog.yaml, packs: [\(directory.path)], \
            watch: off}

            """
    }

    private static let catalog = """
        kind: catalog
        version: 1
        kinds:
          smoke: {cap: Fire, categories: [public-safety], unit: "1"}
          noise.level: {cap: Env, categories: [public-order], unit: dB}
        categories: [political-security, public-order, social-conflict, public-safety, cyber-security]
        warnings:
          blue:   {raise: 20, clear: 15, cap_severity: Minor}
          yellow: {raise: 40, clear: 33, cap_severity: Moderate}
          orange: {raise: 60, clear: 52, cap_severity: Severe}
          red:    {raise: 80, clear: 72, cap_severity: Extreme}
        certainty: {observed: 0.90, likely: 0.50, possible: 0.05}
        responsibilities:
          fire: {department: fire-brigade, level: street}
          noise: {department: police, level: street}
        priority: [{is: P2}]

        """

    private static func rule(
        _ kind: String, _ category: String, _ task: String, _ priority: String
    ) -> String {
        """
        - id: \(task).seen
          title: \(task)
          status: active
          revision: 1
          match: {kind: \(kind)}
          by: [alert.cell]
          windows: {now: {fn: last, over: 1h, of: alert.value, empty: 0.0}}
          raise: {when: w.now >= 50.0}
          clear: {when: w.now < 10.0}
          score: {\(category): {points: '90.0', confidence: '0.9', half_life: 1h}}
          task: {kind: \(task), title: '\(task) in ${cell.name}', priority: \(priority), close_on: clear}

        """
    }

    /// An alert at one of many places, with a value.
    static func alert(_ kind: String, place: Int = 0, value: Int = 60) -> TestAlert {
        let latitude = 31.2 + Double(place / 10) * 0.002
        let longitude = 121.5 + Double(place % 10) * 0.002
        var alert = TestAlert(
            data: """
                "position":{"lat":\(latitude),"lon":\(longitude)},\
                "measures":[{"name":"v","value":\(value)}]
                """, kind: kind)
        alert.source = "test/site/device-\(place)"
        return alert
    }
}
