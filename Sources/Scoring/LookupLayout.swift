import CEL

/// Look-ups laid out flat, for a rule table.
struct LookupLayout {
    private(set) var plans: [LookupPlan] = []
    private(set) var rows: [Slot] = []
    private var places: [(hash: UInt64, place: Int)] = []

    init(_ sources: [LookupSource], _ symbols: borrowing SymbolTable) {
        for (number, source) in sources.enumerated() {
            var plan = LookupPlan(join: source.join)
            plan.columnCount = source.columns.count
            (plan.cell, plan.period) = (source.cell, source.period)
            for (index, slot) in source.columns.enumerated() { plan.columns[index] = slot }
            (plan.firstRow, plan.rowCount) = (rows.count, source.rows.count)
            for row in source.rows {
                let hash = RowKey.hash(lookup: number, symbols.identity(of: row.key))
                places.append((hash, rows.count))
                rows.append(row.key)
                rows += row.values
            }
            plans.append(plan)
        }
    }

    func index() -> KeyIndex {
        var index = KeyIndex(capacity: max(1, places.count))
        for (hash, place) in places { index.insert(hash, place) }
        return index
    }
}
