import CEL
import Domain
import Scoring

/// The names that all conditions can read, each with its slot: the wire's fields and the engine's
/// facts, and the attributes, columns and areas that some rule of the set asks for.
struct SlotNames {
    struct Entry {
        let slot: Int
        let type: CELType
    }

    /// A table that is joined, with the columns that some rule reads.
    struct TableUse {
        var table: CatalogTable
        var columns: [(name: String, type: ColumnType, slot: Int)]
    }

    /// First parts of names that no step, neighbour or table may have.
    static let reserved: Set<String> = [
        "alert", "w", "evidence", "absence", "fold", "score", "warning", "city", "param", "define",
        "mode", "now", "rule", "severity", "math", "cel", "optional", "has", "true", "false",
        "null", "in",
    ]

    static let attributePrefix = "alert.attrs"
    /// Before the name of a hierarchy: the area that the alert's cell lies in.
    static let areaPrefix = "cell.areas"

    private(set) var entries: [String: Entry] = [:]
    /// In the order of their slots.
    private(set) var attributes: [String] = []
    private(set) var tables: [TableUse] = []
    /// Names of hierarchies, in the order of their slots.
    private(set) var areas: [String] = []
    private(set) var firstArea = 0

    /// The column that says in what cell a thing stands: a roster knows it before any alert.
    static let cellColumn = "cell"
    /// The column that says how often a thing reports: one where it is empty is on no roster.
    static let periodColumn = "period"

    /// **Fails**: reports more attributes, columns or areas than there are slots, and leaves those
    /// out.
    init(
        _ catalog: Catalog, _ sources: [Marked<String>], hasRoster: Bool, hierarchies: [String]?,
        _ findings: FindingList
    ) {
        for (slot, type) in ConditionNames.slots {
            entries[slot.name] = Entry(slot: Int(slot.rawValue), type: type)
        }
        var scan = NameScan(catalog)
        for source in sources { scan.look(at: source) }
        addAttributes(scan, findings)
        addColumns(catalog, scan, hasRoster, findings)
        addAreas(scan, hierarchies, findings)
    }

    /// The names of what stands in the slots from the first attribute on; empty for nothing.
    var facts: [String] {
        let count = RuleSlot.keptCount - RuleSlot.firstAttribute
        var names = Array(repeating: "", count: count)
        for (name, entry) in entries where entry.slot >= RuleSlot.firstAttribute {
            if entry.slot < RuleSlot.keptCount {
                names[entry.slot - RuleSlot.firstAttribute] = name
            }
        }
        return names
    }

    /// Areas share the slots of columns, and come after them.
    private mutating func addAreas(
        _ scan: NameScan, _ hierarchies: [String]?, _ findings: FindingList
    ) {
        let columns = tables.reduce(0) { $0 + $1.columns.count }
        firstArea = RuleSlot.firstColumn + columns
        for (name, spot) in scan.areas.sorted(by: { $0.key < $1.key }) {
            if let hierarchies, !hierarchies.contains(name) {
                findings.error(
                    .celName, "the city has no hierarchy `\(name)`", at: spot,
                    hint: Likeness.hint(for: name, among: hierarchies)
                        ?? "the setting cells.hierarchies names them")
            }
            guard columns + areas.count < RuleSlot.columnsMax else {
                findings.error(
                    .ruleLimit,
                    "rules read more than \(RuleSlot.columnsMax) columns and areas", at: spot)
                return
            }
            entries["\(SlotNames.areaPrefix).\(name)"] = Entry(
                slot: firstArea + areas.count, type: .string)
            areas.append(name)
        }
    }

    private mutating func addAttributes(_ scan: NameScan, _ findings: FindingList) {
        attributes = scan.attributes.keys.sorted()
        for (name, spot) in scan.attributes {
            guard let word = PersonWords.found(in: name) else { continue }
            findings.error(
                .catalogPerson, "an attribute may not tell of a person, as `\(word)` does",
                at: spot, hint: "Tocsin knows devices and places")
        }
        if attributes.count > RuleSlot.attributesMax, let spot = scan.attributes.values.first {
            findings.error(
                .ruleLimit,
                "rules read \(attributes.count) attributes of alerts: more than "
                    + "\(RuleSlot.attributesMax)", at: spot)
            attributes.removeLast(attributes.count - RuleSlot.attributesMax)
        }
        for (index, name) in attributes.enumerated() {
            entries["\(SlotNames.attributePrefix).\(name)"] = Entry(
                slot: RuleSlot.firstAttribute + index, type: .dyn)
        }
    }

