import CEL
import Cells
import Domain
import Scoring

/// The symbols of everything a condition can compare by name, known before the first alert.
struct WalkSymbols: ~Copyable, Sendable {
    private let kinds: Table<Slot>
    private let paths: Table<Slot>
    private let names: Table<Slot>
    private let uses: Table<Slot>
    private let dedicated: Table<Bool>
    private let levels: Table<Slot>
    private let states: Table<Slot>
    private let statuses: Table<Slot>
    private let urgencies: Table<Slot>
    private let modes: Table<Slot>
    /// By hierarchy that some rule reads, then by cell: the area's code, absent where it has none.
    private let areas: Table<Slot>
    private let cellCount: Int
    let areaCount: Int

    init(
        _ kinds: borrowing KindTable, _ grid: borrowing Grid, modes: borrowing TextList,
        areas: borrowing TextList, _ symbols: inout SymbolTable
    ) {
        var kindSlots: [Slot] = []
        for kind in 0..<kinds.count { kindSlots.append(symbols.slot(kinds.names.name(kind))) }
        var pathSlots: [Slot] = []
        var nameSlots: [Slot] = []
        var useSlots: [Slot] = []
        var dedicated: [Bool] = []
        for cell in 0..<grid.count {
            pathSlots.append(symbols.slot(WalkSymbols.path(grid.paths.name(cell))))
            nameSlots.append(symbols.slot(grid.name(of: CellID(cell))))
            let use = grid.use(of: CellID(cell))
            useSlots.append(symbols.slot(use))
            dedicated.append(!use.isEmpty)
        }
        self.kinds = Table(copying: kindSlots)
        paths = Table(copying: pathSlots)
        names = Table(copying: nameSlots)
        uses = Table(copying: useSlots)
        self.dedicated = Table(copying: dedicated)
        levels = Table(copying: grid.levelNames.map { symbols.slot($0) })
        states = Table(copying: AlertState.allCases.map { symbols.slot("\($0.word)") })
        statuses = Table(copying: AlertStatus.allCases.map { symbols.slot("\($0.word)") })
        urgencies = Table(copying: Urgency.allCases.map { symbols.slot("\($0.word)") })
        var modeSlots: [Slot] = []
        for mode in 0..<modes.count { modeSlots.append(symbols.slot(modes.text(mode))) }
        self.modes = Table(copying: modeSlots)
        var areaSlots: [Slot] = []
        for number in 0..<areas.count {
            areaSlots += WalkSymbols.areas(areas.text(number), grid, &symbols)
        }
        self.areas = Table(copying: areaSlots)
        (cellCount, areaCount) = (grid.count, areas.count)
    }

    /// By cell, the code of its area; absent everywhere where the city has no such hierarchy.
    private static func areas(
        _ hierarchy: String, _ grid: borrowing Grid, _ symbols: inout SymbolTable
    ) -> [Slot] {
        guard let number = grid.hierarchyNames.firstIndex(of: hierarchy) else {
            return Array(repeating: Slot(), count: grid.count)
        }
        var slots: [Slot] = []
        for cell in 0..<grid.count {
            let area = grid.area(of: CellID(cell), hierarchy: number)
            slots.append(area == .none ? Slot() : symbols.slot(grid.code(of: area)))
        }
        return slots
    }

    /// The grid as rules look around in it.
    func neighbourhood(
        _ grid: borrowing Grid, _ symbols: borrowing SymbolTable
    ) -> Neighbourhood {
        var neighbours: [[CellID]] = []
        var identities: [UInt64] = []
        for index in 0..<grid.count {
            let cell = CellID(index)
            var list: [CellID] = []
            for number in 0..<grid.neighbourCount(cell) {
                list.append(grid.neighbour(cell, number))
            }
            neighbours.append(list)
            identities.append(symbols.identity(of: path(cell)))
        }
        return Neighbourhood(neighbours, identities: identities)
    }

    /// In conditions a cell's path is written as integrators write it, without the last `/`.
    private static func path(_ path: String) -> String {
        path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    @_noAllocation @_noLocks func kind(_ kind: KindID) -> Slot { kinds[kind.int] }
    @_noAllocation @_noLocks func path(_ cell: CellID) -> Slot { paths[cell.int] }
    @_noAllocation @_noLocks func name(_ cell: CellID) -> Slot { names[cell.int] }
    @_noAllocation @_noLocks func mode(_ mode: Int) -> Slot { modes[mode] }
    @_noAllocation @_noLocks func use(_ cell: CellID) -> Slot { uses[cell.int] }
    @_noAllocation @_noLocks func isDedicated(_ cell: CellID) -> Bool { dedicated[cell.int] }
    @_noAllocation @_noLocks
    func area(_ hierarchy: Int, _ cell: CellID) -> Slot { areas[hierarchy * cellCount + cell.int] }
    @_noAllocation @_noLocks func level(_ level: Int) -> Slot { levels[level] }
    @_noAllocation @_noLocks
    func state(_ state: AlertState) -> Slot { states[Int(state.rawValue)] }
    @_noAllocation @_noLocks
    func status(_ status: AlertStatus) -> Slot { statuses[Int(status.rawValue)] }
    @_noAllocation @_noLocks
    func urgency(_ urgency: Urgency) -> Slot { urgencies[Int(urgency.rawValue)] }
}
