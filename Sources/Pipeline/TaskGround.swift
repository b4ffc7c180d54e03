import Cells
import Domain
import Tasking

/// What the grid says of where tasks go: the names of its levels, which level answers for a
/// severity at least, and in which cells the same event is worse.
struct TaskGround: ~Copyable, Sendable {
    /// By level, from the root down.
    let names: TextList
    /// By severity: the level that answers at least; -1 is any.
    private let answering: Table<Int32>
    /// By cell.
    private let exposed: Table<UInt8>

    init(_ tasks: borrowing TaskTable, _ grid: borrowing Grid) {
        let policy = tasks.policy
        names = TextList(grid.levelNames)
        answering = Table(copying: TaskGround.answering(policy, grid.levelNames))
        exposed = Table(copying: TaskGround.exposed(policy.exposure, grid))
    }

    private static func exposed(_ plan: ExposurePlan?, _ grid: borrowing Grid) -> [UInt8] {
        var cells = [UInt8](repeating: 0, count: max(1, grid.count))
        guard let plan else { return cells }
        for cell in 0..<grid.count {
            let isExposed = plan.holds(
                population: grid.population(of: CellID(cell)),
                vulnerability: grid.vulnerability(of: CellID(cell)))
            if isExposed { cells[cell] = 1 }
        }
        return cells
    }

    private static func answering(_ policy: TaskPolicy, _ levels: [String]) -> [Int32] {
        policy.answering.indices.map { severity in
            let level = policy.answering[severity].flatMap { levels.firstIndex(of: $0) }
            return Int32(level ?? -1)
        }
    }

    @_noAllocation @_noLocks
    func isExposed(_ cell: CellID) -> Bool { exposed[Int(cell.index)] != 0 }

    @_noAllocation @_noLocks
    func level(answeringFor severity: Severity) -> Int { Int(answering[Int(severity.rawValue)]) }
}
