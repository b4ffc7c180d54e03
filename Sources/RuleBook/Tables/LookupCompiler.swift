import CEL
import Domain
import Foundation
import Scoring

/// Reads the tables that rules read or watch, and lays them out as look-ups.
struct LookupCompiler {
    private let drafts: RuleDrafts
    private let files: RuleFiles
    private let policy: TablePolicy
    private let findings: FindingList
    /// The tables that are joined, in the order of their look-ups.
    private var used: [SlotNames.TableUse]

    init(_ drafts: RuleDrafts, _ files: RuleFiles, _ policy: TablePolicy, _ findings: FindingList) {
        self.drafts = drafts
        self.files = files
        self.policy = policy
        self.findings = findings
        used = drafts.names.tables.filter { !$0.columns.isEmpty }
    }

    /// The table's look-up, made for a roster whose columns nothing reads.
    mutating func index(of table: CatalogTable) -> Int {
        if let index = used.firstIndex(where: { $0.table.name.value == table.name.value }) {
            return index
        }
        used.append(SlotNames.TableUse(table: table, columns: []))
        return used.count - 1
    }

    func sources(_ memory: inout SlotMemory) -> [LookupSource] {
        used.map { use in
            let keys = KeyCompiler(names: drafts.names, findings: findings)
            var source = LookupSource(
                join: keys.slot(use.table.join) ?? 0, columns: use.columns.map { UInt8($0.slot) },
                rows: [])
            source.cell = use.columns.firstIndex { $0.name == SlotNames.cellColumn } ?? -1
            source.period = use.columns.firstIndex { $0.name == SlotNames.periodColumn } ?? -1
            var known: Set<String> = []
            for row in text(of: use.table).rows {
                if !known.insert(row.key).inserted {
                    report(row.line, "the key `\(row.key)` is there twice", use.table)
                }
                let values = use.columns.map { value($0, row, use.table, &memory) }
                source.rows.append((memory.symbols.slot(row.key), values))
            }
            return source
        }
    }

    private func value(
        _ column: (name: String, type: ColumnType, slot: Int), _ row: TableText.Row,
        _ table: CatalogTable, _ memory: inout SlotMemory
    ) -> Slot {
        guard let text = row.values[column.name] else { return Slot() }
        if let slot = ColumnValue.slot(text, column.type, &memory) { return slot }
        report(row.line, "`\(text)` is no \(column.type.rawValue)", table)
        return Slot()
    }

    private func report(_ line: Int, _ message: String, _ table: CatalogTable) {
        let file = SourceFile(path: path(of: table) ?? table.name.value, text: "")
        findings.error(.tableValue, message, at: Spot(file, line: max(1, line), column: 1))
    }

    /// What a test or a caller gives stands before the file.
    private func text(of table: CatalogTable) -> TableText {
        if let given = files.tables[table.name.value] { return given }
        guard let path = path(of: table) else { return TableText() }
        do {
            let file = try SourceFile.read(path, bytesMax: SourceFile.tableBytesMax)
            return try TableText.csv(file.text, key: table.key)
        } catch let mistake as TableMistake {
            report(mistake.line, mistake.message, table)
        } catch {
            let spot = (table.file ?? table.name).spot
            let message = "the table `\(path)` can't be read"
            switch policy {
            case .required: findings.error(.tableMissing, message, at: spot)
            case .optional:
                findings.note(.tableMissing, message + ": it is taken as empty", at: spot)
            }
        }
        return TableText()
    }

    /// Beside the catalog, unless it is given from the root.
    private func path(of table: CatalogTable) -> String? {
        guard let file = table.file?.value else { return nil }
        if file.hasPrefix("/") { return file }
        let folder = (files.catalog.path as NSString).deletingLastPathComponent
        return (folder as NSString).appendingPathComponent(file)
    }
}

/// Turns a table's texts into values.
enum ColumnValue {
    /// Nil when the text is none of the type.
    static func slot(_ text: String, _ type: ColumnType, _ memory: inout SlotMemory) -> Slot? {
        switch type {
        case .string: return memory.symbols.slot(text)
        case .int: return Int64(text).map { .int($0) }
        case .double:
            guard let number = Double(text), number.isFinite else { return nil }
            return .double(number)
        case .bool:
            switch text {
            case "true", "yes", "1": return .bool(true)
            case "false", "no", "0": return .bool(false)
            default: return nil
            }
        case .duration:
            return Interval(rule: text).map { .duration(nanoseconds: $0.nanoseconds) }
        }
    }
}