    private mutating func addColumns(
        _ catalog: Catalog, _ scan: NameScan, _ hasRoster: Bool, _ findings: FindingList
    ) {
        var next = RuleSlot.firstColumn
        for table in catalog.tables {
            var use = TableUse(table: table, columns: [])
            let mayBeRoster = hasRoster && SlotNames.mayBeRoster(table, catalog, scan)
            for (column, type) in table.columns {
                let name = "\(table.name.value).\(column.value)"
                let isPlace = mayBeRoster && column.value == SlotNames.cellColumn
                guard let spot = scan.columns[name] ?? (isPlace ? column.spot : nil) else {
                    continue
                }
                guard next < RuleSlot.firstColumn + RuleSlot.columnsMax else {
                    findings.error(
                        .ruleLimit, "rules read more than \(RuleSlot.columnsMax) columns", at: spot)
                    return
                }
                use.columns.append((column.value, type, next))
                entries[name] = Entry(slot: next, type: type.celType)
                next += 1
            }
            tables.append(use)
        }
    }

    /// The registry of sources, which every catalog has, is joined only where a rule reads it, or
    /// there is no other table of sources: a look-up costs each alert a little.
    private static func mayBeRoster(
        _ table: CatalogTable, _ catalog: Catalog, _ scan: NameScan
    ) -> Bool {
        guard table.name.value == TableText.registryName else { return true }
        let isRead = table.columns.contains {
            scan.columns["\(table.name.value).\($0.name.value)"] != nil
        }
        return isRead || !catalog.tables.dropLast().contains { $0.join.value == table.join.value }
    }

    subscript(name: String) -> Entry? { entries[name] }
}

extension ColumnType {
    var celType: CELType {
        switch self {
        case .string: .string
        case .int: .int
        case .double: .double
        case .bool: .bool
        case .duration: .duration
        }
    }
}

/// Gathers the attributes, columns and areas that conditions name.
struct NameScan {
    private(set) var attributes: [String: Spot] = [:]
    /// By hierarchy.
    private(set) var areas: [String: Spot] = [:]
    private(set) var columns: [String: Spot] = [:]
    private let known: Set<String>
    private let hasAttributes: Bool

    init(_ catalog: Catalog) {
        hasAttributes = catalog.hasAttributes
        known = Set(
            catalog.tables.flatMap { table in
                table.columns.map { "\(table.name.value).\($0.name.value)" }
            })
    }

    mutating func look(at source: Marked<String>) {
        guard let root = ConditionText.parse(source.value) else { return }
        look(at: root, source.spot)
    }

    private mutating func look(at expr: Expr, _ spot: Spot) {
        if hasAttributes, let name = expr.entry(of: SlotNames.attributePrefix) {
            attributes[name] = attributes[name] ?? spot
        }
        if let name = expr.entry(of: SlotNames.areaPrefix) { areas[name] = areas[name] ?? spot }
        if case .select(let operand, let field, _) = expr.kind, let table = operand.qualifiedName {
            let name = "\(table).\(field)"
            if known.contains(name), columns[name] == nil { columns[name] = spot }
        }
        for child in expr.children { look(at: child, spot) }
    }
}

extension Expr {
    /// The entry of an open map that the expression reads or asks for; nil when it does neither.
    fileprivate func entry(of map: String) -> String? {
        switch kind {
        case .select(let operand, let field, _) where operand.qualifiedName == map: return field
        case .call(Operator.index, _, let parts), .call(Operator.optionalIndex, _, let parts),
            .call(Operator.optionalSelect, _, let parts):
            guard parts.count == 2, parts[0].qualifiedName == map else { return nil }
            return parts[1].text
        case .call(Operator.in, _, let parts):
            guard parts.count == 2, parts[1].qualifiedName == map else { return nil }
            return parts[0].text
        default: return nil
        }
    }

    private var text: String? {
        if case .constant(.string(let text)) = kind { text } else { nil }
    }
}
