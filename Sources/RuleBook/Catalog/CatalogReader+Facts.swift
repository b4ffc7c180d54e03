import Domain
import Scoring

// Tables, time, modes, roll-up: what rules and the engine know beside the alert.
extension CatalogReader {
    func readAttributes(_ value: YAMLValue?, _ catalog: inout Catalog) {
        guard let section = value?.section(Schema([.may("attrs", .mapping(.attributes))])),
            let attributes = section["attrs"]?.section(.attributes)
        else { return }
        _ = attributes["type"]?.word(["map(string, dyn)": true])
        _ = attributes["max"]?.integer(1...32)
        if let given = attributes["default"], given.pairs()?.isEmpty == false {
            given.error(.yamlType, "`default` can only be {}: what an alert does not say is absent")
        }
        catalog.hasAttributes = true
    }

    func readTables(_ value: YAMLValue?) -> [CatalogTable] {
        (value?.pairs() ?? []).compactMap { readTable($0.key, $0.value) }
    }

    private func readTable(_ name: Marked<String>, _ value: YAMLValue) -> CatalogTable? {
        if name.value == TableText.registryName {
            findings.error(
                .catalogTable, "the table `source` is the registry of sources", at: name.spot,
                hint: "give this one another name")
            return nil
        }
        if !Names.isIdentifier(name.value) || SlotNames.reserved.contains(name.value) {
            findings.error(
                .catalogTable, "a table can't be called `\(name.value)`", at: name.spot,
                hint: "letters, digits and `_`, and none of the names conditions have already")
        }
        guard let section = value.section(.table), let key = section.require("key")?.text() else {
            return nil
        }
        let implied = name.value == "cell" ? "alert.cell" : "alert.source"
        var table = CatalogTable(
            name: name, file: section["file"]?.text(), key: key.value,
            join: section["join"]?.text() ?? Marked(implied, name.spot))
        for (column, type) in section["columns"]?.pairs() ?? [] {
            checkColumn(column)
            let words = ColumnType.allCases.map { (key: $0.rawValue, value: $0) }
            if let type = type.word(words) { table.columns.append((column, type)) }
        }
        return table
    }

    private func checkColumn(_ name: Marked<String>) {
        if !Names.isIdentifier(name.value) {
            findings.error(
                .catalogTable, "`\(name.value)` can't be used in conditions", at: name.spot,
                hint: "letters, digits and `_`, not first a digit")
        }
        if let word = PersonWords.found(in: name.value) {
            findings.error(
                .catalogPerson, "a column may not tell of a person, as `\(word)` does",
                at: name.spot, hint: "Tocsin knows devices and places")
        }
    }

    func readTime(_ value: YAMLValue?, _ catalog: inout Catalog) {
        guard let section = value?.section(.time) else { return }
        let spans: ClosedRange<Interval> = .zero...(.hours(24))
        catalog.time.lateness = section["lateness"]?.duration(spans) ?? catalog.time.lateness
        catalog.time.future = section["future"]?.duration(spans) ?? catalog.time.future
        catalog.time.idleSource =
            section["idle_source"]?.duration(.seconds(1)...(.hours(24))) ?? catalog.time.idleSource
        catalog.zone = section["zone"]?.text()?.value
    }

    func readPositions(_ value: YAMLValue?, _ catalog: inout Catalog) {
        guard let section = value?.section(.positions) else { return }
        let policies: KeyValuePairs<String, PositionPlan.Policy> = [
            "cell": .cell, "share": .share, "parent": .parent,
        ]
        let standard = PositionPlan()
        catalog.positions.uncertain =
            section["uncertain"]?.word(policies) ?? standard.uncertain
        catalog.positions.exactMetres =
            section["exact_m"]?.number(0...50_000) ?? standard.exactMetres
    }

    func readModes(_ value: YAMLValue?) -> [CatalogMode] {
        (value?.pairs() ?? []).compactMap { readMode($0.key, $0.value) }
    }

    private func readMode(_ name: Marked<String>, _ value: YAMLValue) -> CatalogMode? {
        if !Names.isDotted(name.value) {
            findings.error(
                .catalogMode, "`\(name.value)` is not a mode", at: name.spot,
                hint: "lower case, such as `emergency`")
        }
        guard name.value != "normal" else {
            if value.pairs()?.isEmpty == false {
                value.error(.catalogMode, "the normal mode is what rules say: it holds nothing")
            }
            return nil
        }
        guard let section = value.section(.mode) else { return nil }
        var mode = CatalogMode(name: name.value)
        let reader = StateReader(findings: findings)
        mode.enter = reader.readHeld(section["enter"])
        mode.leave = reader.readHeld(section["leave"])
        mode.slaFactor = section["sla_factor"]?.number(0.01...100) ?? 1
        mode.lateness = section["lateness"]?.duration(.zero...(.hours(24)))
        return mode
    }

    func readRollUp(_ value: YAMLValue?, _ catalog: inout Catalog) {
        guard let section = value?.section(.rollUp) else { return }
        catalog.levels = (section["levels"]?.items() ?? []).compactMap { $0.text()?.value }
        let common = section["default"].flatMap { readMethod($0) } ?? RollUpPlan(.topMean)
        for (index, category) in Vocabulary.categories.enumerated() {
            catalog.rollUp[index] = section[category.key].flatMap { readMethod($0) } ?? common
        }
    }

    private func readMethod(_ value: YAMLValue) -> RollUpPlan? {
        guard let section = value.section(.rollUpMethod),
            let method = section.require("method")?.word(Vocabulary.rollUps)
        else { return nil }
        _ = section["weight"]?.word(["cell.population": true])
        if let count = section["n"], method != .topMean {
            count.error(.catalogRollUp, "`n` is how many `top_mean` takes the mean of")
        }
        if let weight = section["weight"], method != .weightedMean {
            weight.error(.catalogRollUp, "`weight` is what `weighted_mean` weighs by")
        }
        return RollUpPlan(method, count: Int(section["n"]?.integer(1...64) ?? 3))
    }
}
