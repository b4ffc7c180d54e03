import Domain
import Scoring
import Tasking

/// Reads the catalog: vocabulary, thresholds, responsibility list and priority matrix.
struct CatalogReader {
    private static let schema = Schema(
        [
            "kind", "version", "kinds", "categories", "combine", "warnings", "certainty",
            "responsibilities", "priority", "limits",
        ], later: ["alert", "tables", "time", "rollup", "modes"])

    let findings: FindingList

    /// The catalog of a file; where something is wrong it is reported, and what is read may be
    /// partial.
    func read(_ file: SourceFile) -> Catalog {
        var catalog = Catalog()
        guard let root = YAMLDocument.read(file, into: findings),
            let section = root.section(CatalogReader.schema)
        else { return catalog }
        FileHead.check(section, kind: "catalog")
        readCategories(section)
        _ = section["combine"]?.word(["noisy_or": true])
        catalog.kinds = readKinds(section)
        catalog.responsibilities = readResponsibilities(section)
        catalog.priority = readPriority(section)
        readWarnings(section, &catalog.warnings)
        readCertainty(section, &catalog.certainty)
        readLimits(section, &catalog)
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
        let schema = Schema(["cap", "categories", "unit", "about"])
        guard let section = value.section(schema) else { return nil }
        let caps = section.require("cap")?.source()
        if let caps, CAPCategory(rawValue: caps.value) == nil {
            findings.error(
                .yamlWord, "`\(caps.value)` is not a CAP category", at: caps.spot,
                hint: Likeness.hint(for: caps.value, among: CAPCategory.allCases.map(\.rawValue)))
        }
        let categories = section.require("categories")?.items() ?? []
        return CatalogKind(
            name: name.value, cap: caps.flatMap { CAPCategory(rawValue: $0.value) } ?? .other,
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

    private func readResponsibilities(_ section: Section) -> [Responsibility] {
        guard let pairs = section.require("responsibilities")?.pairs() else { return [] }
        return pairs.compactMap { pair in
            let schema = Schema(["department", "level"], later: ["fallback"])
            guard let entry = pair.value.section(schema),
                let department = entry.require("department")?.text(),
                let level = entry.require("level")?.text()
            else { return nil }
            return Responsibility(
                taskKind: pair.key.value, department: department.value, level: level.value)
        }
    }

    private func readLimits(_ section: Section, _ catalog: inout Catalog) {
        let schema = Schema(
            ["keys", "state_panes", "contributions", "distinct_values", "window", "panes"],
            later: ["cost", "partial_matches", "events_kept"])
        guard let limits = section["limits"]?.section(schema) else { return }
        let large: ClosedRange<Int64> = 1...100_000_000
        catalog.limits.keys ?= limits["keys"]?.integer(large)
        catalog.limits.panes ?= limits["state_panes"]?.integer(large)
        catalog.limits.contributions ?= limits["contributions"]?.integer(large)
        catalog.limits.distinctValues ?= limits["distinct_values"]?.integer(1...4096)
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
