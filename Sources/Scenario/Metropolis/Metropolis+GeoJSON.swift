import Cells

extension Metropolis {
    /// The city as a GeoJSON FeatureCollection (RFC 7946), a feature a line, in pieces of about a
    /// megabyte; `GridLoader` loads it with the plan's root and its own level names.
    ///
    /// A community's premises come before its grids: where leaves of one level overlap, the first
    /// wins.
    public func writeGeoJSON<Failure: Error>(
        to sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        var text = FeatureText(self)
        var codes = MetropolisCodes(self)
        var place = 0
        text.begin()
        for (index, area) in areas.enumerated() {
            codes.enter(area)
            text.add(area, codes, in: net, isFirst: index == 0)
            while place < premises.count, premises[place].community == Int32(index) {
                text.add(premises[place], codes)
                place += 1
            }
            if text.bytes.count > 1 << 20 {
                try sink(text.bytes)
                text.bytes.removeAll(keepingCapacity: true)
            }
        }
        text.end()
        try sink(text.bytes)
    }
}

/// Features of a metropolis as text.
private struct FeatureText {
    var bytes: [UInt8] = []
    private let sphere: PlaneOnSphere

    init(_ city: Metropolis) { sphere = PlaneOnSphere(city.plan) }

    mutating func begin() { add("{\"type\":\"FeatureCollection\",\"features\":[\n") }

    mutating func end() { add("\n]}\n") }

    mutating func add(
        _ area: Metropolis.Area, _ codes: MetropolisCodes, in net: StreetNet, isFirst: Bool
    ) {
        let level = Int(area.level)
        if !isFirst { add(",\n") }
        open(codes.codes[level], level == 0 ? "" : codes.codes[level - 1], level)
        add("\"name\":\"\(codes.names[level])\",\"population\":\(area.population)")
        if level == MetropolisPlan.microLevel { add(area.vulnerability, area.access) }
        add("},\"geometry\":{\"type\":\"")
        add(
            area.rings.count == 1
                ? "Polygon\",\"coordinates\":" : "MultiPolygon\",\"coordinates\":[")
        for (index, ring) in area.rings.enumerated() {
            if index > 0 { add(",") }
            add(net.points(net.refined(ring)))
        }
        add(area.rings.count == 1 ? "}}" : "]}}")
    }

    mutating func add(_ place: Premises, _ codes: MetropolisCodes) {
        add(",\n")
        open(codes.code(place), codes.codes[3], MetropolisPlan.microLevel)
        add("\"name\":\"\(codes.name(place))\",\"population\":\(place.population)")
        add(",\"use\":\"\(place.use.word)\"")
        add(place.vulnerability, place.access)
        add("},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":")
        add(place.ring)
        add("}}")
    }

    private mutating func open(_ code: String, _ parent: String, _ level: Int) {
        add("{\"type\":\"Feature\",\"properties\":{\"id\":\"\(code)\",")
        if !parent.isEmpty { add("\"parent\":\"\(parent)\",") }
        add("\"level\":\(level),")
    }

    private mutating func add(_ vulnerability: UInt8, _ access: UInt8) {
        add(",\"vulnerability\":\(FeatureText.hundredths(vulnerability))")
        add(",\"access\":\(FeatureText.hundredths(access))")
    }

    /// `0.07`, `1`
    private static func hundredths(_ value: UInt8) -> String {
        value >= 100 ? "1" : "0." + (value < 10 ? "0" : "") + String(value)
    }

    /// A polygon of one ring, closed.
    private mutating func add(_ ring: [PlanePoint]) {
        add("[[")
        for point in ring {
            add(sphere.point(point))
            add(",")
        }
        add(sphere.point(ring[0]))
        add("]]")
    }

    private mutating func add(_ point: FixedPoint) {
        bytes.append(UInt8(ascii: "["))
        addDegrees(point.x)
        bytes.append(UInt8(ascii: ","))
        addDegrees(point.y)
        bytes.append(UInt8(ascii: "]"))
    }

    /// Seven decimals at most, exactly the units.
    private mutating func addDegrees(_ units: Int32) {
        if units < 0 { bytes.append(UInt8(ascii: "-")) }
        add("\(units.magnitude / 10_000_000)")
        bytes.append(UInt8(ascii: "."))
        var rest = units.magnitude % 10_000_000
        var power: UInt32 = 1_000_000
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest / power))
            rest %= power
            power /= 10
        } while rest > 0
    }

    private mutating func add(_ text: String) { bytes.append(contentsOf: text.utf8) }
}

/// The flat map laid on the globe.
struct PlaneOnSphere {
    private let x: Double
    private let y: Int32
    private let eastPerUnit: Double

    init(_ plan: MetropolisPlan) {
        x = (plan.longitude * FixedPoint.unitsPerDegree).rounded()
        y = Int32((plan.latitude * FixedPoint.unitsPerDegree).rounded())
        eastPerUnit = 1 / max(PlaneVector(turn: plan.latitude / 360).x, 0.01)
    }

    func point(_ point: PlanePoint) -> FixedPoint {
        FixedPoint(
            x: Int32((x + Double(point.x) * eastPerUnit).rounded()), y: y + point.y)
    }
}
