import Cells
import Domain

/// The cells of a grid by the names that people use: codes, and paths with or without the last `/`.
struct CellNames: Sendable {
    private var numbers: [String: CellID] = [:]
    /// By number, as conditions see them: without the last `/`.
    private var paths: [String] = []
    private var codes: [String] = []

    init(_ grid: borrowing Grid) {
        for number in 0..<grid.count {
            let path = grid.path(of: CellID(number))
            codes.append(grid.code(of: CellID(number)))
            paths.append(path.hasSuffix("/") ? String(path.dropLast()) : path)
            numbers[path] = CellID(number)
            numbers[paths[number]] = CellID(number)
            numbers[grid.code(of: CellID(number))] = CellID(number)
        }
    }

    func find(_ name: String) -> CellID? { numbers[name] }

    func path(_ cell: CellID) -> String { paths[cell.int] }

    /// Everything the cell is called by.
    func names(_ cell: CellID) -> Set<String> {
        guard paths.indices.contains(cell.int) else { return [] }
        return [codes[cell.int], paths[cell.int], paths[cell.int] + "/"]
    }

    /// The path of a cell that is named; anything else as it is.
    func path(_ name: String) -> String { numbers[name].map { paths[$0.int] } ?? name }
}
