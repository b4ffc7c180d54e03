extension Metropolis {
    /// The city as an SVG picture: borders by level, the river, dedicated cells in the colours of
    /// their use; micro-grids only where they are few enough to be told apart.
    public func writePicture<Failure: Error>(
        to sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        let picture = CityPicture(self)
        try sink(Array(picture.ground(self).utf8))
        for level in picture.levels { try sink(Array(picture.streets(self, level).utf8)) }
        try sink(Array(picture.premises(self).utf8))
    }
}

/// The layers of a city's picture.
private struct CityPicture {
    /// **Units**: pixels.
    private static let side = 1600.0
    private static let margin = 40.0
    private static let widths = [2.4, 3.6, 2.2, 1.3, 0.9, 0.6]
    private static let inks = ["#3f6d8c", "#2b2d31", "#494c52", "#75787f", "#9a9da4", "#b9bbc1"]
    private static let tints = [
        "#f3ead7", "#e7eedd", "#efe0dc", "#e1e8ee", "#f1efd2", "#e9e2ef", "#dfeee9", "#f3e3cd",
    ]
    private static let colours = [
        "public-building": "#b5443a", "school": "#e0912f", "hospital": "#d6336c",
        "market": "#9a6b1f", "station": "#3b5bdb", "mall": "#ae5fc0", "campus": "#4f9d4f",
        "waterworks": "#1c8fa8", "substation": "#f2c200", "datacenter": "#5f3dc4",
    ]

    private let scale: Double
    /// The finest first, so that main streets lie on top.
    let levels: [Int]

    init(_ city: Metropolis) {
        let (low, high) = Outline(city.border).box
        let reach = [low.x, low.y, high.x, high.y].map { Double($0.magnitude) }.max() ?? 1
        scale = (CityPicture.side / 2 - CityPicture.margin) / max(reach, 1)
        levels = (0...(city.plan.microGrids > 20_000 ? 4 : 5)).reversed()
    }

    /// The river below, the districts on it, each in a tint of its own.
    func ground(_ city: Metropolis) -> String {
        let side = Int(CityPicture.side)
        var text = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(side) \(side)" \
            width="\(side)" height="\(side)" stroke-linejoin="round" stroke-linecap="round">
            <rect width="100%" height="100%" fill="#fbfaf7"/>
            <path fill="#a9cfe6" d="\(path(city.border))Z"/>

            """
        for area in city.areas where area.level == 1 {
            let tint = CityPicture.tints[Int(area.number) % CityPicture.tints.count]
            let ring = city.net.points(city.net.refined(area.rings[0]))
            text += "<path fill=\"\(tint)\" d=\"\(path(ring))Z\"/>\n"
        }
        return text
    }

    /// All borders that cells of one level were first to have.
    func streets(_ city: Metropolis, _ level: Int) -> String {
        let ink = CityPicture.inks[level]
        // A thousand districts' worth of lines would be one blot.
        let thin = level <= 2 ? 1 : min(1, 60 / Double(city.plan.microGrids).squareRoot())
        let width = decimal(CityPicture.widths[level] * max(thin, 0.2))
        var text = "<g fill=\"none\" stroke=\"\(ink)\" stroke-width=\"\(width)\">\n"
        for street in city.streets where street.level == level {
            text += "<path d=\"\(path(street.points))\"/>\n"
        }
        return text + "</g>\n"
    }

    func premises(_ city: Metropolis) -> String {
        var text = ""
        for place in city.premises {
            let colour = CityPicture.colours[place.use.word] ?? "#888888"
            text += "<path fill=\"\(colour)\" d=\"\(path(place.ring))Z\"/>\n"
        }
        var row = 30.0
        for use in PremisesUse.all {
            let colour = CityPicture.colours[use.word] ?? "#888888"
            text += "<rect x=\"24\" y=\"\(decimal(row - 12))\" width=\"14\" height=\"14\" "
            text += "fill=\"\(colour)\"/><text x=\"46\" y=\"\(decimal(row))\" "
            text += "font-family=\"sans-serif\" font-size=\"15\">\(use.word)</text>\n"
            row += 22
        }
        return text + "</svg>\n"
    }

    private func path(_ points: [PlanePoint]) -> String {
        var text = ""
        for point in points {
            text += text.isEmpty ? "M" : "L"
            text += decimal(CityPicture.side / 2 + Double(point.x) * scale) + " "
            text += decimal(CityPicture.side / 2 - Double(point.y) * scale)
        }
        return text
    }

    /// Two decimals.
    private func decimal(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100)." + (rest < 10 ? "0" : "") + "\(rest)"
    }
}
