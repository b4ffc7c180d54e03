/// Findings as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines.
public enum SARIF {
    public static func text(_ report: CheckReport, version: String) -> String {
        let run: [(String, OrderedJSON)] = [
            ("tool", .object([("driver", driver(report, version))])),
            ("columnKind", .text("unicodeCodePoints")),
            (
                "results",
                .list(
                    report.findings.map { result($0, isSilenced: false) }
                        + report.silenced.map { result($0, isSilenced: true) })
            ),
        ]
        let log: [(String, OrderedJSON)] = [
            (
                "$schema",
                .text(
                    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
                )
            ),
            ("version", .text("2.1.0")), ("runs", .list([.object(run)])),
        ]
        return OrderedJSON.object(log).written()
    }

    private static func driver(_ report: CheckReport, _ version: String) -> OrderedJSON {
        let codes = Set((report.findings + report.silenced).map(\.code.rawValue)).sorted()
        return .object([
            ("name", .text("tocsin check")), ("version", .text(version)),
            ("rules", .list(codes.map { .object([("id", .text($0))]) })),
        ])
    }

    private static func result(_ finding: Finding, isSilenced: Bool) -> OrderedJSON {
        let region: [(String, OrderedJSON)] = [
            ("startLine", .whole(Int64(finding.place.line))),
            ("startColumn", .whole(Int64(finding.place.column))),
            ("endColumn", .whole(Int64(finding.place.column + finding.width))),
            ("snippet", .object([("text", .text(finding.excerpt))])),
        ]
        let location = OrderedJSON.object([
            (
                "physicalLocation",
                .object([
                    ("artifactLocation", .object([("uri", .text(uri(finding.place.file)))])),
                    ("region", .object(region)),
                ])
            )
        ])
        let text = finding.hint.map { "\(finding.message)\nhint: \($0)" } ?? finding.message
        var members: [(String, OrderedJSON)] = [
            ("ruleId", .text(finding.code.rawValue)), ("level", .text(finding.level.rawValue)),
            ("message", .object([("text", .text(text))])), ("locations", .list([location])),
        ]
        if isSilenced {
            members.append(
                ("suppressions", .list([.object([("kind", .text("inSource"))])])))
        }
        return .object(members)
    }

    /// A path as a relative or absolute reference: what URIs can't hold is escaped.
    private static func uri(_ path: String) -> String {
        var result = ""
        for byte in path.utf8 {
            let scalar = Unicode.Scalar(byte)
            let isPlain =
                byte < 0x80
                && (scalar.properties.isAlphabetic || (byte >= 0x30 && byte <= 0x39)
                    || "/-_.~".unicodeScalars.contains(scalar))
            if isPlain {
                result.unicodeScalars.append(scalar)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return path.hasPrefix("/") ? "file://" + result : result
    }
}
