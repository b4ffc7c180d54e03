import Domain
import Scoring
import Tasking

/// Reads the catalog: vocabulary, thresholds, responsibility list and priority matrix.
struct CatalogReader {
    let findings: FindingList

    /// The catalog of a file; where something is wrong it is reported, and what is read may be
    /// partial.
    func read(_ file: SourceFile) -> Catalog {
        var catalog = Catalog()
        guard let root = YAMLDocument.read(file, into: findings),
            let section = root.section(.catalog)
        else { return catalog }
        FileHead.check(section, kind: "catalog")
        readCategories(section)
        _ = section["combine"]?.word(["noisy_or": true])
        catalog.kinds = readKinds(section)
        readRollUp(section["rollup"], &catalog)
        catalog.responsibilities = readResponsibilities(section, catalog.levels)
        catalog.priority = readPriority(section)
        readPolicy(section, &catalog)
        readWarnings(section, &catalog.warnings)
        readCertainty(section, &catalog.certainty)
        readLimits(section, &catalog)
        readAttributes(section["alert"], &catalog)
        catalog.tables = readTables(section["tables"]) + [CatalogTable.sources(file)]
        readTime(section["time"], &catalog)
        readPositions(section["positions"], &catalog)
        catalog.modes += readModes(section["modes"])
        return catalog
    }

    /// The list of categories is written out for the reader's sake: it can only be the five.
    private func readCategories(_ section: Section) {
        guard let value = section.require("categories"), let items = value.items() else { return }
        let named = Set(items.compactMap { $0.category() })
        if items.count == named.count, named.count == Category.count { return }
        value.error(
            .catalogCategories, "`categories` must name each of the five categories once",
            hint: Vocabulary.categories.map(\.key).joined(separator: ", "))
    }

    private func readKinds(_ section: Section) -> [CatalogKind] {
        guard let pairs = section.require("kinds")?.pairs() else { return [] }
        return pairs.compactMap { readKind($0.key, $0.value) }
    }

    private func readKind(_ name: Marked<String>, _ value: YAMLValue) -> CatalogKind? {
        checkKindName(name)
        guard let section = value.section(.kind) else { return nil }
        let cap = section.require("cap")?.word(CAPCategory.words)
        let categories = section.require("categories")?.items() ?? []
        return CatalogKind(
            name: name.value, cap: cap ?? .other,
            categories: categories.compactMap { $0.category() },
            unit: section["unit"]?.source()?.value, about: section["about"]?.text()?.value)
    }

    private func checkKindName(_ name: Marked<String>) {
        if !Names.isDotted(name.value) || name.value.utf8.count > Limits.kindBytesMax {
            findings.error(
                .catalogKind, "`\(name.value)` is not a kind", at: name.spot,
                hint: "dotted lower case such as `gas.concentration`, "
                    + "at most \(Limits.kindBytesMax) bytes")
        }
        if let word = PersonWords.found(in: name.value) {
            findings.error(
                .catalogPerson, "a kind may not tell of a person, as `\(word)` does", at: name.spot,
                hint: "Tocsin scores places; name what was sensed at the place")
        }
    }

    private func readResponsibilities(_ section: Section, _ levels: [String]) -> [Responsibility] {
        guard let pairs = section.require("responsibilities")?.pairs() else { return [] }
        return pairs.compactMap { pair in
            guard let entry = pair.value.section(.responsibility),
                let department = entry.require("department")?.text(),
                let level = entry.require("level")?.text()
            else { return nil }
            if !levels.isEmpty, !levels.contains(level.value) {
                findings.error(
                    .catalogLevel, "`\(level.value)` is not a level of `rollup`", at: level.spot,
                    hint: Likeness.hint(for: level.value, among: levels))
            }
            return Responsibility(
                taskKind: pair.key.value, department: department.value, level: level.value,
                fallback: entry["fallback"]?.text()?.value)
        }
    }

    private func readLimits(_ section: Section, _ catalog: inout Catalog) {
        guard let limits = section["limits"]?.section(.limits) else { return }
        let large: ClosedRange<Int64> = 1...100_000_000
        catalog.limits.keys ?= limits["keys"]?.integer(large)
        catalog.limits.panes ?= limits["state_panes"]?.integer(large)
        catalog.limits.contributions ?= limits["contributions"]?.integer(large)
        catalog.limits.distinctValues ?= limits["distinct_values"]?.integer(1...4096)
        catalog.limits.cost ?= limits["cost"]?.integer(large)
        catalog.limits.partialMatches ?= limits["partial_matches"]?.integer(1...4096)
        catalog.limits.eventsKept ?= limits["events_kept"]?.integer(1...65_536)
        catalog.limits.waiting ?= limits["waiting"]?.integer(large)
        catalog.windowLimits.panes ?= limits["panes"]?.integer(1...2048)
        if let over = limits["window"]?.duration(.seconds(1)...(.hours(24))) {
            catalog.windowLimits.over = over
        }
    }
}

infix operator ?= : AssignmentPrecedence

/// Sets a count where the file gives one.
private func ?= (count: inout Int, given: Int64?) {
    if let given { count = Int(given) }
}
