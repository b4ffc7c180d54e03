import Domain

/// A registry as it was read, not yet held against city and catalog.
///
///     var draft = RegistryDraft(path: path, bytes: bytes)
///     draft.take(grid.answers(draft.questions()))
///     draft.check(kinds: names)
///     let registry = try draft.finish()
public struct RegistryDraft: Sendable {
    /// A row is some hundred bytes.
    public static let bytesMax = 64 * 1024 * 1024
    /// As many as a server tells apart by default.
    public static let rowsMax = 262_144

    /// Those that could be read, also where something of them is wrong.
    public internal(set) var sources: [RegisteredSource] = []
    /// The row of each source.
    var rows: [RegistryRow] = []
    var problems: RegistryProblems

    /// How the columns of another file are read as a registry's; nil reads a registry.
    let plan: ImportPlan?

    /// Reads a registry, or with a plan another table.
    public init(path: String, bytes: [UInt8], as plan: ImportPlan? = nil) {
        self.plan = plan
        let isSmall = bytes.count <= Self.bytesMax
        problems = RegistryProblems(RegistryText(path: path, bytes: isSmall ? bytes : []))
        check(bytes)
        if problems.isEmpty { read() }
    }

    private mutating func check(_ bytes: [UInt8]) {
        let start = TextPlace(line: 1, column: 1)
        if bytes.count > Self.bytesMax {
            problems.add(
                .tooLarge, "the file is larger than \(Self.bytesMax) bytes", at: start)
        } else if let wrong = Self.brokenAt(bytes) {
            problems.add(
                .encoding, "the file is not UTF-8 text, from byte \(wrong) on", at: start)
        }
    }

    public var isClean: Bool { problems.isEmpty }

    /// The registry, when nothing is wrong with it.
    public func finish() throws(RegistryErrors) -> SourceRegistry {
        guard problems.isEmpty else { throw problems.errors }
        var registry = SourceRegistry()
        registry.sources = sources
        return registry
    }

    /// The first byte that is no UTF-8; nil when all of it is.
    private static func brokenAt(_ bytes: [UInt8]) -> Int? {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
            return nil
        } catch {
            return error.byteOffsets.lowerBound
        }
    }

    private mutating func read() {
        var reader = CSVReader(problems.text.bytes)
        guard let header = next(&reader) else {
            return problems.add(
                .header, "the file is empty", at: TextPlace(line: 1, column: 1),
                hint: "begin with a line of columns: \(RegistryColumn.list)")
        }
        let columns = readHeader(header)
        guard columns.contains(.source) else { return }
        var lists: Set<[KindPattern]> = []
        var lines: [String: Int] = [:]
        while let record = next(&reader) {
            guard rows.count < Self.rowsMax else {
                let message = "there are more than \(Self.rowsMax) rows"
                return problems.add(.limit, message, at: record[0].place)
            }
            guard record.count == columns.count else {
                let message = "\(record.count) fields under \(columns.count) columns"
                problems.add(.fields, message, at: record[0].place)
                continue
            }
            var row = RegistryRow(record, columns)
            plan?.complete(&row)
            take(row, &lines, &lists)
        }
    }

    private mutating func next(_ reader: inout CSVReader) -> [CSVField]? {
        let record = reader.next()
        for fault in reader.takeFaults() {
            problems.add(.quote, fault.message, at: fault.place, hint: fault.hint)
        }
        return record
    }

    private mutating func take(
        _ row: RegistryRow, _ lines: inout [String: Int], _ lists: inout Set<[KindPattern]>
    ) {
        let source = read(row)
        if let first = lines[source.name] {
            problems.add(
                .duplicate, "`\(source.name)` stands in line \(first) already",
                at: row.place(of: .source))
        } else if !source.name.isEmpty {
            lines[source.name] = row.start.line
        }
        if lists.insert(source.kinds).inserted, lists.count == Limits.kindListsMax + 1 {
            problems.add(
                .limit, "more than \(Limits.kindListsMax) different lists of kinds",
                at: row.place(of: .kinds), hint: "write prefixes, such as gas.*")
        }
        sources.append(source)
        rows.append(row)
    }

    /// The columns of the header; nil for what is none.
    private mutating func readHeader(_ header: [CSVField]) -> [RegistryColumn?] {
        if let plan { return readHeader(header, plan) }
        var seen: Set<RegistryColumn> = []
        let columns = header.map { field -> RegistryColumn? in
            guard let column = RegistryColumn(rawValue: field.text) else {
                problems.add(
                    .header, "there is no column `\(field.text)`", at: field.place,
                    hint: "columns are: \(RegistryColumn.list)")
                return nil
            }
            if !seen.insert(column).inserted {
                problems.add(
                    .header, "the column `\(column.rawValue)` is there twice", at: field.place)
            }
            return column
        }
        if !seen.contains(.source) {
            problems.add(.header, "there is no column `source`", at: header[0].place)
        }
        return columns
    }
}
