import RuleBook

/// Reads the tables of a suite: `cell` makes its map, the others stand in for the catalog's.
struct TestMapReader {
    let findings: FindingList

    func read(_ section: Section, into suite: inout TestSuite) {
        for pair in section["tables"]?.pairs() ?? [] {
            if pair.key.value == "cell" {
                addCells(pair.value, to: &suite)
            } else {
                suite.sources.tables[pair.key.value] = TableText(pair.value)
            }
        }
        if let cells = section["cells"] { addCells(cells, to: &suite) }
        for pair in section["neighbours"]?.pairs() ?? [] {
            suite.map.neighbours[pair.key.value, default: []] +=
                pair.value.itemsOrSelf().compactMap { $0.source()?.value }
        }
    }

    private func addCells(_ value: YAMLValue, to suite: inout TestSuite) {
        suite.map.cells += (value.pairs() ?? []).compactMap { readCell($0.key, $0.value) }
    }

    private func readCell(_ code: Marked<String>, _ value: YAMLValue) -> TestCell? {
        let schema = Schema([
            "name", "parent", "level", "population", "use", "dedicated", "vulnerability", "access",
            "areas",
        ])
        guard let section = value.section(schema) else { return nil }
        var cell = TestCell(code: code.value, name: code.value)
        cell.name = section["name"]?.source()?.value ?? code.value
        cell.parent = section["parent"]?.source()?.value
        cell.level = section["level"]?.word(TestGrid.levels)
        cell.population = Int(section["population"]?.integer(0...100_000_000) ?? 0)
        cell.vulnerability = section["vulnerability"]?.number(0...1) ?? 0
        cell.access = section["access"]?.number(0...1) ?? 0
        for (hierarchy, area) in section["areas"]?.pairs() ?? [] {
            cell.areas[hierarchy.value] = area.source()?.value
        }
        if section["dedicated"]?.literal != .truth(false) {
            cell.use = section["use"]?.source()?.value ?? ""
        }
        return cell
    }
}
