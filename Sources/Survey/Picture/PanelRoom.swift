/// Which parts of a panel are taken by words and pins, so that none lies over another.
///
/// **Units**: pixels; `south` and `north` are the upper and lower edges.
struct PanelRoom {
    private let panel: Box
    private var taken: [Box]

    /// All of a panel but for its scale bar.
    init(_ panel: MapPanel) {
        self.panel = Box(
            west: panel.x, south: panel.y, east: panel.x + panel.width,
            north: panel.y + panel.height)
        let bottom = self.panel.north
        taken = [
            Box(
                west: panel.x, south: bottom - 26, east: panel.x + panel.width / 4 + 60,
                north: bottom)
        ]
    }

    /// Takes a rectangle around a point; false, and nothing taken, when there is no room.
    mutating func take(_ at: (x: Double, y: Double), width: Double, height: Double) -> Bool {
        let box = Box(
            west: at.x - width / 2, south: at.y - height / 2, east: at.x + width / 2,
            north: at.y + height / 2)
        let isInside =
            panel.west <= box.west && box.east <= panel.east && panel.south <= box.south
            && box.north <= panel.north
        guard isInside, !taken.contains(where: { $0.meets(box) }) else { return false }
        taken.append(box)
        return true
    }

    /// Takes room for a pin near a point: above it, else around it, ever farther; above it in any
    /// case when there is none.
    mutating func pin(near at: (x: Double, y: Double)) -> (x: Double, y: Double) {
        for distance in [14.0, 26, 40, 56] {
            for (x, y) in PanelRoom.directions {
                let place = (x: at.x + x * distance, y: at.y + y * distance)
                if take(place, width: 19, height: 19) { return place }
            }
        }
        return (at.x, at.y - 14)
    }

    private static let directions: [(Double, Double)] = [
        (0, -1), (0.7, -0.7), (-0.7, -0.7), (1, 0), (-1, 0), (0.7, 0.7), (-0.7, 0.7), (0, 1),
    ]
}
