import ArgumentParser
import Domain

/// One alert, described by flags.
struct AlertForm: ParsableArguments {
    @Option(help: "What was sensed, such as gas.concentration.")
    var kind: String?
    @Option(help: "Who sensed it: lower case, segments between slashes.")
    var source: String?
    @Option(help: "unknown, minor, moderate, severe or extreme.")
    var severity: String?
    @Option(
        help: "The cell it was sensed in, such as NYC/3/311; a registered source may leave it out.")
    var cell: String?
    @Option(help: "Latitude in WGS84 degrees.")
    var lat: Double?
    @Option(help: "Longitude in WGS84 degrees.")
    var lon: Double?
    @Option(help: "Radius in metres within which the place is true.")
    var accuracy: Double?
    @Option(
        name: .customLong("value"), help: "A measure: name=number, then its UCUM unit: methane=34%."
    )
    var values: [MeasureText] = []
    @Option(name: .customLong("attr"), help: "A fact of your own: phase=start, floors=4, wet=true.")
    var attributes: [AttributeText] = []
    @Option(help: "raise, update, clear or pulse (default: pulse).")
    var state: String?
    @Option(help: "How sure the source is, 0 to 1.")
    var confidence: Double?
    @Option(help: "How many it counts.")
    var count: Int?
    @Option(help: "When it happened, as 2026-05-25T13:42:11Z (default: now).")
    var time: String?
    @Option(help: "The alert's id (default: a new one).")
    var id: String?
    @Flag(help: "Mark it as part of a drill, or as a test that never reaches dispatch.")
    var status: DrillStatus?

    enum DrillStatus: String, EnumerableFlag {
        case exercise, test
    }

    /// Whether any flag of the form was given.
    var isEmpty: Bool { kind == nil && source == nil && severity == nil }

    func validate() throws {
        if isEmpty { return }
        guard kind != nil, source != nil, severity != nil else {
            throw ValidationError("an alert has at least --kind, --source and --severity")
        }
        guard (lat == nil) == (lon == nil) else {
            throw ValidationError("--lat and --lon go together")
        }
    }

    /// The alert in the flat form that `AlertComposer` takes.
    var line: [UInt8] {
        let texts = [
            ("id", id), ("source", source), ("time", time), ("kind", kind), ("severity", severity),
            ("state", state), ("status", status?.rawValue), ("cell", cell),
        ]
        let numbers = [
            ("confidence", confidence), ("lat", lat), ("lon", lon), ("accuracy_m", accuracy),
            ("count", count.map(Double.init)),
        ]
        var members = texts.compactMap { name, text in text.map { "\"\(name)\":\(jsonText($0))" } }
        members += numbers.compactMap { name, number in
            number.map { "\"\(name)\":\(jsonNumber($0))" }
        }
        if !values.isEmpty {
            members.append("\"measures\":[\(values.map(\.json).joined(separator: ","))]")
        }
        if !attributes.isEmpty {
            members.append("\"attrs\":{\(attributes.map(\.json).joined(separator: ","))}")
        }
        return Array("{\(members.joined(separator: ","))}".utf8)
    }
}

/// `phase=start`: an attribute's name and value, which is a number or true or false where it looks
/// like one, else a string.
struct AttributeText: ExpressibleByArgument {
    let name: String
    let value: String

    init?(argument: String) {
        guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
            return nil
        }
        name = String(argument[..<equals])
        value = String(argument[argument.index(after: equals)...])
    }

    var json: String { "\(jsonText(name)):\(jsonValue)" }

    private var jsonValue: String {
        if value == "true" || value == "false" { return value }
        guard value.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?/) != nil,
            let number = Double(value), number.isFinite
        else { return jsonText(value) }
        return jsonNumber(number)
    }
}

/// `methane=34%`: a measure's name, value and unit.
struct MeasureText: ExpressibleByArgument {
    let name: String
    let value: Double
    let unit: String

    init?(argument: String) {
        guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
            return nil
        }
        let rest = argument[argument.index(after: equals)...]
        // An e begins an exponent only before a digit or a sign: 3e2, but 3eV.
        let digits = rest.prefix { $0.isNumber || $0 == "." || $0 == "-" || $0 == "+" }
        let exponent = rest.dropFirst(digits.count).prefixMatch(of: /[eE][-+]?[0-9]+/)?.output ?? ""
        guard let value = Double(digits + exponent), value.isFinite else { return nil }
        name = String(argument[..<equals])
        self.value = value
        unit = String(rest.dropFirst(digits.count + exponent.count))
    }

    var json: String {
        let unitText = unit.isEmpty ? "" : ",\"unit\":\(jsonText(unit))"
        return "{\"name\":\(jsonText(name)),\"value\":\(jsonNumber(value))\(unitText)}"
    }
}

/// A JSON string (RFC 8259).
func jsonText(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"", "\\": json += "\\\(scalar)"
        case "\u{0}"..."\u{1F}":
            let digits = String(scalar.value, radix: 16)
            json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: json.unicodeScalars.append(scalar)
        }
    }
    return json + "\""
}

/// A finite number, whole ones without a point.
func jsonNumber(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? String(number)
}
