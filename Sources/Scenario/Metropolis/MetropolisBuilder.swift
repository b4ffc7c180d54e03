/// Cuts the ground of a metropolis into its cells.
struct MetropolisBuilder {
    private var city: Metropolis
    private let ground: Ground
    private var dice: SeededGenerator
    private let perCell: [Double]

    init(_ plan: MetropolisPlan) {
        dice = SeededGenerator(seed: plan.seed, purpose: 10)
        ground = Ground(microGrids: plan.microGrids, &dice)
        perCell = plan.microGridsPerCell
        let border = ground.border()
        city = Metropolis(plan: plan, net: StreetNet(), areas: [], border: border)
    }

    /// A part of the city, with how many micro-grids it is to have.
    private struct Part {
        var steps: [StreetNet.Step]
        var microGrids: Int
    }

    consuming func built(_ progress: (Int) -> Void) -> Metropolis {
        let banks = banks()
        let people = banks.map { mass($0) }
        let all = city.plan.microGrids
        let left = min(all - 1, max(1, Int(Double(all) * people[0] / (people[0] + people[1]))))
        city.areas.append(Metropolis.Area(parent: -1, level: 0, number: 1, rings: banks))
        var parts: [Part] = []
        let districts = max(2, Int((Double(all) / perCell[1]).rounded()))
        let onLeft = min(
            districts - 1, max(1, Int((Double(districts * left) / Double(all)).rounded())))
        parts += slice(Part(steps: banks[0], microGrids: left), into: onLeft, level: 1)
        parts += slice(
            Part(steps: banks[1], microGrids: all - left), into: districts - onLeft, level: 1)
        settle(parts, under: 0, level: 1, progress)
        return city
    }

    /// The ground left and right of the river.
    private mutating func banks() -> [[StreetNet.Step]] {
        var nodes = city.border.map { city.net.addNode($0) }
        nodes.append(nodes[0])
        let whole = city.net.addStreet(nodes)
        guard let left = lay(ground.bank(1), through: whole, level: 0),
            let right = lay(ground.bank(-1), through: left.right, level: 0)
        else { preconditionFailure("a river crosses the city") }
        city.river = right.left
        return [left.left, right.right]
    }

    private mutating func lay(
        _ course: Course, through steps: [StreetNet.Step], level: Int
    ) -> (left: [StreetNet.Step], right: [StreetNet.Step])? {
        let steps = city.net.refined(steps)
        let outline = Outline(city.net.points(steps))
        guard let section = course.sections(in: outline).first,
            let cut = Cut(
                outline, from: section.from.corner(outline, snap: 100),
                to: section.to.corner(outline, snap: 100),
                between: section.between.map(PlanePoint.init))
        else { return nil }
        return lay(cut, through: steps, level: level)
    }

    private mutating func lay(
        _ cut: Cut, through steps: [StreetNet.Step], level: Int
    ) -> (left: [StreetNet.Step], right: [StreetNet.Step]) {
        let parts = city.net.lay(cut, through: steps)
        let street = parts.left.suffix(cut.between.count + 1)
        var points = city.net.points(Array(street))
        if let last = street.last { points.append(city.net.nodes[Int(city.net.end(last))]) }
        city.streets.append(Metropolis.Street(level: level, points: points))
        return parts
    }

    /// Enters cells, and divides each on.
    private mutating func settle(
        _ parts: [Part], under parent: Int, level: Int, _ progress: (Int) -> Void
    ) {
        for (index, part) in parts.enumerated() {
            let number = city.areas.count
            city.areas.append(
                Metropolis.Area(
                    parent: Int32(parent), level: UInt8(level), number: UInt16(index + 1),
                    rings: [part.steps]))
            guard level < MetropolisPlan.microLevel else { continue }
            let count = Int((Double(part.microGrids) / perCell[level + 1]).rounded())
            let parts = slice(
                part, into: min(part.microGrids, max(1, count)), level: level + 1)
            settle(parts, under: number, level: level + 1, progress)
        }
        if level == MetropolisPlan.microLevel { progress(city.areas.count) }
    }

    /// Cuts a part into some of a level, about as many people in each.
    private mutating func slice(_ part: Part, into count: Int, level: Int) -> [Part] {
        guard count > 1 else { return [part] }
        let steps = city.net.refined(part.steps)
        let first = count < 4 ? count / 2 : Int(Double(count) * dice.between(0.4, 0.6))
        let share = Double(first) / Double(count)
        let planner = StreetPlanner(
            Outline(city.net.points(steps)), ground, level: level, share: share)
        // A shape that no street divides stays whole; none has been seen.
        guard let cut = planner.cut(&dice) else { return [part] }
        let (left, right) = lay(cut, through: steps, level: level)
        // Whichever comes nearer to the share that the first was to have.
        let people = weigh(left, right, cut, level)
        let isLeftFirst = abs(people - share) <= abs(1 - people - share)
        let (one, other) = isLeftFirst ? (left, right) : (right, left)
        let second = count - first
        var microGrids = first
        if level < MetropolisPlan.microLevel {
            let wish = Double(part.microGrids) * (isLeftFirst ? people : 1 - people)
            microGrids = min(part.microGrids - second, max(first, Int(wish.rounded())))
        }
        return slice(Part(steps: one, microGrids: microGrids), into: first, level: level)
            + slice(
                Part(steps: other, microGrids: part.microGrids - microGrids), into: second,
                level: level)
    }

    /// The share of the people who live left of a street.
    private func weigh(
        _ left: [StreetNet.Step], _ right: [StreetNet.Step], _ cut: Cut, _ level: Int
    ) -> Double {
        guard StreetPlanner.isUneven(level) else {
            return cut.areas.left / (cut.areas.left + cut.areas.right)
        }
        let (mine, theirs) = (mass(left), mass(right))
        return mine / (mine + theirs)
    }

    /// People, as the density has it.
    private func mass(_ steps: [StreetNet.Step]) -> Double {
        let outline = Outline(city.net.points(city.net.refined(steps)))
        let samples = outline.samples(rows: 24)
        guard !samples.isEmpty else { return 1 }
        let sum = samples.reduce(0) { $0 + ground.density($1) }
        return outline.area * sum / Double(samples.count)
    }
}
