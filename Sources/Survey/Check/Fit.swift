import Cells

/// The children of a cell held against it.
struct Fit {
    let parent: Int
    /// Those with a sound shape.
    let children: [Int]
    let parentShape: Shape?
    /// The children's ground together.
    let together: Shape
    /// What of it lies outside of the parent; nil when the parent has no shape.
    let outside: Shape?
    /// Where children with broken shapes lie, and whether one lies nobody knows where.
    private let broken: [Box]
    private let isAnyLost: Bool
    /// Whether the children divide the parent; dedicated ones alone only lie in it.
    let isDivision: Bool

    /// nil when there is nothing to compare.
    init?(of parent: Int, in city: CityDraft) throws(ShapeFailure) {
        let own = city.cells[parent]
        guard own.fault == nil, own.shape != nil || own.draft.rings.isEmpty else { return nil }
        let (sound, unsound) = (
            own.children.filter { city.cells[$0].isSound },
            own.children.filter { !city.cells[$0].isSound }
        )
        guard let together = try Shape.union(sound.compactMap { city.cells[$0].shape }) else {
            return nil
        }
        self.parent = parent
        parentShape = own.shape
        children = sound
        self.together = together
        outside = if let shape = own.shape { try together.subtracting(shape) } else { nil }
        broken = unsound.compactMap { city.cells[$0].shape?.box }
        isAnyLost = unsound.count > broken.count
        isDivision = sound.contains { !city.cells[$0].isDedicated }
    }

    /// The parent's ground that no child has; where it has no shape, the holes among the children.
    func uncovered(in city: CityDraft) throws(ShapeFailure) -> Shape {
        if let parentShape { return try parentShape.subtracting(together) }
        let holes = together.polygons().flatMap { $0.dropFirst() }
        return try Shape(city.context, polygons: holes.map { [$0] })
    }

    /// Whether a piece may be the ground of a child whose shape is broken.
    func isNearBroken(_ piece: Shape) -> Bool {
        guard !isAnyLost else { return true }
        guard let box = piece.box else { return false }
        return broken.contains { $0.grown(by: 1).meets(box) }
    }
}
