import Cells

extension CityCheck {
    /// What kept features from being read, as findings.
    mutating func findReadingProblems() {
        let codes = Dictionary(
            city.cells.map { ($0.draft.origin, $0.code) }, uniquingKeysWith: { first, _ in first })
        let swappedFiles = swappedFiles()
        for (file, count) in swappedFiles.sorted(by: { $0.key < $1.key }) {
            findings.append(
                CellFinding(
                    .swapped, [],
                    "latitude and longitude are exchanged in all \(count) cells of \(file)"))
        }
        for problem in city.problems where !isOf(swappedFiles, problem) {
            let origin = problem.feature.map { DraftOrigin(file: problem.file, feature: $0) }
            let code = origin.flatMap { codes[$0] }
            var finding = CellFinding(
                CityCheck.code(of: problem.fault), code.map { [$0] } ?? [],
                problem.fault.description)
            finding.origin = origin
            if origin == nil { finding.words = "\(problem.file): \(problem.fault)" }
            if case .outOfRange(let longitude, let latitude, swapped: true) = problem.fault {
                finding.words = "its latitude and longitude are exchanged"
                finding.place = Place(latitude: longitude, longitude: latitude)
            }
            findings.append(finding)
        }
    }

    /// Files all of whose cells are off the globe, and on it once put right; how many cells.
    private func swappedFiles() -> [String: Int] {
        var swapped: [String: Int] = [:]
        for problem in city.problems {
            if case .outOfRange(_, _, swapped: true) = problem.fault {
                swapped[problem.file, default: 0] += 1
            }
        }
        guard !swapped.isEmpty else { return [:] }
        var all: [String: Int] = [:]
        for cell in city.cells { all[cell.draft.origin.file, default: 0] += 1 }
        return swapped.filter { $0.value > 1 && $0.value == all[$0.key] }
    }

    private func isOf(_ swappedFiles: [String: Int], _ problem: GridProblem) -> Bool {
        if case .outOfRange(_, _, swapped: true) = problem.fault {
            return swappedFiles[problem.file] != nil
        }
        return false
    }

    private static func code(of fault: GridFault) -> FindingCode {
        switch fault {
        case .unreadable, .tooLarge, .notJSON, .notFeatureCollection, .noCells, .crowded,
            .badHierarchyName, .duplicateHierarchy, .tooManyHierarchies, .emptyHierarchy:
            .unreadable
        case .missingID, .badCode: .badCode
        case .duplicateCode: .duplicate
        case .missingParent, .unknownParent: .orphan
        case .cyclicParent: .circle
        case .unknownLevel, .levelOrder: .level
        case .badProperty: .badProperty
        case .pathTooLong: .pathTooLong
        case .unknownNeighbour, .neighbourLevel: .neighbour
        case .outOfRange(_, _, let swapped): swapped ? .swapped : .badShape
        case .missingGeometry, .wrongGeometry, .ringTooShort, .ringNotClosed, .badCoordinates:
            .badShape
        }
    }
}
