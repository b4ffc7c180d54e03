/// The course that a street shall take: a line over the whole map, of which it takes the piece
/// inside an area.
struct Course {
    let points: [PlanePoint]

    init(_ points: [PlaneVector]) { self.points = points.map(PlanePoint.init) }

    /// A straight line through a place.
    init(through place: PlaneVector, along direction: PlaneVector, reach: Double) {
        self.init([place - direction * reach, place + direction * reach])
    }

    /// The pieces inside an area, the longest first.
    func sections(in outline: Outline) -> [Section] {
        var crossings: [Crossing] = []
        for leg in 0..<(points.count - 1) {
            for edge in outline.points.indices {
                if let crossing = crossing(leg, outline, edge) { crossings.append(crossing) }
            }
        }
        crossings.sort { ($0.at, $0.edge) < ($1.at, $1.edge) }
        let first = outline.contains(points[0]) ? 1 : 0
        var sections: [Section] = []
        for index in stride(from: first, to: crossings.count - 1, by: 2) {
            sections.append(Section(crossings[index], crossings[index + 1], of: self))
        }
        return sections.sorted { $0.length > $1.length }
    }

    private func crossing(_ leg: Int, _ outline: Outline, _ edge: Int) -> Crossing? {
        let (p, q) = (points[leg], points[leg + 1])
        let (a, b) = (outline.points[edge], outline.points[outline.next(edge)])
        guard (p.side(to: q, of: a) >= 0) != (p.side(to: q, of: b) >= 0) else { return nil }
        let (before, after) = (a.side(to: b, of: p), a.side(to: b, of: q))
        guard (before >= 0) != (after >= 0) else { return nil }
        let share = Double(before) / Double(before - after)
        return Crossing(
            at: Double(leg) + share, edge: edge, place: p.vector + (q.vector - p.vector) * share)
    }

    /// Where a course crosses a border.
    struct Crossing {
        /// The number of the leg, and the share of it that lies before.
        var at: Double
        var edge: Int
        var place: PlaneVector

        /// A corner of the ring when one is near, so that streets meet at crossings.
        func corner(_ outline: Outline, snap: Double) -> Cut.Corner {
            let (a, b) = (outline.points[edge].vector, outline.points[outline.next(edge)].vector)
            let (toStart, toEnd) = ((place - a).length, (place - b).length)
            if min(toStart, toEnd) > snap { return .edge(edge, PlanePoint(place)) }
            return .node(toStart <= toEnd ? edge : outline.next(edge))
        }
    }

    /// A piece of a course between two crossings.
    struct Section {
        let from: Crossing
        let to: Crossing
        let between: [PlaneVector]
        let length: Double

        init(_ from: Crossing, _ to: Crossing, of course: Course) {
            (self.from, self.to) = (from, to)
            let legs = Int(from.at) + 1..<max(Int(from.at) + 1, Int(to.at) + 1)
            between = course.points[legs].map(\.vector)
            let way = [from.place] + between + [to.place]
            length = zip(way, way.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0).length }
        }

        /// The points between the ends, none within `margin` of them, with bends large and small
        /// down to stretches of some length.
        func bent(
            stretch: Double, margin: Double, lean: Double, _ dice: inout SeededGenerator
        ) -> [PlanePoint] {
            let kept = between.filter {
                ($0 - from.place).length > margin && ($0 - to.place).length > margin
            }
            let bends = Bends(stretch: max(stretch, margin * 2), lean: lean)
            var points: [PlanePoint] = []
            var last = from.place
            for next in kept + [to.place] {
                bends.add(from: last, to: next, &points, &dice)
                points.append(PlanePoint(next))
                last = next
            }
            points.removeLast()
            return points
        }
    }
}

/// How a street bends: its middle leans to one side, and so do both halves.
private struct Bends {
    /// **Units**: as `PlanePoint`; what is shorter stays straight.
    let stretch: Double
    /// Of the length, at most.
    let lean: Double

    func add(
        from start: PlaneVector, to end: PlaneVector, _ points: inout [PlanePoint],
        _ dice: inout SeededGenerator
    ) {
        let way = end - start
        guard way.length > stretch else { return }
        let middle =
            start + way * dice.between(0.4, 0.6) + way.left * dice.between(-lean, lean)
        add(from: start, to: middle, &points, &dice)
        points.append(PlanePoint(middle))
        add(from: middle, to: end, &points, &dice)
    }
}
